"""What accounts and people must hear of each other: a name that changes, who goes, and who was invited."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from backend.accounts.tables import Account, Session
from backend.people import queries
from backend.people.mirror import mirror_member
from tests.backend.people.quarter import Quarter, a_quarter

JOIN = {"name": "Aija", "language": "lv", "device": "phone"}


@pytest.fixture
async def quarter(tmp_path: Path) -> AsyncIterator[Quarter]:
    async with a_quarter(tmp_path) as one:
        yield one


def token_of(invitation: dict[str, Any]) -> str:
    return invitation["link"].partition("#")[2]


async def contributed(quarter: Quarter, name: str) -> str:
    """The name of somebody who contributed stands in the space; the id of that document."""
    membership = await queries.membership(quarter.people[name].id, quarter.world.process)
    assert membership
    await mirror_member(quarter.world.spaces, membership, quarter.world.clock())
    return f"all:member:{membership.member}"


async def through_the_door(browser: httpx.AsyncClient, quarter: Quarter, document: str) -> dict[str, Any]:
    return (await browser.get(f"/db/{quarter.world.space}/{document}")).json()


async def test_a_new_name_reaches_the_devices_of_others_by_the_ordinary_sync(quarter):
    document = await contributed(quarter, "ilze")
    feed = (await quarter.janis.get(f"/db/{quarter.world.space}/_changes")).json()["last_seq"]
    assert (await quarter.ilze.patch("/api/v1/account", json={"name": "Ilze B."})).is_success

    changes = (await quarter.janis.get(f"/db/{quarter.world.space}/_changes?since={feed}")).json()["results"]
    assert document in [one["id"] for one in changes]
    assert (await through_the_door(quarter.janis, quarter, document))["name"] == "Ilze B."


async def test_who_deletes_their_account_is_named_nowhere_and_their_own_space_is_gone(quarter):
    document = await contributed(quarter, "ilze")
    account = quarter.people["ilze"].id
    assert (await quarter.ilze.get(f"/db/person-{account}")).is_success
    answer = await quarter.ilze.delete("/api/v1/account?anyway=true")
    assert answer.status_code == 204, answer.text

    assert (await through_the_door(quarter.janis, quarter, document))["name"] == ""
    assert not quarter.world.store.exists(f"person-{account}")
    assert account not in [one.account for one in await queries.members_of(quarter.world.process)]


async def test_the_last_administrator_of_a_process_is_told_before_they_delete_their_account(quarter):
    answer = await quarter.janis.delete("/api/v1/account")

    assert (answer.status_code, answer.json()["code"]) == (409, "last_administrator")
    assert await Account.exists().where(Account.id == quarter.people["janis"].id)


async def test_somebody_invited_is_in_with_nothing_but_a_name(quarter):
    made = await quarter.invites(uses=1)
    phone = quarter.stranger
    answer = await phone.post("/api/v1/accounts", json=JOIN | {"invitation": token_of(made)})

    assert answer.status_code == 201
    account = answer.json()["account"]
    assert (account["name"], account["email"], account["recoverable"]) == ("Aija", None, False)
    accepted = await phone.post("/api/v1/invitations/accept", json={"token": token_of(made)})
    assert accepted.json()["process"] == quarter.world.process, "making the account did not use the invitation up"


async def test_two_people_without_an_address_are_two_people(quarter):
    made = await quarter.invites(uses=2)
    ids = set()
    for name in ("Aija", "Aija"):
        browser = await quarter.visits.stranger()
        answer = await browser.post("/api/v1/accounts", json=JOIN | {"name": name, "invitation": token_of(made)})
        ids.add(answer.json()["account"]["id"])
    assert len(ids) == 2


async def test_a_withdrawn_late_or_invented_invitation_makes_no_account_and_says_why(quarter):
    before = await Account.count()
    withdrawn, late = await quarter.invites(), await quarter.invites(expiresDays=1)
    await quarter.janis.delete(f"/api/v1/invitations/{withdrawn['id']}")
    quarter.world.clock.pass_days(2)
    for token, word in (
        (token_of(withdrawn), "invitation_revoked"),
        (token_of(late), "invitation_expired"),
        ("invented", "invitation_unknown"),
    ):
        answer = await quarter.stranger.post("/api/v1/accounts", json=JOIN | {"invitation": token})
        assert answer.json()["code"] == word
    assert await Account.count() == before
    assert await Session.count() == len(quarter.people), "nobody new is signed in"


async def test_where_only_the_invited_register_an_invitation_opens_the_way_by_mail_too(tmp_path):
    async with a_quarter(tmp_path, registration="invited") as quarter:
        made = await quarter.invites()
        asked = {"email": "aija@example.org", "language": "en", "device": "phone"}
        for invitation, told in (({}, "need an invitation"), ({"invitation": token_of(made)}, "your code is")):
            answer = await quarter.stranger.post("/api/v1/session/code", json=asked | invitation)
            assert answer.status_code == 202
            await quarter.visits.house.post.carry_due()
            [mail] = (tmp_path / "mail").iterdir()
            assert told in mail.read_text()
            mail.unlink()
