"""Calls for help and answers to them, as devices write them."""

from dataclasses import dataclass, field
from typing import Any

from backend.accounts.domain import Person
from backend.kit.ids import new_ulid
from backend.projections.everything import follower
from backend.replication.registry import TYPES
from tests.backend.world import World, revised, written

TUESDAY = "01KC0000000000000000000000"
"""The occurrence of most calls here."""


@dataclass
class Garden:
    """The world's process, whose task «walk» calls for people."""

    world: World
    janis: Person
    """Administers the process."""
    need: dict[str, Any] = field(default_factory=dict[str, Any])
    claims: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    """The newest claim of each person by name."""

    @property
    def task(self) -> str:
        return self.world.items["walk"]

    async def calls(self, **members: Any) -> None:
        """Jānis calls for people."""
        self.need = a_need(await self.world.member(self.janis), self.task, **members)
        await self.send(self.janis, self.need)

    async def changes(self, **members: Any) -> None:
        self.need = revised(self.need, **members)
        await self.send(self.janis, self.need)

    async def volunteer(self, name: str, *, access: bool = True) -> Person:
        """Somebody who may open the task and make nothing in it, as volunteers may."""
        person = await self.world.person(name)
        await self.world.joins(person, access=access, create=False)
        return person

    async def asks(self, person: Person, occurrence: str = TUESDAY, **members: Any) -> list[Any]:
        """Write or change a claim, and bring it to the server."""
        member = await self.world.member(person)
        known = self.claims.get(person.name)
        said = {"need": self.need["_id"].split(":")[2], "state": "asked", **members}
        claim = revised(known, **said) if known else a_claim(member, self.task, occurrence, **said)
        self.claims[person.name] = claim
        return await self.world.sends(person, claim)

    async def answered(self) -> dict[str, str]:
        """What each claimant is told, by name."""
        await follower(self.world.store, self.world.spaces, self.world.clock, TYPES).catch_up()
        placed = await self.world.spaces.list(self.world.space, self.task, "place")
        names = {claim["author"]: name for name, claim in self.claims.items()}
        return {names[one["member"]]: one["outcome"] for one in placed}

    async def send(self, person: Person, *documents: dict[str, Any]) -> None:
        assert not [one for one in await self.world.sends(person, *documents) if one.error]


def a_need(member: str, task: str, **members: Any) -> dict[str, Any]:
    said = {
        "name": "Walk with us",
        "occurrences": [{"id": TUESDAY, "start": "2026-11-24T12:00:00Z", "end": "2026-11-24T14:00:00Z"}],
        "zone": "Europe/Riga",
        "places": 1,
        "waiting": 1,
        **members,
    }
    return written(member, "need", new_ulid(), partition=task, **said)


def a_claim(member: str, task: str, occurrence: str = TUESDAY, **members: Any) -> dict[str, Any]:
    return written(member, "claim", f"{occurrence}-{member}", partition=task, **members)
