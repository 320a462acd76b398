"""A house in which everything that calls people runs, step by step as a test says."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from backend.accounts.domain import Person
from backend.codelivery import call_rows
from backend.codelivery.call_rows import AskedRow
from backend.codelivery.calls import CallRow
from backend.house import House, open_house
from backend.kit.envelope import rfc3339, written_by_server
from backend.kit.settings import Settings
from backend.kit.spaces import COMMONS, SpaceKind, space_of
from backend.notices.caller import Caller
from backend.notices.candidates import Candidates
from backend.notices.documents import WISHES
from backend.notices.reminding import Reminding
from backend.notices.telling import Teller
from backend.projections.everything import follower
from backend.replication.registry import TYPES
from tests.backend.codelivery.helpers import TUESDAY, Garden
from tests.backend.postgresql import rows_of
from tests.backend.world import Clock, World, a_process, a_schema

NAMES = ("Ilze", "Marta", "Pēteris", "Anna", "Juris", "Zane", "Kārlis", "Līga")


@dataclass
class Square:
    """A garden, its volunteers, and what calls them."""

    house: House
    garden: Garden
    people: dict[str, Person] = field(default_factory=dict[str, Person])
    """Volunteers by member id."""
    teller: Teller | None = None
    """Stands in for that of the house, where a test lets it fail."""

    async def volunteers(self, *names: str, **members: Any) -> list[str]:
        """People who may open the task, with the same wishes; their member ids."""
        found = []
        for name in names:
            person = await self.garden.volunteer(name)
            member = await self.garden.world.member(person)
            self.people[member] = person
            found.append(member)
            if members:
                await self.wishes(person, **members)
        return found

    async def wishes(self, person: Person, **members: Any) -> None:
        spaces, own = self.garden.world.spaces, space_of(SpaceKind.PERSON, person.id)
        await spaces.create(own)
        said = written_by_server(WISHES, "self", members, lang="en", at=self.now())
        await spaces.write(own, [said])

    def now(self) -> datetime:
        return self.garden.world.clock()

    async def later(self, **how: float) -> None:
        """Time passes, and then everybody looks."""
        self.garden.world.clock.at += timedelta(**how)
        await self.goes_on()

    async def until(self, moment: str) -> None:
        self.garden.world.clock.at = datetime.fromisoformat(moment)
        await self.goes_on()

    async def goes_on(self) -> None:
        """The follower follows, calls are looked at, people are reminded and told: all that is due now."""
        await self.follows()
        while await self.caller().look():
            pass
        await self.reminding().look()
        await self.house.notices.teller.look_due()

    async def follows(self) -> None:
        house = self.house
        await follower(house.store, house.spaces, house.clock, TYPES, self.teller or house.notices.teller).catch_up()

    def caller(self) -> Caller:
        house = self.house
        candidates = Candidates(house.spaces, house.keeper.ground, house.clock)
        return Caller(house.spaces, candidates, self.teller or house.notices.teller, house.clock)

    def reminding(self) -> Reminding:
        house = self.house
        return Reminding(house.spaces, self.teller or house.notices.teller, house.clock)

    async def calls(self, places: int = 1, days: float = 2, **members: Any) -> None:
        """Jānis calls for people for a day to come, and everybody looks."""
        times = members.pop("occurrences", None) or [self.occurrence(TUESDAY, days)]
        await self.garden.calls(places=places, occurrences=times, **members)
        await self.goes_on()

    def occurrence(self, key: str, days: float) -> dict[str, str]:
        start = self.now() + timedelta(days=days)
        return {"id": key, "start": rfc3339(start), "end": rfc3339(start + timedelta(hours=2))}

    async def says(self, member: str, state: str = "asked", occurrence: str = TUESDAY) -> None:
        await self.garden.asks(self.people[member], occurrence, state=state)
        await self.goes_on()

    async def rows(self) -> list[CallRow]:
        _, _, key = self.garden.need["_id"].split(":")
        return await call_rows.calls_of(self.garden.world.process, self.garden.task, key)

    async def call(self, occurrence: str = TUESDAY) -> CallRow:
        return next(one for one in await self.rows() if one.occurrence == occurrence)

    async def asked(self, occurrence: str = TUESDAY) -> list[AskedRow]:
        return await call_rows.asked_for((await self.call(occurrence)).id)

    async def waves(self, occurrence: str = TUESDAY) -> list[tuple[str, set[str]]]:
        """Why each wave went out, and whom it asked."""
        found: dict[int, tuple[str, set[str]]] = {}
        for one in await self.asked(occurrence):
            found.setdefault(one.wave, (one.why, set()))[1].add(one.member)
        return [found[number] for number in sorted(found)]

    async def inbox(self, person: Person) -> list[dict[str, Any]]:
        """What somebody was told, oldest first."""
        spaces, own = self.garden.world.spaces, space_of(SpaceKind.PERSON, person.id)
        notices = await spaces.list(own, "all", "notice") if await spaces.exists(own) else []
        return sorted(notices, key=lambda one: (one["told"], one["word"]))

    async def words(self, member: str | Person) -> list[str]:
        """The words of what somebody was told and that still holds, oldest first."""
        person = self.people[member] if isinstance(member, str) else member
        return [one["word"] for one in await self.inbox(person) if not one.get("withdrawn")]


@asynccontextmanager
async def a_square(data: Path) -> AsyncIterator[Square]:
    clock = Clock()
    async with open_house(Settings(data=data, **await rows_of(data)), clock) as house:
        world = World(data, house.store, house.shelf, house.spaces, house.doorkeeper, clock)
        await world.spaces.create(COMMONS)
        await world.spaces.write(COMMONS, [a_schema(clock())])
        janis = await world.person("Jānis")
        await a_process(world, janis)
        yield Square(house, Garden(world, janis))
