"""A process with people in it whose phones take notices: everything real but the push service, which decrypts."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from backend.accounts.domain import Person, Scope, Visit
from backend.accounts.tables import Account, Session
from backend.kit.envelope import rfc3339
from backend.kit.ids import new_owner_id, new_ulid
from backend.kit.spaces import COMMONS, SpaceKind, space_of
from backend.notices.decide import Told
from backend.notices.documents import Facts
from backend.notices.domain import Kind
from backend.notices.telling import NoticeTeller
from backend.projections.everything import follower
from backend.replication.registry import TYPES
from tests.backend.accounts.town import Moment
from tests.backend.notices.post import Phone, Post, a_post
from tests.backend.world import World, a_process, a_schema, written

NIGHT = datetime(2026, 11, 21, 20, 30, tzinfo=UTC)
MORNING = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
"""Half past ten in the evening in Riga, and eight in the morning."""


@dataclass
class Villager:
    """Somebody with a phone."""

    person: Person
    phone: Phone
    member: str = ""

    @property
    def own(self) -> str:
        return space_of(SpaceKind.PERSON, self.person.id)

    def shown(self) -> list[dict[str, Any]]:
        """What came to the phone, decrypted."""
        return self.phone.reads()

    def titles(self) -> list[str]:
        return [one["title"] for one in self.shown()]


@dataclass
class Village:
    """The process and its people."""

    post: Post
    world: World
    janis: Villager
    clock: Moment

    @property
    def teller(self) -> NoticeTeller:
        return self.post.town.house.notices.teller

    @property
    def space(self) -> str:
        return self.world.space

    async def villager(self, name: str, *, joins: bool = True, browser: bool = False, **rights: Any) -> Villager:
        """Somebody new; with a browser they can ask the server for what is no document."""
        self.clock.later(seconds=1)  # ids made at one moment have no order, and the newest session is theirs
        email = f"{name.lower()}@example.org"
        phone = await self.post.phone(email) if browser else await self.phone(name, email)
        one = Villager(Person(phone.account, name, "lv"), phone)
        await self.world.spaces.create(one.own)
        if joins:
            one.member = await self.world.joins(one.person, **rights)
        return one

    async def phone(self, name: str, email: str) -> Phone:
        """A phone that takes notices, without the web application before it."""
        now, session = self.clock(), new_ulid()
        account = Account(id=new_owner_id(), email=email, email_verified=True, name=name, language="lv", created=now)
        await account.save()
        row = Session(id=session, token=session, account=account.id, created=now, expires=now + timedelta(days=999))
        await row.save()
        path = f"/p/{session}"
        phone = Phone(self.post, None, path, account=account.id, session=session)
        devices, person = self.post.town.house.notices.devices, Person(account.id, name, "lv")
        visit = Visit(session, person, Scope.BROWSER, "code", now, None, lost=False, disabled=False)
        subscription = phone.device.subscription(self.post.service.endpoint(path))
        await devices.subscribe(visit, subscription, devices.keys.current.public_text)
        return phone

    async def wishes(self, who: Villager, **wishes: Any) -> None:
        known = {"zone": "Europe/Riga"} | wishes
        before = self.world.stored("all:wishes:self", who.own)
        new = written(who.person.id, "wishes", "self", **known)
        if before:
            await self.world.spaces.write(who.own, [{k: v for k, v in new.items() if k[:4] != "_rev"}])
        else:
            assert await self.world.sends(who.person, new, space=who.own) == []

    async def reads(self, who: Villager, notice: str, state: str = "read") -> None:
        said = written(who.person.id, "read", notice, state=state)
        assert await self.world.sends(who.person, said, space=who.own) == []

    async def inbox(self, who: Villager) -> list[dict[str, Any]]:
        found = await self.world.spaces.list(who.own, "all", "notice")
        return sorted(found, key=lambda one: one["told"])

    async def words(self, who: Villager) -> list[str]:
        """The words of what stands in somebody's inbox, what was taken back left out."""
        return [one["word"] for one in await self.inbox(who) if not one.get("withdrawn")]

    async def follows(self) -> None:
        """What the server does after changes: projections, what is due, the courier."""
        house = self.post.town.house
        await follower(house.store, house.spaces, self.clock, TYPES, house.notices.teller).catch_up()
        await self.goes_on()

    async def goes_on(self) -> None:
        await self.teller.look_due()
        await self.post.carries()

    async def passes(self, **how: float) -> None:
        """Time goes by, and what is due then is done."""
        self.clock.later(**how)
        await self.goes_on()

    async def until(self, moment: datetime) -> None:
        self.clock.at = moment
        await self.goes_on()

    async def tells(self, who: Villager, name: str = "one", at: datetime | None = None, **changes: Any) -> None:
        told, facts = self.a_told(who, name, **changes)
        await self.teller.tell(
            told, facts, space=self.space, path="/processes/p", things=(self.space, told.thing), at=at
        )
        await self.post.carries()

    def a_told(self, who: Villager, name: str = "one", **changes: Any) -> tuple[Told, Facts]:
        walk = self.world.items["walk"]
        start = self.clock() + timedelta(days=2)
        known: dict[str, Any] = {
            "id": name,
            "member": who.member,
            "kind": Kind.NEEDED,
            "thing": f"{walk}:need:{name}~first",
            "until": start,
            "word": "needed",
        }
        told = Told(**(known | changes))
        facts = Facts(
            name={"lv": "Palīgi tirgū"},
            place="Tirgus laukums",
            start=start,
            end=start + timedelta(hours=2),
            zone="Europe/Riga",
        )
        return told, facts

    def a_need(self, key: str, start: datetime, **members: Any) -> dict[str, Any]:
        """A need of «walk», as the coordinator's device writes it."""
        end = rfc3339(start + timedelta(hours=2))
        known: dict[str, Any] = {
            "name": "Palīgi tirgū",
            "place": {"name": "Tirgus laukums"},
            "occurrences": [{"id": key, "start": rfc3339(start), "end": end}],
            "zone": "Europe/Riga",
            "places": 1,
            "waiting": 1,
        }
        new = written(self.janis.member, "need", key, partition=self.world.items["walk"], **(known | members))
        return new | {"lang": "lv"}


@asynccontextmanager
async def a_village(data: Path, *, browser: bool = False) -> AsyncIterator[Village]:
    """Found the process at eleven in the morning in Riga; Jānis coordinates it."""
    async with a_post(data) as post:
        house, clock = post.town.house, post.town.clock
        world = World(data, house.store, house.shelf, house.spaces, house.doorkeeper, clock)
        await world.spaces.create(COMMONS)
        await world.spaces.write(COMMONS, [a_schema(clock())])
        village = Village(post, world, None, clock)
        village.janis = await village.villager("Janis", joins=False, browser=browser)
        await a_process(world, village.janis.person)
        village.janis.member = await world.member(village.janis.person)
        await village.follows()
        yield village
