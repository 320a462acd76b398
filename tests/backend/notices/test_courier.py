"""What is put into the outbox arrives, whatever the push services answer."""

import asyncio
from itertools import pairwise

import pytest

from backend.notices.domain import MANNERS, Kind
from backend.notices.tables import Delivery, PushSubscription
from push import topic_of
from tests.push_service import Reply, claims_of, key_of


async def test_a_notice_reaches_the_phone_in_its_owners_language(post, phone):
    await post.tells(phone)
    assert await post.carries() == 1
    [shown] = phone.reads()
    assert shown == {
        "title": "Vajadzīga palīdzība",
        "body": "Bibliotēkā, sešos",
        "lang": "lv",
        "navigate": "/needs/1",
        "tag": topic_of("need n1"),
        "data": {"notice": "n1", "kind": "needed"},
    }
    assert await phone.states() == ["sent"]
    assert (await Delivery.select(Delivery.payload))[0]["payload"] == "", "what was sent is not kept"


@pytest.mark.parametrize("kind", Kind)
async def test_each_kind_travels_in_its_own_manner(post, phone, kind):
    await post.tells(phone, kind=kind)
    await post.carries()
    [received] = phone.received
    manner = MANNERS[kind]
    assert received.headers["ttl"] == str(int(manner.lasts.total_seconds()))
    assert received.headers["urgency"] == manner.urgency
    assert received.headers["topic"] == topic_of("need n1")
    claims = claims_of(received.headers["authorization"])
    assert claims["aud"] == f"http://{post.service.allow}"
    assert claims["sub"].startswith("mailto:")
    assert key_of(received.headers["authorization"]) == post.town.house.notices.devices.keys.current.public_text


async def test_time_that_passes_before_it_is_sent_is_taken_from_its_ttl(post, phone):
    phone.answers(Reply(503, [("Retry-After", "3600")]), Reply())
    await post.tells(phone)
    await post.carries()
    post.town.clock.later(hours=1, seconds=10)
    await post.carries()
    assert [one.headers["ttl"] for one in phone.received] == ["43200", str(43200 - 3610)]


@pytest.mark.parametrize("status", [404, 410])
async def test_a_phone_that_unsubscribed_is_forgotten(post, phone, status):
    phone.answers(Reply(status))
    await post.tells(phone)
    await post.carries()
    assert await phone.states() == ["failed"]
    assert not await phone.is_registered()
    assert await post.tells(phone, "n2") == 0
    assert (await phone.browser.get("/push")).json()["here"]["state"] is None


async def test_what_is_too_large_is_cut_and_tried_once_more(post, phone):
    phone.answers(Reply(413), Reply())
    await post.tells(phone)
    await post.carries()
    assert [len(one) for one in phone.reads()] == [6, 5], "the second has no body"
    assert await phone.states() == ["sent"]

    phone.answers(Reply(413))
    await post.tells(phone, "n2")
    await post.carries()
    assert len(phone.received) == 4
    assert await phone.states() == ["sent", "failed"]


@pytest.mark.parametrize("told", ["120", "Sat, 21 Nov 2026 09:02:00 GMT"])
async def test_a_busy_service_is_asked_again_when_it_said(post, phone, told):
    phone.answers(Reply(429, [("Retry-After", told)]), Reply())
    await post.tells(phone)
    await post.carries()
    post.town.clock.later(seconds=119)
    assert await post.carries() == 0
    post.town.clock.later(seconds=2)
    assert await post.carries() == 1
    assert await phone.states() == ["sent"]


async def test_a_service_that_is_broken_is_asked_ever_more_seldom_until_it_is_too_late(post, phone):
    phone.answers(Reply(500))
    await post.tells(phone)
    asked = []
    for minute in range(0, 13 * 60, 5):
        if await post.carries():
            asked.append(minute)
        post.town.clock.later(minutes=5)
    gaps = [later - sooner for sooner, later in pairwise(asked)]
    assert gaps[:6] == sorted(gaps[:6])
    assert max(gaps) <= 65
    assert asked[-1] < 12 * 60, "after twelve hours nobody needs this help any more"
    await post.another_courier()._tidy()
    assert await phone.states() == ["expired"]


async def test_a_key_that_is_not_taken_lets_the_notice_wait_until_the_phone_subscribes_anew(post, phone):
    phone.answers(Reply(403), Reply())
    await post.tells(phone)
    await post.carries()
    assert (await phone.browser.get("/push")).json()["here"]["state"] == "stale"
    assert await post.carries() == 0
    await phone.subscribes()
    await post.carries()
    assert await phone.states() == ["sent"]


