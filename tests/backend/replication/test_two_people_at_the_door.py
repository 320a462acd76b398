"""Two people at the real door: what one may not read looks missing on every route."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from backend.accounts.tables import Session
from backend.people import queries
from backend.people.access import Grant
from backend.people.actions import add_grant
from backend.people.actions.counting import counting
from backend.people.tables import Membership
from tests.backend.visits import Visits, visits
from tests.backend.world import a_process, contribution, deleted, revised
from tests.readers import somebody_waits


@dataclass
class Door:
    """Ilze contributes everywhere; Līga has a right in one task only, and wants to know what Ilze wrote elsewhere."""

    visits: Visits
    ilze: httpx.AsyncClient
    liga: httpx.AsyncClient
    edgars: httpx.AsyncClient
    stranger: httpx.AsyncClient
    as_ilze: str
    as_liga: str
    secret: dict[str, Any]
    missing: dict[str, Any]

    @property
    def db(self) -> str:
        return f"/db/{self.visits.world.space}"

    def item(self, key: str) -> str:
        return self.visits.world.items[key]

    async def push(self, who: httpx.AsyncClient, *documents: dict[str, Any]) -> list[dict[str, Any]]:
        answer = await who.post(f"{self.db}/_bulk_docs", json={"docs": list(documents), "new_edits": False})
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def changes(self, who: httpx.AsyncClient, since: str = "0") -> tuple[list[str], str]:
        answer = await who.get(f"{self.db}/_changes", params={"since": since, "style": "all_docs"})
        assert answer.status_code == 200, answer.text
        return [row["id"] for row in answer.json()["results"]], answer.json()["last_seq"]


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Door]:
    async with visits(tmp_path) as house:
        world = house.world
        people = {name: await world.person(name) for name in ("janis", "ilze", "liga", "edgars")}
        await a_process(world, people["janis"])
        as_ilze = await world.joins(people["ilze"])
        as_liga = await world.joins(people["liga"], target=world.items["walk"])
        secret = contribution(as_ilze, world.items["paint"], "The mayor said no.")
        await world.sends(people["ilze"], secret)
        browsers = {name: await house.of(f"{name}@example.org") for name in ("ilze", "liga", "edgars")}
        yield Door(
            house,
            **browsers,
            stranger=await house.stranger(),
            as_ilze=as_ilze,
            as_liga=as_liga,
            secret=secret,
            missing=contribution(as_ilze, world.items["paint"], "Never sent."),
        )


def likeness(answer: httpx.Response, document: dict[str, Any]) -> tuple[int, str]:
    """An answer with the document's own names taken out, so that two answers can be compared."""
    text = answer.text
    for name in (document["_id"].split(":")[2], document["_rev"], document["_rev"].split("-")[1]):
        text = text.replace(name, "…")
    return answer.status_code, text


ROUTES = {
    "GET document": ("GET", "/{id}", None),
    "GET revision": ("GET", "/{id}?rev={rev}", None),
    "GET open revisions": ("GET", "/{id}?open_revs=all&revs=true", None),
    "GET attachment": ("GET", "/{id}/photo.jpg", None),
    "_bulk_get": ("POST", "/_bulk_get?revs=true&latest=true", {"docs": [{"id": "{id}", "rev": "{rev}"}]}),
    "_revs_diff": ("POST", "/_revs_diff", {"{id}": ["{rev}"]}),
    "_missing_revs": ("POST", "/_missing_revs", {"{id}": ["{rev}"]}),
    "_all_docs keys": ("POST", "/_all_docs?include_docs=true", {"keys": ["{id}"]}),
    "_changes doc_ids": ("POST", "/_changes?filter=_doc_ids&include_docs=true", {"doc_ids": ["{id}"]}),
}


def filled(shape: Any, document: dict[str, Any]) -> Any:
    match shape:
        case str():
            return shape.replace("{id}", document["_id"]).replace("{rev}", document["_rev"])
        case dict():
            return {filled(name, document): filled(value, document) for name, value in shape.items()}
        case list():
            return [filled(one, document) for one in shape]
        case _:
            return shape


@pytest.mark.parametrize("route", ROUTES)
async def test_what_one_may_not_read_looks_missing(door: Door, route: str) -> None:
    method, address, body = ROUTES[route]

    async def asks(who: httpx.AsyncClient, document: dict[str, Any]) -> httpx.Response:
        return await who.request(method, door.db + filled(address, document), json=filled(body, document))

    there, nowhere = await asks(door.liga, door.secret), await asks(door.liga, door.missing)
    assert likeness(there, door.secret) == likeness(nowhere, door.missing)
    assert "mayor" not in there.text
    if "attachment" not in route:
        seen = await asks(door.ilze, door.secret)
        assert likeness(seen, door.secret) != likeness(nowhere, door.missing), "the test would see a difference"


async def test_the_feed_and_the_list_hold_what_one_may_read_and_nothing_else(door: Door) -> None:
    for who, sees in ((door.ilze, True), (door.liga, False)):
        listed, _ = await door.changes(who)
        assert (door.secret["_id"] in listed) is sees
        whole = await who.get(f"{door.db}/_all_docs", params={"include_docs": "true", "limit": "1000"})
        assert ("mayor" in whole.text) is sees
        assert f"all:task:{door.item('paint')}" in listed


@pytest.mark.parametrize("address", ["", "/_changes", "/_all_docs", "/_local/x", "/all:process:x", "/_security"])
async def test_a_process_of_others_looks_like_none(door: Door, address: str) -> None:
    nowhere = "/db/process-01arz3ndektsv4rrffq69g5fav"
    there, missing = await door.edgars.get(door.db + address), await door.edgars.get(nowhere + address)
    assert there.status_code == missing.status_code == 404
    assert there.text == missing.text
    for base in (door.db, nowhere):
        answer = await door.stranger.get(base + address)
        assert (answer.status_code, answer.json()["error"]) == (401, "unauthorized")


