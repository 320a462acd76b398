"""Notices on a device: switched on and off, tried out, and never where they would not be wanted."""

import httpx
import pytest

from backend.accounts.tables import Account, Session
from backend.notices.devices import Devices
from backend.notices.tables import Delivery, PushSubscription
from push import VapidKey
from tests.backend.notices.post import Post
from tests.push_service import Device

PUBLIC = "https://push.example/p"


async def test_a_device_takes_notices_until_it_is_told_not_to(post, phone):
    told = (await phone.browser.get("/push")).json()
    assert told["here"]["state"] == "on"
    assert len(told["here"]["endpoint"]) == 64, "a digest: the address itself goes nowhere"
    await post.tells(phone)
    assert (await phone.browser.delete("/push/subscription")).status_code == 204
    assert await post.carries() == 0
    assert await phone.states() == ["cancelled"]
    assert (await phone.browser.get("/push")).json()["here"] == {"state": None, "endpoint": None, "since": None}


async def test_one_asks_for_a_test_and_sees_what_became_of_it(post, phone):
    sent = await phone.browser.post("/push/test")
    assert sent.status_code == 202
    notice = sent.json()["notice"]
    await post.carries()
    [shown] = phone.reads()
    assert shown["title"] == "Paziņojumi šajā ierīcē pienāk"
    assert shown["data"]["notice"] == notice
    for seen, state in (("shown", "shown"), ("opened", "opened"), ("shown", "opened"), ("acted", "acted")):
        body = {"receipts": [{"notice": notice, "seen": seen}]}
        assert (await phone.browser.post("/push/receipts", json=body)).status_code == 204
        assert (await phone.log())[0]["state"] == state


async def test_telling_it_again_changes_no_time(post, phone):
    await post.tells(phone)
    await post.carries()
    body = {"receipts": [{"notice": "n1", "seen": "shown"}]}
    await phone.browser.post("/push/receipts", json=body)
    first = await phone.log()
    post.town.clock.later(hours=1)
    await phone.browser.post("/push/receipts", json=body)
    assert await phone.log() == first


async def test_nobody_tells_what_another_saw(post, phone):
    other = await post.phone("anna@example.org")
    await post.tells(phone)
    await post.carries()
    await other.browser.post("/push/receipts", json={"receipts": [{"notice": "n1", "seen": "opened"}]})
    assert await phone.states() == ["sent"]


async def test_a_device_that_takes_none_gets_no_test(post):
    browser = await post.town.newcomer()
    answer = await browser.post("/push/test")
    assert (answer.status_code, answer.json()["code"]) == (409, "not_subscribed")


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example/p",
        "https://push.example:8443/p",
        "https://user@push.example/p",
        "https://127.0.0.1/p",
        "https://169.254.169.254/latest/meta-data",
        "https://10.0.0.1/p",
        "https://[::1]/p",
        "https://[::ffff:10.0.0.1]/p",
        "https://[64:ff9b::a00:1]/p",
        "https://[2002:7f00:1::]/p",
        "https://2130706433/p",
        "https://0177.0.0.1/p",
        "https://localhost/p",
        "https://" + "p" * 3000 + ".example/p",
    ],
)
async def test_an_address_inside_is_refused_with_a_sentence(post, endpoint):
    browser = await post.town.newcomer()
    key = (await browser.get("/push")).json()["publicKey"]
    body = {"subscription": Device().subscription(endpoint), "publicKey": key}
    answer = await browser.put("/push/subscription", json=body, headers={"accept-language": "en"})
    assert (answer.status_code, answer.json()["code"]) == (422, "push_endpoint")
    assert not await PushSubscription.exists()


async def test_a_name_that_leads_inside_is_refused_already_when_it_registers(post, phone):
    async def inside(host: str, port: int) -> list[str]:
        return ["93.184.216.34", "10.0.0.1"]

    async def nowhere(host: str, port: int) -> list[str]:
        raise OSError

    for resolve, expected in ((inside, 422), (nowhere, 204)):
        _devices_of(post)._resolve = resolve
        answer = await phone.subscribes(subscription=phone.device.subscription(PUBLIC))
        assert answer.status_code == expected


def _devices_of(post: Post) -> Devices:
    return post.town.house.notices.devices


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"endpoint": "https://push.example/p"},
        {"endpoint": "https://push.example/p", "keys": {"p256dh": "AAAA", "auth": "AAAA"}},
        {"endpoint": 7, "keys": {}},
        {"endpoint": "https://push.example/p", "keys": {"p256dh": "B" * 87, "auth": "AAAAAAAAAAAAAAAAAAAAAA"}},
    ],
)
async def test_a_subscription_without_proper_keys_is_refused(post, phone, broken):
    answer = await phone.subscribes(subscription=broken)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request")
    assert await phone.is_registered(), "what it had stays"


async def test_a_key_that_is_not_ours_is_refused(post, phone):
    answer = await phone.subscribes(publicKey=VapidKey.generate().public_text)
    assert (answer.status_code, answer.json()["code"]) == (409, "push_key")


async def test_signing_out_ends_them(post, phone):
    await post.tells(phone)
    await phone.browser.delete("/session")
    assert await post.carries() == 0
    assert not await PushSubscription.exists()
    assert not await Delivery.exists()


async def test_a_lost_phone_is_told_nothing_more(post, phone):
    await post.tells(phone)
    mine = await post.town.newcomer(email="second@example.org")
    await Session.update({Session.account: phone.account}).where(Session.id == (await _session_of(mine)))
    assert (await mine.post(f"/devices/{phone.session}/lost")).status_code == 204
    assert await post.carries() == 0
    assert await post.tells(phone, "n2") == 0
    await post.another_courier()._tidy()
    assert not await phone.is_registered()


async def _session_of(browser: httpx.AsyncClient) -> str:
    return (await browser.get("/devices")).json()["devices"][0]["id"]


async def test_a_disabled_person_is_told_nothing_more(post, phone):
    await post.tells(phone)
    await Account.update({Account.disabled: True}).where(Account.id == phone.account)
    assert await post.carries() == 0
    await post.another_courier()._tidy()
    assert not await phone.is_registered()


async def test_a_browser_on_which_somebody_else_signs_in_tells_the_first_person_nothing(post, phone):
    """It is the same address; the second person switched notices on there."""
    second = await post.phone("anna@example.org")
    second.path = phone.path
    await second.subscribes()
    assert await post.tells(phone) == 0
    assert await post.tells(second) == 1


async def test_everybody_has_as_many_devices_as_they_like_and_each_is_told_once(post, phone):
    other = await post.phone("second@example.org")
    await Session.update({Session.account: phone.account}).where(Session.id == other.session)
    assert await post.tells(phone) == 2
    assert await post.tells(phone) == 2, "again, because its sender was not sure"
    await post.carries()
    assert len(phone.received) == len(other.received) == 1


async def test_who_tries_too_often_waits(post, phone):
    codes = [(await phone.browser.post("/push/test")).status_code for _ in range(11)]
    assert codes == [202] * 10 + [429]