@pytest.mark.parametrize("reply", [Reply(400, body=b"bad"), Reply(307, [("Location", "/elsewhere")])])
async def test_what_is_refused_is_not_sent_again_and_tells_why(post, phone, reply):
    phone.answers(reply)
    await post.tells(phone)
    await post.carries()
    assert await post.carries() == 0
    [line] = await phone.log()
    assert line["state"] == "failed"
    assert line["reason"].startswith(str(reply.status))


async def test_one_phone_that_fails_does_not_keep_the_others_waiting(post):
    phones = [await post.phone(f"p{n}@example.org") for n in range(6)]
    for phone, reply in zip(phones, (Reply(500), Reply(410), Reply(400, body=b"x" * 100_000)), strict=False):
        phone.answers(reply)
    for phone in phones:
        await post.tells(phone)
    await post.carries()
    assert [len(phone.received) for phone in phones] == [1] * 6
    assert [(await phone.states())[0] for phone in phones] == ["queued", "failed", "failed", "sent", "sent", "sent"]


async def test_a_service_that_answers_nonsense_holds_up_nobody_else(post):
    hostile, honest = [await post.phone(f"p{n}@example.org") for n in range(2)]
    hostile.answers(Reply(429, [("Retry-After", "Sat, 21 Nov 2026 09:02:00 +99999999999999999999")]))
    for phone in (hostile, honest):
        await post.tells(phone)
    await post.carries()
    assert [await phone.states() for phone in (hostile, honest)] == [["queued"], ["sent"]]


async def test_a_row_that_cannot_be_sent_fails_alone_and_tells_why(post):
    broken, honest = [await post.phone(f"p{n}@example.org") for n in range(2)]
    for phone in (broken, honest):
        await post.tells(phone)
    await PushSubscription.update({PushSubscription.p256dh: "nonsense"}).where(
        PushSubscription.session == broken.session
    )
    await post.carries()
    assert [await phone.states() for phone in (broken, honest)] == [["failed"], ["sent"]]
    assert (await broken.log())[0]["reason"]


async def test_several_couriers_send_each_notice_once(post):
    phones = [await post.phone(f"p{n}@example.org") for n in range(10)]
    for phone in phones:
        for n in range(10):
            await post.tells(phone, f"n{n}")
    couriers = [post.another_courier(at_once=7, per_origin=5) for _ in range(4)]
    tried = await asyncio.gather(*(courier.carry_due() for courier in couriers))
    assert sum(tried) == 100
    assert min(tried) > 0
    for phone in phones:
        assert sorted(one["data"]["notice"] for one in phone.reads()) == sorted(f"n{n}" for n in range(10))
        assert set(await phone.states()) == {"sent"}


async def test_what_a_courier_held_is_free_again_when_its_lease_is_over(post, phone):
    """It died between sending and writing it down: so it is sent again, and the phone shows one, for the tag is the
    same."""
    await post.tells(phone)
    dead = post.another_courier()
    async with dead._sender() as sender:
        await dead._take(sender)
        await asyncio.wait(dead._flying)
    assert await post.carries() == 0
    post.town.clock.later(seconds=61)
    assert await post.carries() == 1
    assert {one["tag"] for one in phone.reads()} == {topic_of("need n1")}
    assert len(phone.received) == 2


async def test_a_clock_that_is_set_back_holds_nothing_up(post, phone):
    phone.answers(Reply(503, [("Retry-After", "300")]), Reply())
    await post.tells(phone)
    await post.carries()
    post.town.clock.later(days=-2)
    await post.carries()
    assert await phone.states() == ["sent"]
    assert int(phone.received[-1].headers["ttl"]) <= 43200, "it does not live longer for that"


async def test_a_clock_that_jumps_ahead_lets_what_is_too_late_go_and_breaks_nothing(post, phone):
    await post.tells(phone)
    post.town.clock.later(days=400)
    assert await post.carries() == 0
    await post.another_courier()._tidy()
    assert phone.received == []


async def test_the_worker_sends_what_is_put_and_ends_when_it_is_told(post, phone):
    working = asyncio.create_task(post.courier.run())
    await post.tells(phone)
    while await phone.states() != ["sent"]:
        assert not working.done()
        await asyncio.sleep(0.02)
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working
    assert len(phone.received) == 1


async def test_what_is_in_the_air_when_the_worker_is_told_to_end_is_free_for_the_next(post, phone):
    phone.answers(Reply(waits=600), Reply())
    await post.tells(phone)
    working = asyncio.create_task(post.courier.run())
    while not phone.received:
        assert not working.done()
        await asyncio.sleep(0.02)
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    assert await post.another_courier().carry_due() == 1
    assert await phone.states() == ["sent"]


async def test_an_endpoint_that_may_no_longer_be_called_is_not_called(post, phone):
    """The setting that let it in was taken away."""
    await post.tells(phone)
    post.courier._policy = type(post.courier._policy)()
    await post.carries()
    assert await phone.states() == ["failed"]
    assert phone.received == []
