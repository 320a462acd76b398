"""Ten days of thirty volunteers through the real rows, follower and jobs, over both changes of the clocks.

The pure rules are proved with a thousand people beside this (`notices/test_policy_simulation.py`). Here the question is
whether what runs in the program keeps them too: only time is simulated, and what people do.
"""

import heapq
import os
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest

from backend.accounts.domain import Person
from backend.accounts.tables import Session
from backend.codelivery import call_rows
from backend.codelivery.call_tables import NeedCall
from backend.kit.envelope import rfc3339
from backend.kit.ids import new_ulid
from backend.notices.domain import Kind, State
from backend.notices.tables import Delivery, Inbox, PushSubscription
from backend.notices.wishes import PROMISED, UNCOUNTED, Wishes, read_wishes
from tests.backend.codelivery.calling import Square, a_square
from tests.backend.codelivery.helpers import a_claim, a_need
from tests.backend.world import revised

VOLUNTEERS, NEEDS, DAYS = 30, 10, 10
NIGHT = timedelta(hours=12)
SPRING, AUTUMN = datetime(2026, 3, 25, tzinfo=UTC), datetime(2026, 10, 21, tzinfo=UTC)
SKILLS = ("patience", "driving", "Italian")
Happens = Callable[[], Awaitable[None]]


@dataclass
class Someone:
    """A volunteer: what they wish, and how likely they come."""

    person: Person
    member: str
    wishes: Wishes
    eager: float


@dataclass
class Asked:
    """One need with one time, and what became of it."""

    document: dict[str, Any]
    occurrence: str
    start: datetime
    places: int
    claims: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    cancelled: datetime | None = None

    @property
    def thing(self) -> str:
        return f"{self.document['_id']}~{self.occurrence}"


@dataclass
class Told:
    """What reached somebody's phone, and when."""

    at: datetime
    kind: Kind
    thing: str
    until: datetime
    silent: bool
    """It only puts right what the phone shows already."""


class Season:
    """What happens, in the order of time; in between everything that is due in the program."""

    def __init__(self, square: Square, seed: int, begin: datetime) -> None:
        self.square = square
        self.random = Random(seed)
        self.begin = begin
        self.order = count()
        self.events: list[tuple[datetime, int, Happens]] = []
        self.people: dict[str, Someone] = {}
        self.needs: list[Asked] = []
        self.told: dict[str, list[Told]] = {}

    def at(self, when: datetime, what: Happens) -> None:
        heapq.heappush(self.events, (max(when, self.square.now()), next(self.order), what))

    async def begins(self) -> None:
        self.square.garden.world.clock.at = self.begin
        for number in range(VOLUNTEERS):
            await self.comes(f"Volunteer{number}")
        for _ in range(NEEDS):
            called = self.begin + timedelta(minutes=self.random.randrange((DAYS - 2) * 24 * 60))
            self.at(called, self.calls)

    async def comes(self, name: str) -> None:
        random, garden = self.random, self.square.garden
        [member] = await self.square.volunteers(name)
        said: dict[str, Any] = {
            "zone": random.choice(["Europe/Riga", "Europe/Rome", "Atlantic/Azores"]),
            "quiet": random.choice([{"start": "21:00", "end": "08:00"}, {"start": "00:00", "end": "06:30"}, None]),
            "cap": random.choice([0, 1, 2, 2]),
            "skills": random.sample(SKILLS, random.randint(0, 2)),
        }
        if random.random() < 0.1:
            said["off_until"] = rfc3339(self.begin + timedelta(days=random.randint(1, DAYS)))
        person = self.square.people[member]
        await self.square.wishes(person, **said)
        session = (await self.square.house.sessions.begin(person.id, "phone", {})).cookie.value
        assert session
        await self.subscribes(person)
        stored = await garden.world.spaces.read(f"person-{person.id}", "all:wishes:self")
        self.people[person.id] = Someone(person, member, read_wishes(stored), random.betavariate(2, 3))

    async def subscribes(self, person: Person) -> None:
        """Their phone takes notices; the push service is this test."""
        [row] = await Session.select(Session.id).where(Session.account == person.id)
        key = {"p256dh": "x", "auth": "x", "key": self.square.house.notices.devices.keys.current.id}
        where = f"https://push.example/{person.id}"
        await PushSubscription.insert(
            PushSubscription(id=new_ulid(), session=row["id"], endpoint=where, created=self.begin, **key)
        )

    async def calls(self) -> None:
        """Jānis calls for people; now and then he cancels it again."""
        random, now, garden = self.random, self.square.now(), self.square.garden
        lead = timedelta(hours=random.choice([3, 8, 30, 60]) * random.uniform(0.8, 1.2))
        occurrence, start = new_ulid(now.timestamp()), now + lead
        time = {"id": occurrence, "start": rfc3339(start), "end": rfc3339(start + timedelta(hours=2))}
        said = {
            "places": random.randint(1, 4),
            "waiting": random.randint(0, 2),
            "urgency": random.choice(["now", "soon", "planned"]),
            "skills": random.sample(SKILLS, random.randint(0, 1)),
        }
        need = a_need(await garden.world.member(garden.janis), garden.task, occurrences=[time], **said)
        await garden.send(garden.janis, need)
        asked = Asked(need, occurrence, datetime.fromisoformat(time["start"]), said["places"])
        self.needs.append(asked)
        if random.random() < 0.2:
            self.at(now + lead * random.random(), lambda: self.cancels(asked))

    async def cancels(self, need: Asked) -> None:
        need.document = revised(need.document, cancelled=True)
        await self.square.garden.send(self.square.garden.janis, need.document)
        need.cancelled = self.square.now()

    async def runs(self) -> None:
        await self.begins()
        while (due := await self.next_moment()) is not None:
            self.square.garden.world.clock.at = max(due, self.square.now())
            while self.events and self.events[0][0] <= self.square.now():
                await heapq.heappop(self.events)[2]()
            await self.square.goes_on()
            await self.square.follows()  # what was told may have been answered by a document
            await self.arrives()

    async def next_moment(self) -> datetime | None:
        """When something happens next: to people, or because the program put it off."""
        found = [self.events[0][0]] if self.events else []
        for column in (NeedCall.due, NeedCall.remind, Inbox.due):
            table: Any = column._meta.table
            rows = await table.select(column.as_alias("at")).where(column.is_not_null()).order_by(column).limit(1)
            found += [row["at"] for row in rows]
        return min(found, default=None)

    async def arrives(self) -> None:
        """What is in the outbox is on the phones at once, and some take it up later."""
        rows = await Delivery.select(
            Delivery.id, Delivery.kind, Delivery.notice, Delivery.session.account.as_alias("account")
        ).where(Delivery.state == State.QUEUED)
        for row in rows:
            notice, _, again = row["notice"].partition("-")  # what takes the place of another has its id and a moment
            [entry] = await Inbox.select(Inbox.thing, Inbox.until).where(
                (Inbox.account == row["account"]) & (Inbox.notice == notice)
            )
            told = Told(self.square.now(), Kind(row["kind"]), entry["thing"], entry["until"], bool(again))
            self.told.setdefault(row["account"], []).append(told)
            need = next((one for one in self.needs if one.thing == told.thing), None)
            someone = self.people.get(row["account"])
            if need and someone and not told.silent and told.kind in (Kind.NEEDED, Kind.PLACE_FREE):
                self.answers(someone, need)
        await Delivery.update({Delivery.state: State.SENT}).where(Delivery.state == State.QUEUED)

    def answers(self, someone: Someone, need: Asked) -> None:
        random, now = self.random, self.square.now()
        later = now + timedelta(hours=random.expovariate(0.5))
        if random.random() < someone.eager:
            self.at(later, lambda: self.claims(someone, need, "asked"))
            if random.random() < 0.25:
                dropped = later + timedelta(hours=random.expovariate(0.2))
                self.at(dropped, lambda: self.claims(someone, need, "withdrawn"))
        elif random.random() < 0.3:
            self.at(later, lambda: self.claims(someone, need, "withdrawn"))

    async def claims(self, someone: Someone, need: Asked, state: str) -> None:
        if need.cancelled or (state == "withdrawn" and self.square.now() >= need.start):
            return
        known = need.claims.get(someone.member)
        said = {"need": need.document["_id"].split(":")[2], "state": state}
        task = self.square.garden.task
        claim = revised(known, **said) if known else a_claim(someone.member, task, need.occurrence, **said)
        need.claims[someone.member] = claim
        assert not [one for one in await self.square.garden.world.sends(someone.person, claim) if one.error]
        await self.square.follows()
        placed = await self.placed(need)
        assert placed["confirmed"] <= need.places, "overbooked"

    async def placed(self, need: Asked) -> Counter[str]:
        spaces, world = self.square.garden.world.spaces, self.square.garden.world
        found = await spaces.list(world.space, self.square.garden.task, "place", f"{need.occurrence}-")
        return Counter(one["outcome"] for one in found)


