"""A tool outside is told who comes: only one that asked for it, only of who may read the link, for five minutes."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, KeySetSerialization

from backend.catalogue.documents import INTERLINKER
from backend.kinds.context import LIFETIME, origin_of
from backend.kinds.controllers import PER_HOUR
from backend.kit.envelope import written_by_server
from backend.kit.ids import new_ulid
from tests.backend.visits import Visits, visits
from tests.backend.world import a_process, written

TOOL = "https://tool.example.org"


@dataclass
class Neighbourhood:
    """Ilze may add in one task of the process, Anna administers it, Edgars is no member."""

    visits: Visits
    ilze: httpx.AsyncClient
    anna: httpx.AsyncClient
    edgars: httpx.AsyncClient
    as_ilze: str
    task: str

    async def a_link(self, url: str, made_from: str | None = "survey") -> str:
        key = new_ulid()
        members: dict[str, Any] = {"name": "Survey", "url": url, **({"made_from": made_from} if made_from else {})}
        document = written(self.as_ilze, "link", key, partition=self.task, **members)
        await self.visits.world.spaces.admit(self.visits.world.space, document)
        return key

    async def opens(self, who: httpx.AsyncClient, link: str, **other: str) -> httpx.Response:
        body = {"process": self.visits.world.process, "item": self.task, "link": link, **other}
        return await who.post("/api/v1/links/context", json=body)

    async def claims(self, address: str) -> dict[str, Any]:
        """What a tool reads after it checked the signature with the public keys."""
        told = (await self.edgars.get("/api/v1/links/keys")).json()
        assert all("d" not in key for key in told["keys"])
        keys = KeySet.import_key_set(cast("KeySetSerialization", told))
        return jwt.decode(address.rpartition("interlink=")[2], keys, algorithms=["ES256"]).claims


@pytest.fixture
async def neighbourhood(tmp_path: Path) -> AsyncIterator[Neighbourhood]:
    async with visits(tmp_path) as house:
        world = house.world
        ilze, anna, _ = [await world.person(name) for name in ("Ilze", "Anna", "Edgars")]
        await a_process(world, anna)
        members: dict[str, Any] = {name: [] for name in ("profiles", "targets", "types", "scopes", "snapshots")}
        members |= {"kind": "external_software", "name": {"en": "Survey"}, "description": {"en": "Asks."}, "tags": {}}
        members |= {"difficulty": "easy", "licence": "permissive", "languages": ["en"], "context": TOOL}
        survey = written_by_server(INTERLINKER, "survey", members, lang="en", at=world.clock())
        quiet = written_by_server(INTERLINKER, "quiet", {**members, "context": None}, lang="en", at=world.clock())
        await world.spaces.write("commons", [survey, quiet])
        task = world.items["walk"]
        as_ilze = await world.joins(ilze, target=task)
        people = [await house.of(f"{name}@example.org") for name in ("ilze", "anna", "edgars")]
        yield Neighbourhood(house, *people, as_ilze, task)


async def test_the_tool_learns_process_item_role_and_language_and_neither_name_nor_member_id(
    neighbourhood: Neighbourhood,
) -> None:
    link = await neighbourhood.a_link(f"{TOOL}/start?a=1#part")
    answer = await neighbourhood.opens(neighbourhood.ilze, link)
    assert answer.status_code == 200, answer.text
    address = answer.json()["address"]
    assert address.startswith(f"{TOOL}/start?a=1#part&interlink=")
    claims = await neighbourhood.claims(address)
    assert claims["aud"] == TOOL
    assert claims["process"] == neighbourhood.visits.world.process
    assert (claims["item"], claims["link"]) == (neighbourhood.task, link)
    assert (claims["role"], claims["locale"]) == ("contributor", "en")
    assert claims["exp"] - claims["iat"] == LIFETIME.total_seconds()
    assert neighbourhood.as_ilze not in str(claims)
    assert "Ilze" not in str(claims)
    again = await neighbourhood.claims((await neighbourhood.opens(neighbourhood.ilze, link)).json()["address"])
    assert again["sub"] == claims["sub"]
    assert again["jti"] != claims["jti"]
    chief = await neighbourhood.claims((await neighbourhood.opens(neighbourhood.anna, link)).json()["address"])
    assert chief["role"] == "administrator"
    assert chief["sub"] != claims["sub"]


async def test_two_tools_cannot_tell_that_it_is_the_same_person(neighbourhood: Neighbourhood) -> None:
    world = neighbourhood.visits.world
    survey = await world.spaces.read("commons", "all:interlinker:survey")
    assert survey
    other = {name: value for name, value in survey.items() if name != "_rev"}
    other |= {"_id": "all:interlinker:map", "context": "https://map.example.org:8443"}
    await world.spaces.write("commons", [other])
    links = [
        await neighbourhood.a_link(f"{TOOL}/"),
        await neighbourhood.a_link("https://map.example.org:8443/x", "map"),
    ]
    opened = [(await neighbourhood.opens(neighbourhood.ilze, link)).json()["address"] for link in links]
    first, second = [await neighbourhood.claims(address) for address in opened]
    assert first["sub"] != second["sub"]


@pytest.mark.parametrize(
    ("url", "made_from"),
    [
        ("https://evil.example.org/", "survey"),
        ("https://tool.example.org.evil.example/", "survey"),
        ("https://tool.example.org@evil.example/", "survey"),
        ("http://tool.example.org/", "survey"),
        ("https://tool.example.org:444/", "survey"),
        ("mailto:tool@example.org", "survey"),
        (f"{TOOL}/", "quiet"),
        (f"{TOOL}/", "unknown"),
        (f"{TOOL}/", None),
    ],
    ids=str,
)
async def test_nothing_is_signed_for_a_tool_that_did_not_ask(
    neighbourhood: Neighbourhood, url: str, made_from: str | None
) -> None:
    answer = await neighbourhood.opens(neighbourhood.ilze, await neighbourhood.a_link(url, made_from))
    assert (answer.status_code, answer.json()["code"]) == (422, "no_context")


async def test_a_link_that_one_may_not_read_looks_like_none(neighbourhood: Neighbourhood) -> None:
    link = await neighbourhood.a_link(f"{TOOL}/")
    stranger = await neighbourhood.visits.stranger()
    assert (await neighbourhood.opens(stranger, link)).status_code == 401
    assert (await neighbourhood.opens(neighbourhood.edgars, link)).status_code == 404
    assert (await neighbourhood.opens(neighbourhood.ilze, new_ulid())).status_code == 404
    elsewhere = neighbourhood.visits.world.items["paint"]
    assert (await neighbourhood.opens(neighbourhood.ilze, link, item=elsewhere)).status_code == 404
    for bad in ("", "../x", "a" * 27, "all:task"):
        assert (await neighbourhood.opens(neighbourhood.ilze, bad)).status_code == 400


async def test_one_person_opens_only_so_many_in_an_hour(neighbourhood: Neighbourhood) -> None:
    link = await neighbourhood.a_link(f"{TOOL}/")
    codes = [(await neighbourhood.opens(neighbourhood.ilze, link)).status_code for _ in range(PER_HOUR + 1)]
    assert codes[-1] == 429
    assert set(codes[:-1]) == {200}


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://Tool.Example.org/a?b#c", "https://tool.example.org"),
        ("https://tool.example.org:443", "https://tool.example.org"),
        ("http://localhost:8080/", "http://localhost:8080"),
        ("https://[::1]:8443/", "https://[::1]:8443"),
        ("https://a:b@tool.example.org/", None),
        ("https://tool.example.org:99999999/", None),
        ("https://[bad/", None),
        ("javascript:alert(1)", None),
        ("mailto:a@b", None),
        ("", None),
    ],
)
def test_an_origin_is_scheme_host_and_port(url: str, origin: str | None) -> None:
    assert origin_of(url) == origin
