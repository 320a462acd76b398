"""Invitations and applications reach those whom they concern, with the row that they are about."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from backend.notices.tables import Inbox
from tests.backend.notices.village import Village, Villager, a_village


@pytest.fixture
async def village(tmp_path: Path) -> AsyncIterator[Village]:
    async with a_village(tmp_path, browser=True) as one:
        root = one.world.stored(f"all:process:{one.world.process}")
        assert root
        await one.world.spaces.write(one.space, [root | {"public": True}])
        yield one


async def applies(village: Village, who: Villager) -> str:
    body = {"process": village.world.process, "reason": "Man ir ķerra."}
    answer = await who.phone.browser.post("/applications", json=body)
    assert answer.status_code == 201, answer.text
    await village.goes_on()
    return answer.json()["id"]


async def test_who_asks_to_join_is_told_to_the_administrators_without_their_name(village: Village) -> None:
    ilze = await village.villager("Ilze", joins=False, browser=True)
    await applies(village, ilze)
    assert village.janis.titles() == ["Kāds vēlas pievienoties"]
    assert "ķerra" not in str(village.janis.shown()) + str(await village.inbox(village.janis))
    assert await village.inbox(ilze) == []


async def test_once_somebody_answered_the_others_need_not(village: Village) -> None:
    ilze = await village.villager("Ilze", joins=False, browser=True)
    application = await applies(village, ilze)
    answer = {"accept": False, "answer": "Mēs esam pietiekami."}
    told = await village.janis.phone.browser.put(f"/applications/{application}", json=answer)
    assert told.status_code == 200, told.text
    assert await village.words(village.janis) == []


async def test_an_application_that_is_not_kept_is_not_told(village: Village) -> None:
    ilze = await village.villager("Ilze", joins=False, browser=True)
    await applies(village, ilze)
    body = {"process": village.world.process, "reason": "Vēlreiz."}
    assert (await ilze.phone.browser.post("/applications", json=body)).status_code == 409
    assert await Inbox.count() == 1


async def test_who_is_invited_and_has_an_account_finds_it_in_the_inbox_and_in_the_post(village: Village) -> None:
    ilze = await village.villager("Ilze", joins=False, browser=True)
    await village.wishes(ilze, roads={"invitation": "mail"})
    before = len(await village.post.town.mails())
    emails = ["ilze@example.org", "nobody@example.org"]
    body = {"process": village.world.process, "role": "observer", "emails": emails, "uses": 2}
    answer = await village.janis.phone.browser.post("/invitations", json=body)
    assert answer.status_code == 201, answer.text
    await village.goes_on()
    [notice] = await village.inbox(ilze)
    assert (notice["word"], notice["facts"]["name"]) == ("invited", {"lv": "Mūsu dārzs"})
    assert answer.json()["link"].endswith(notice["path"])
    assert len(await village.post.town.mails()) == before + 2, "one mail each, and none for the notice"
    assert await Inbox.count() == 1


async def test_all_that_somebody_was_told_or_was_still_to_be_told_goes_with_their_account(village: Village) -> None:
    ilze = await village.villager("Ilze", browser=True)
    await village.wishes(ilze, cap=1)
    await village.tells(ilze)
    await village.tells(ilze, "second")
    await village.tells(ilze, "third", at=village.clock() + timedelta(hours=1))
    assert await Inbox.count() == 3
    assert (await ilze.phone.browser.delete("/account")).status_code == 204
    assert not await Inbox.exists()
    assert not village.world.store.exists(ilze.own)
    before = len(ilze.shown())
    await village.passes(days=2)
    assert len(ilze.shown()) == before
    assert not village.world.store.exists(ilze.own)