async def test_the_commons_are_open_to_everybody_and_written_by_nobody(door: Door) -> None:
    assert (await door.stranger.get("/db/commons/all:schema:garden")).status_code == 200
    for who in (door.stranger, door.ilze):
        forged = {**contribution(door.as_ilze, door.item("walk")), "_id": "all:schema:mine", "type": "schema"}
        answer = await who.post("/db/commons/_bulk_docs", json={"docs": [forged], "new_edits": False})
        assert (await door.ilze.get("/db/commons/all:schema:mine")).status_code == 404
        assert answer.status_code in (201, 401)


async def test_spaces_are_not_made_or_removed_over_the_door(door: Door) -> None:
    for who in (door.ilze, door.stranger):
        assert (await who.put("/db/process-mine")).status_code in (401, 403)
        assert (await who.delete(door.db)).status_code in (401, 403)
    assert (await door.ilze.get(door.db)).status_code == 200


async def test_a_contribution_goes_from_one_phone_to_the_other(door: Door) -> None:
    _, since = await door.changes(door.liga)
    words = contribution(door.as_ilze, door.item("walk"), "The gate is open.")
    assert await door.push(door.ilze, words) == []
    listed, _ = await door.changes(door.liga, since)
    assert listed == [words["_id"]]
    read = await door.liga.get(f"{door.db}/{words['_id']}")
    assert read.json()["text"] == "The gate is open."


async def test_a_refusal_is_a_row_with_its_reason_in_the_language_of_the_screens(door: Door) -> None:
    good = contribution(door.as_liga, door.item("walk"))
    bad = contribution(door.as_liga, door.item("paint"))
    [row] = await door.push(door.liga, bad, good)
    assert set(row) == {"id", "rev", "error", "reason"}
    assert (row["id"], row["rev"], row["error"]) == (bad["_id"], bad["_rev"], "forbidden")
    assert row["reason"] == "create: Your team may not add anything here."
    door.liga.headers["accept-language"] = "es-ES,es;q=0.9"
    [row] = await door.push(door.liga, bad)
    assert row["reason"] == "create: Tu equipo no puede añadir nada aquí."
    assert (await door.ilze.get(f"{door.db}/{good['_id']}")).status_code == 200


async def test_held_work_is_known_to_its_sender_alone(door: Door) -> None:
    early = contribution(door.as_liga, "01ARZ3NDEKTSV4RRFFQ69G5FAV")
    assert await door.push(door.liga, early) == []
    asked = {early["_id"]: [early["_rev"]]}
    assert (await door.liga.post(f"{door.db}/_revs_diff", json=asked)).json() == {}
    told = (await door.ilze.post(f"{door.db}/_revs_diff", json=asked)).json()
    assert told[early["_id"]]["missing"] == [early["_rev"]]


async def test_a_new_right_starts_the_feed_again_and_brings_what_was_there_before(door: Door) -> None:
    _, since = await door.changes(door.liga)
    world = door.visits.world
    paths = {door.item("paint"): (world.process, door.item("deliver"), door.item("build"), door.item("paint"))}
    liga = next(one for one in await queries.members_of(world.process) if one.member == door.as_liga)
    [team] = (await queries.standing_in(liga)).teams
    async with counting(world.process, paths):
        await add_grant(
            process=world.process, grant=Grant(team, door.item("paint"), access=True, create=False, delete=False)
        )
    listed, newest = await door.changes(door.liga, since)
    assert door.secret["_id"] in listed
    assert (await door.changes(door.liga, newest))[0] == []


async def waiting(door: Door, address: str) -> tuple[asyncio.Task[httpx.Response], dict[str, Any]]:
    """Līga's phone waits at an address; comes back with what Ilze is about to write."""
    asked = asyncio.create_task(door.liga.get(address))
    await somebody_waits(door.visits.house.store.waiting)
    assert not asked.done()
    return asked, contribution(door.as_ilze, door.item("walk"), "Only for members.")


async def test_who_is_removed_while_waiting_for_changes_hears_of_no_more(door: Door) -> None:
    asked, words = await waiting(door, f"{door.db}/_changes?feed=longpoll&since=now&include_docs=true&timeout=60000")
    await Membership.delete().where(Membership.member == door.as_liga)
    await door.push(door.ilze, words)
    async with asyncio.timeout(10):
        answer = await asked
    assert answer.json()["results"] == []
    assert "members" not in answer.text


async def test_a_wake_up_ends_with_the_session_it_began_with(door: Door) -> None:
    since = (await door.liga.get("/db/_db_updates")).json()["last_seq"]
    asked, words = await waiting(door, f"/db/_db_updates?feed=longpoll&since={since}&timeout=60000")
    await Session.delete(force=True)
    await door.visits.world.spaces.write(door.visits.world.space, [words])
    async with asyncio.timeout(10):
        answer = await asked
    assert door.visits.world.space not in answer.text


async def test_an_author_removes_a_contribution_and_both_phones_hear_of_it(door: Door) -> None:
    words = contribution(door.as_ilze, door.item("walk"))
    better = revised(words, text="Better.")
    await door.push(door.ilze, words, better)
    _, since = await door.changes(door.liga)
    assert await door.push(door.ilze, deleted(better)) == []
    listed, _ = await door.changes(door.liga, since)
    assert listed == [words["_id"]]
    assert (await door.liga.get(f"{door.db}/{words['_id']}")).status_code == 404