@pytest.mark.parametrize("begin", [SPRING, AUTUMN], ids=["summer time begins", "summer time ends"])
@pytest.mark.parametrize("seed", range(10 if os.environ.get("INTERLINK_SOAK") else 1))
async def test_ten_days_of_thirty_volunteers(tmp_path: Path, seed: int, begin: datetime) -> None:
    async with a_square(tmp_path) as square:
        season = Season(square, seed, begin)
        await season.runs()
        asked = 0
        for account, someone in season.people.items():
            asked += wishes_are_kept(season, someone, season.told.get(account, []))
        assert asked > NEEDS, "people were called"
        filled = 0
        for need in season.needs:
            key = need.document["_id"].split(":")[2]
            [row] = await call_rows.calls_of(square.garden.world.process, square.garden.task, key)
            full = (await season.placed(need))["confirmed"] >= need.places
            handed = row.handed is not None and row.handed < need.start
            assert full or handed or need.cancelled, "a need was forgotten"
            assert row.due is row.remind is None, "and nothing goes on after it"
            filled += full
        assert filled > NEEDS / 4, "and they came"


def wishes_are_kept(season: Season, someone: Someone, told: list[Told]) -> int:
    """Say how often somebody was called, and see that it was only when and as often as they wish."""
    wishes, days = someone.wishes, Counter[object]()
    cancelled = {one.thing: one.cancelled for one in season.needs}
    for one in told:
        if one.silent:
            night = wishes.quiet and wishes.quiet.covers(one.at.astimezone(wishes.clock()).time())
            assert not night, "a phone lights up at night to say that nothing is to do"
            continue
        gone = cancelled.get(one.thing)
        assert one.kind is Kind.CANCELLED or gone is None or one.at < gone, "called for what was cancelled"
        clock = one.at.astimezone(wishes.clock())
        if wishes.quiet and wishes.quiet.covers(clock.time()):
            assert one.kind in PROMISED, f"woken for {one.kind}"
            assert one.until - one.at < NIGHT, "woken for what could wait"
        if one.kind not in UNCOUNTED:
            days[clock.date()] += 1
        assert one.kind in PROMISED or not wishes.off_until or one.at >= wishes.off_until, "called while off duty"
    assert all(times <= wishes.cap for times in days.values()), "more than the cap of a day"
    return sum(one.kind in (Kind.NEEDED, Kind.PLACE_FREE) for one in told if not one.silent)
