"""The key of push messages is changed, and nobody is silenced."""

from backend.kit.secrets import former_vapid_files, open_secrets, readable_by_others
from backend.notices.keys import change_key
from tests.backend.accounts.town import a_town
from tests.backend.notices.post import Phone, Post, a_post
from tests.houses import a_house
from tests.push_service import a_push_service, key_of


async def test_after_a_change_phones_are_reached_with_the_key_they_have_until_they_change_over(tmp_path):
    async with a_post(tmp_path) as first:
        phone = await first.phone()
        before = first.town.house.notices.devices.keys.current.public_text
        assert await change_key(tmp_path) == (1, 0)
        port = first.service.port

    async with a_push_service(port=port) as service, a_town(tmp_path, push_allow=service.allow) as town:
        second = Post(town, service, None)
        second.courier = second.another_courier()
        browser = town.browser()
        browser.cookies = phone.browser.cookies
        again = Phone(second, browser, phone.path, phone.device, phone.account, phone.session)
        present = town.house.notices.devices.keys.current.public_text
        assert present != before
        assert (await browser.get("/push")).json()["here"]["state"] == "stale", "so it subscribes anew"
        await second.tells(again)
        await second.carries()
        await again.subscribes()
        assert (await browser.get("/push")).json()["here"]["state"] == "on"
        await second.tells(again, "n2")
        await second.carries()
        assert [key_of(one.headers["authorization"]) for one in service.received] == [before, present]
        assert await change_key(tmp_path) == (1, 1), "the first one is needed by nobody any more"


async def test_a_key_that_no_device_has_is_thrown_away_and_the_new_one_is_secret(tmp_path):
    async with a_house(tmp_path):
        before = open_secrets(tmp_path)
        assert await change_key(tmp_path) == (0, 1)
    after = open_secrets(tmp_path)
    assert after.vapid_pem != before.vapid_pem
    assert former_vapid_files(tmp_path) == []
    assert readable_by_others(tmp_path) == []
