"""What is put into the outbox: once for each device, the latest of a thing, and nothing that cannot travel."""

from datetime import timedelta

import pytest

from backend.notices.domain import Words
from push import InvalidMessageError
from tests.backend.notices.post import WORDS, a_notice


async def test_a_later_notice_about_the_same_thing_takes_the_place_of_one_that_waits(post, phone):
    await post.tells(phone, "n1", thing="need 1")
    await post.tells(phone, "n2", thing="need 1")
    await post.tells(phone, "n3", thing="need 2")
    assert await post.carries() == 2
    assert [one["data"]["notice"] for one in phone.reads()] == ["n2", "n3"]
    assert sorted(await phone.states()) == ["replaced", "sent", "sent"]


async def test_an_old_notice_that_is_put_again_does_not_push_out_the_new_one(post, phone):
    await post.tells(phone, "n1", thing="need 1")
    await post.tells(phone, "n2", thing="need 1")
    await post.tells(phone, "n1", thing="need 1")
    await post.carries()
    assert [one["data"]["notice"] for one in phone.reads()] == ["n2"]


async def test_what_was_cancelled_is_not_sent_to_anybody(post, phone):
    other = await post.phone("anna@example.org")
    outbox = post.town.house.notices.outbox
    for one in (phone, other):
        await post.tells(one, "n1", thing="need 1")
        await post.tells(one, "n2", thing="need 2")
    await outbox.cancel("need 1")
    await outbox.cancel("need 2", account=phone.account)
    await post.carries()
    assert phone.received == []
    assert [one["data"]["notice"] for one in other.reads()] == ["n2"]


@pytest.mark.parametrize(
    "members",
    [
        {"words": {"en": Words("x" * 5000)}},
        {"words": {"en": Words("ok", "ā" * 2000)}},
        {"path": "https://elsewhere.example/"},
        {"name": ""},
        {"name": "n" * 65},
    ],
)
async def test_what_cannot_travel_is_refused_when_it_is_put(post, phone, members):
    with pytest.raises(InvalidMessageError):
        await post.tells(phone, **{"name": "n1"} | members)
    assert await phone.states() == []


async def test_a_language_without_words_is_told_in_english(post, phone):
    await post.tells(phone, words={"en": WORDS["en"]})
    await post.carries()
    assert [(one["title"], one["lang"]) for one in phone.reads()] == [("Help is needed", "en")]


async def test_what_is_useless_already_is_not_put(post, phone):
    assert await post.tells(phone, until=post.town.clock() - timedelta(seconds=1)) == 0


async def test_a_notice_lives_no_longer_than_it_is_of_use(post, phone):
    await post.tells(phone, until=post.town.clock() + timedelta(minutes=20))
    await post.carries()
    assert phone.received[0].headers["ttl"] == "1200"


async def test_nobody_is_told_about_who_does_not_exist(post):
    assert await post.town.house.notices.outbox.put(a_notice(), account="nobody") == 0


async def test_the_log_is_forgotten_after_thirty_days(post, phone):
    await post.tells(phone)
    await post.carries()
    post.town.clock.later(days=29)
    await post.another_courier()._tidy()
    assert await phone.states() == ["sent"]
    post.town.clock.later(days=2)
    await post.another_courier()._tidy()
    assert await phone.states() == []
