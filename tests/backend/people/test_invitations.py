"""Joining by a link: looking needs no account, joining twice is joining once, and every closed link says why."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from backend.accounts.tables import Mail
from backend.people import queries
from backend.people.actions.endings import Endings
from backend.people.links import Links
from backend.people.tables import Invitation
from tests.backend.people.quarter import Quarter, a_quarter, code_of


@pytest.fixture
async def quarter(tmp_path: Path) -> AsyncIterator[Quarter]:
    async with a_quarter(tmp_path) as one:
        yield one


def token_of(invitation: dict[str, Any]) -> str:
    address, _, token = invitation["link"].partition("#")
    assert address.endswith("/join")
    return token


async def test_a_stranger_sees_what_an_invitation_is_about(quarter: Quarter) -> None:
    made = await quarter.invites(uses=18)
    answer = await quarter.stranger.post("/api/v1/invitations/look", json={"token": token_of(made)})
    assert answer.status_code == 200, answer.text
    seen = answer.json()
    assert seen["process"]["name"] == {"lv": "Mūsu dārzs"}
    assert [one["name"]["en"] for one in seen["process"]["phases"]] == ["Prepare", "Deliver"]
    assert (seen["invitedAs"], seen["places"], seen["alreadyIn"]) == ("member", 18, False)
    assert seen["team"] == {"name": {"lv": "Mūsu dārzs"}, "kind": "citizen"}


async def test_whoever_accepts_is_in_and_told_where_to_begin(quarter: Quarter) -> None:
    made = await quarter.invites()
    answer = await quarter.edgars.post("/api/v1/invitations/accept", json={"token": token_of(made)})
    assert answer.status_code == 200, answer.text
    joined = answer.json()
    assert joined["process"] == quarter.world.process
    assert joined["space"] == quarter.world.space
    assert joined["task"] == quarter.world.items["interview"]
    spaces = (await quarter.edgars.get("/api/v1/spaces")).json()["spaces"]
    assert quarter.world.space in [one["name"] for one in spaces]
    assert quarter.world.items["walk"] in await quarter.world.sees(quarter.people["edgars"])


async def test_accepting_twice_is_joining_once_and_takes_one_place(quarter: Quarter) -> None:
    made = await quarter.invites(uses=2)
    for _ in range(2):
        answer = await quarter.edgars.post("/api/v1/invitations/accept", json={"token": token_of(made)})
        assert answer.status_code == 200
    [listed] = (await quarter.janis.get(f"{quarter.process}/invitations")).json()["invitations"]
    assert (listed["uses"], listed["used"], listed["open"]) == (2, 1, True)
    assert listed["link"] == made["link"], "the link is shown again"
    assert len(await queries.members_of(quarter.world.process)) == 3


async def refused(who: httpx.AsyncClient, token: str, verb: str = "accept") -> tuple[int, str]:
    return code_of(await who.post(f"/api/v1/invitations/{verb}", json={"token": token}))


@pytest.mark.parametrize("verb", ["look", "accept"])
async def test_a_forged_cut_or_foreign_link_is_unknown(quarter: Quarter, verb: str) -> None:
    made = await quarter.invites()
    token = token_of(made)
    foreign = Links(b"the key of another server", None).token(made["id"])
    for wrong in (token[:-1], token[:-1] + ("A" if token[-1] != "A" else "B"), foreign, made["id"], "x", "🌱" * 30):
        assert await refused(quarter.edgars, wrong, verb) == (404, "invitation_unknown")
    assert len(await queries.members_of(quarter.world.process)) == 2


async def test_an_expired_invitation_says_so_and_lets_nobody_in(quarter: Quarter) -> None:
    made = await quarter.invites(expiresDays=1)
    quarter.world.clock.pass_days(2)
    assert await refused(quarter.edgars, token_of(made)) == (410, "invitation_expired")
    assert await refused(quarter.stranger, token_of(made), "look") == (410, "invitation_expired")


async def test_an_invitation_that_was_taken_back_says_so_and_who_came_by_it_stays(quarter: Quarter) -> None:
    made = await quarter.invites(uses=5)
    await quarter.edgars.post("/api/v1/invitations/accept", json={"token": token_of(made)})
    assert (await quarter.janis.delete(f"/api/v1/invitations/{made['id']}")).status_code == 204
    assert await refused(quarter.liga, token_of(made)) == (410, "invitation_revoked")
    assert await queries.membership(quarter.people["edgars"].id, quarter.world.process)


async def test_of_two_people_one_gets_the_last_place(quarter: Quarter) -> None:
    token = token_of(await quarter.invites(uses=1))
    answers = await asyncio.gather(
        *(who.post("/api/v1/invitations/accept", json={"token": token}) for who in (quarter.edgars, quarter.liga))
    )
    assert sorted(one.status_code for one in answers) == [200, 410]
    assert len(await queries.members_of(quarter.world.process)) == 3


async def test_a_link_does_not_bring_back_who_was_taken_out(quarter: Quarter) -> None:
    token = token_of(await quarter.invites(uses=5))
    await quarter.edgars.post("/api/v1/invitations/accept", json={"token": token})
    member = await quarter.member("edgars")
    assert (await quarter.janis.delete(f"{quarter.process}/members/{member}")).status_code == 204
    assert await refused(quarter.edgars, token) == (410, "invitation_used")


async def test_observers_look_on_until_their_time_is_over(quarter: Quarter) -> None:
    until = (quarter.world.clock() + timedelta(days=3)).isoformat()
    made = await quarter.invites(role="observer", team=None, until=until)
    joined = (await quarter.edgars.post("/api/v1/invitations/accept", json={"token": token_of(made)})).json()
    assert joined["task"] is None, "observers may not add anything"
    walk = quarter.world.items["walk"]
    assert walk in await quarter.world.sees(quarter.people["edgars"])
    endings = Endings(quarter.visits.house.keeper)
    assert await endings.end_what_is_over() == 0
    quarter.world.clock.pass_days(4)
    assert await endings.end_what_is_over() == 1
    assert await queries.membership(quarter.people["edgars"].id, quarter.world.process) is None
    spaces = (await quarter.edgars.get("/api/v1/spaces")).json()["spaces"]
    assert quarter.world.space not in [one["name"] for one in spaces]


async def test_the_observers_of_a_process_are_one_team_named_in_four_languages(quarter: Quarter) -> None:
    for _ in range(2):
        await quarter.invites(role="observer", team=None)
    teams = (await quarter.janis.get(f"{quarter.process}/people")).json()["teams"]
    [observers] = [one for one in teams if one["observers"]]
    assert set(observers["name"]) == {"en", "it", "lv", "es"}


async def test_mails_carry_the_link_in_the_language_that_was_asked_for(quarter: Quarter) -> None:
    emails = ["anna@example.org", "ANNA@example.org", "berta@example.org"]
    made = await quarter.invites(emails=emails, language="it", uses=1)
    assert made["mailed"] == 2
    assert made["uses"] == 3, "nobody who was written to comes too late"
    mails = await Mail.select()
    assert {one["recipient"] for one in mails} == {"anna@example.org", "berta@example.org"}
    assert all(made["link"] in one["body"] and "ti invita" in one["subject"] for one in mails)
    assert "anna" not in str(await Invitation.select()), "addresses are in the queue of mails alone"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"expiresDays": 91}, (400, "invalid_request")),
        ({"uses": 10_001}, (400, "invalid_request")),
        ({"uses": 0}, (400, "invalid_request")),
        ({"emails": ["a" * 390 + "@example.org"]}, (400, "invalid_request")),
        ({"emails": ["nobody"]}, (400, "invalid_request")),
        ({"emails": ["a@b.example"] * 101}, (400, "invalid_request")),
        ({"role": "administrator"}, (400, "invalid_request")),
        ({"until": "2020-01-01T00:00:00Z"}, (422, "until_passed")),
        ({"process": None, "team": None}, (400, "invalid_request")),
        ({"team": "01ARZ3NDEKTSV4RRFFQ69G5FAV"}, (422, "unknown_team")),
        ({"process": "01arz3ndektsv4rrffq69g5fav"}, (404, "not_found")),
        ({"process": "not an id"}, (400, "invalid_request")),
        ({"colour": "green"}, (400, "invalid_request")),
    ],
)
async def test_an_invitation_that_cannot_be_is_refused_with_a_sentence(
    quarter: Quarter, change: dict[str, Any], expected: tuple[int, str]
) -> None:
    wanted = {"process": quarter.world.process, "team": await quarter.team()} | change
    body = {name: value for name, value in wanted.items() if value is not None}
    assert code_of(await quarter.janis.post("/api/v1/invitations", json=body)) == expected
    assert await Invitation.count() == 0


async def test_which_team_people_join_must_be_said_when_there_are_several(quarter: Quarter) -> None:
    await quarter.grants({"team": await quarter.own_team(), "target": None, "access": True})
    body = {"process": quarter.world.process}
    assert code_of(await quarter.janis.post("/api/v1/invitations", json=body)) == (422, "team_needed")


async def test_only_who_administers_invites(quarter: Quarter) -> None:
    body = {"process": quarter.world.process, "team": await quarter.team()}
    assert code_of(await quarter.ilze.post("/api/v1/invitations", json=body)) == (403, "forbidden")
    assert code_of(await quarter.edgars.post("/api/v1/invitations", json=body)) == (404, "not_found")
    assert code_of(await quarter.stranger.post("/api/v1/invitations", json=body)) == (401, "sign_in_needed")
    made = await quarter.invites()
    for other in (quarter.ilze, quarter.edgars):
        assert code_of(await other.delete(f"/api/v1/invitations/{made['id']}"))[0] == 404


async def test_a_qr_code_holds_the_link(quarter: Quarter) -> None:
    made = await quarter.invites()
    assert made["qr"].startswith("<svg")
    assert "viewBox" in made["qr"]
    assert "script" not in made["qr"]
