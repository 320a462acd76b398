"""A neighbourhood to test rights in: one process of Jānis', a member, two strangers, each in front of their browser."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from backend.accounts.domain import Person
from backend.people import queries
from tests.backend.visits import Visits, visits
from tests.backend.world import World, a_process

NAMES = ("janis", "ilze", "edgars", "liga")


@dataclass
class Quarter:
    """Jānis administers the process, Ilze is a member with a team of her own, Edgars and Līga are not in it."""

    visits: Visits
    world: World
    people: dict[str, Person]
    janis: httpx.AsyncClient
    ilze: httpx.AsyncClient
    edgars: httpx.AsyncClient
    liga: httpx.AsyncClient
    stranger: httpx.AsyncClient

    @property
    def process(self) -> str:
        """Where the people of the process are asked about."""
        return f"/api/v1/processes/{self.world.process}"

    async def team(self, of: str = "janis") -> str:
        """The team in the process that somebody is in."""
        account = self.people[of].id
        return next(one.id for one in await queries.teams_of(self.world.process) if account in one.accounts)

    async def own_team(self, who: str = "janis", **more: Any) -> str:
        """A team that somebody makes on their own."""
        wanted = {"name": {"en": "Builders"}} | more
        return (await self.makes(getattr(self, who), "/api/v1/teams", wanted))["id"]

    async def member(self, name: str) -> str:
        return await self.world.member(self.people[name])

    async def invites(self, **more: Any) -> dict[str, Any]:
        """Jānis invites people into his own team."""
        wanted = {"process": self.world.process, "team": await self.team()} | more
        return await self.makes(self.janis, "/api/v1/invitations", {k: v for k, v in wanted.items() if v is not None})

    async def makes(self, who: httpx.AsyncClient, path: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = await who.post(path, json=body)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def counters(self, name: str) -> tuple[int, int]:
        found = await queries.membership(self.people[name].id, self.world.process)
        assert found is not None
        return found.gained, found.lost

    async def grants(self, *changes: dict[str, Any]) -> httpx.Response:
        """Jānis changes grants."""
        version = (await self.janis.get(f"{self.process}/grants")).json()["version"]
        return await self.janis.put(f"{self.process}/grants", json={"version": version, "changes": list(changes)})


@asynccontextmanager
async def a_quarter(data: Path, **settings: Any) -> AsyncIterator[Quarter]:
    """Open the application with these people in front of it."""
    async with visits(data, **settings) as house:
        people = {name: await house.world.person(name) for name in NAMES}
        await a_process(house.world, people["janis"])
        await house.world.joins(people["ilze"])
        browsers = {name: await house.of(f"{name}@example.org") for name in NAMES}
        yield Quarter(house, house.world, people, **browsers, stranger=await house.stranger())


def code_of(answer: httpx.Response) -> tuple[int, str]:
    """Status and word of a refusal, which always has a sentence too."""
    body = answer.json()
    assert body["detail"]
    return answer.status_code, body["code"]
