"""A thousand volunteers, sixty days, both changes of the clocks: all wishes are kept, no need is forgotten.

Time is simulated: a heap of events, a random seed, and the same pure rules that the server uses.
"""

import heapq
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from itertools import count
from random import Random

import pytest

from backend.codelivery.places import Answer, Ask, Room, settle
from backend.notices.decide import Answered, Occasion, decide, reminders
from backend.notices.domain import Kind
from backend.notices.waves import Call, Volunteer, hand_over_at, next_wave
from backend.notices.wishes import PROMISED, UNCOUNTED, Quiet, Wishes, telling

VOLUNTEERS = 1_000
DAYS = 60
NEEDS = 300
NIGHT = timedelta(hours=12)
SKILLS = ("patience", "driving", "smartphone", "Italian", "lifting")
ZONES = ("Europe/Riga", "Europe/Rome", "Europe/Madrid", "Atlantic/Azores")
SPRING, AUTUMN = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 10, 1, tzinfo=UTC)


@dataclass
class Someone:
    """A volunteer: what they wish, and what reached their phone."""

    member: str
    wishes: Wishes
    skills: frozenset[str]
    eager: float
    asked: datetime | None = None
    counted: list[datetime] = field(default_factory=list[datetime])
    """When they are asked for something, what is still on its way included."""
    pushed: list[tuple[datetime, Kind, str, datetime]] = field(
        default_factory=list[tuple[datetime, Kind, str, datetime]]
    )


@dataclass
class Need:
    """One call with one occurrence."""

    key: str
    called: datetime
    start: datetime
    room: Room
    skills: frozenset[str]
    asks: dict[str, Ask] = field(default_factory=dict[str, Ask])
    answers: dict[str, Answer] = field(default_factory=dict[str, Answer])
    asked: set[str] = field(default_factory=set[str])
    waves: int = 0
    last: datetime | None = None
    handed: datetime | None = None
    cancelled: datetime | None = None
    filled: datetime | None = None

    @property
    def confirmed(self) -> list[str]:
        return [member for member, one in self.answers.items() if one.outcome == "confirmed"]

    @property
    def occasion(self) -> Occasion:
        return Occasion(need=self.key, occurrence=self.key, start=self.start)

    @property
    def call(self) -> Call:
        return Call(
            open=self.room.places - len(self.confirmed),
            ends=self.start,
            skills=self.skills,
            waves=self.waves,
            last=self.last,
            handed=self.handed is not None,
            called=self.called,
        )


class World:
    """What happens, in the order of time."""

    def __init__(self, seed: int, begin: datetime) -> None:
        self.random = Random(seed)
        self.now = self.begin = begin
        self.events: list[tuple[datetime, int, Callable[[], None]]] = []
        self.order = count()
        self.people = {one.member: one for one in (self.someone(number) for number in range(VOLUNTEERS))}
        self.needs = [self.need(number) for number in range(NEEDS)]

    def someone(self, number: int) -> Someone:
        random = self.random
        off = self.begin + timedelta(days=random.uniform(0, DAYS)) if random.random() < 0.05 else None
        quiet = random.choice([Quiet(), Quiet(time(22, 0), time(7, 0)), Quiet(time(0, 0), time(6, 30)), None])
        wishes = Wishes(zone=random.choice(ZONES), quiet=quiet, cap=random.choice([0, 1, 2, 2, 3]), off_until=off)
        skills = frozenset(random.sample(SKILLS, random.randint(0, 3)))
        return Someone(f"m{number}", wishes, skills, random.betavariate(1, 6))

    def need(self, number: int) -> Need:
        random = self.random
        called = self.begin + timedelta(minutes=random.randrange(DAYS * 24 * 60))
        lead = timedelta(hours=random.choice([3, 6, 12, 36, 100, 240]) * random.uniform(0.8, 1.2))
        room = Room(random.randint(1, 6), random.randint(0, 4))
        return Need(f"n{number}", called, called + lead, room, frozenset(random.sample(SKILLS, random.randint(0, 2))))

    def at(self, when: datetime, what: Callable[[], None]) -> None:
        heapq.heappush(self.events, (max(when, self.now), next(self.order), what))

    def runs(self) -> None:
        for need in self.needs:
            self.at(need.called, lambda need=need: self.looks(need))
            self.at(hand_over_at(need.call), lambda need=need: self.looks(need))
            if self.random.random() < 0.1:
                moment = need.called + (need.start - need.called) * self.random.random()
                self.at(moment, lambda need=need: self.cancels(need))
        while self.events:
            self.now, _, happens = heapq.heappop(self.events)
            happens()

    def looks(self, need: Need) -> None:
        """The job that calls people, at a moment it was told to look."""
        if need.cancelled:
            return
        there = [Volunteer(one.member, one.skills, one.asked) for one in self.people.values()]
        wave = next_wave(need.call, there, need.asked | need.asks.keys(), self.now)
        if wave.act == "hand":
            need.handed = self.now
            self.looks(need)
        elif wave.act == "ask":
            need.waves, need.last = need.waves + 1, self.now
            for member in wave.members:
                need.asked.add(member)
                self.people[member].asked = self.now
                self.tells(member, Kind.NEEDED, need, need.start)
        if wave.again and wave.act != "hand":
            self.at(wave.again, lambda: self.looks(need))

    def tells(self, member: str, kind: Kind, need: Need, until: datetime) -> None:
        someone = self.people[member]
        told = telling(someone.wishes, kind, (need.key,), self.now, until, someone.counted)
        if told.road == "push":
            if kind not in UNCOUNTED:
                someone.counted.append(told.at)
            self.at(told.at, lambda: self.arrives(someone, kind, need, until))

    def arrives(self, someone: Someone, kind: Kind, need: Need, until: datetime) -> None:
        """The outbox takes back what waits for a need that is cancelled or, when it only asks, filled."""
        if kind is not Kind.CANCELLED and (need.cancelled or (kind is Kind.NEEDED and need.call.open <= 0)):
            if kind not in UNCOUNTED:
                someone.counted.remove(self.now)
            return
        someone.pushed.append((self.now, kind, need.key, until))
        if kind is Kind.NEEDED and self.random.random() < someone.eager:
            self.at(self.now + timedelta(hours=self.random.expovariate(0.5)), lambda: self.claims(someone, need))

    def claims(self, someone: Someone, need: Need) -> None:
        number = next(self.order)
        need.asks[someone.member] = Ask(someone.member, number, f"1-{number}")
        self.settles(need)
        if self.random.random() < 0.15:
            self.at(self.now + timedelta(hours=self.random.expovariate(0.1)), lambda: self.drops_out(someone, need))

    def drops_out(self, someone: Someone, need: Need) -> None:
        if self.now < need.start and not need.cancelled:
            number = next(self.order)
            need.asks[someone.member] = Ask(someone.member, number, f"2-{number}", stands=False)
            self.settles(need)
            self.looks(need)  # the search for somebody else begins

    def cancels(self, need: Need) -> None:
        need.cancelled, need.room = self.now, Room(need.room.places, need.room.waiting, cancelled=True)
        self.settles(need)

    def settles(self, need: Need) -> None:
        begun = self.now >= need.start
        room = Room(need.room.places, need.room.waiting, open=not begun, begun=begun, cancelled=need.room.cancelled)
        before, need.answers = need.answers, settle(room, need.asks.values(), need.answers)
        for member, answer in need.answers.items():
            old = before.get(member)
            change = Answered(
                occasion=need.occasion,
                member=member,
                before=old.outcome if old else None,
                after=answer.outcome,
                revision=answer.revision,
            )
            for told in decide(change):
                self.tells(told.member, told.kind, need, told.until)
            if answer.outcome == "confirmed" and (not old or old.outcome != "confirmed"):
                for moment, told in reminders(need.occasion, [member]):
                    if moment > self.now:
                        self.at(moment, lambda told=told: self.reminds(told.member, need))

    def reminds(self, member: str, need: Need) -> None:
        if member in need.confirmed and not need.cancelled:
            self.tells(member, Kind.REMINDER, need, need.start)


@pytest.mark.parametrize("begin", [SPRING, AUTUMN], ids=["summer time begins", "summer time ends"])
@pytest.mark.parametrize("seed", range(20 if os.environ.get("INTERLINK_SOAK") else 1))
def test_sixty_days_of_a_thousand_volunteers(seed: int, begin: datetime) -> None:
    world = World(seed, begin)
    world.runs()
    cancelled = {need.key: need.cancelled for need in world.needs}
    asked = 0
    for someone in world.people.values():
        days: dict[object, int] = {}
        for at, kind, need, until in someone.pushed:
            asked += kind is Kind.NEEDED
            gone = cancelled[need]
            assert kind is Kind.CANCELLED or gone is None or at < gone, "called for what was cancelled"
            quiet, clock = someone.wishes.quiet, at.astimezone(someone.wishes.clock())
            if quiet and quiet.covers(clock.time()):
                assert kind in PROMISED, f"woken for {kind}"
                assert until - at < NIGHT, "woken for what could wait"
            if kind not in UNCOUNTED:
                day = clock.date()
                days[day] = days.get(day, 0) + 1
            off = someone.wishes.off_until
            assert kind in PROMISED or off is None or at >= off, "called while off duty"
        assert all(times <= someone.wishes.cap for times in days.values()), "more than the cap of a day"
    assert asked > NEEDS, "people were called"
    for need in world.needs:
        ended = need.cancelled or need.call.open <= 0 or (need.handed is not None and need.handed < need.start)
        assert ended, f"{need.key} was forgotten"
    filled = [need for need in world.needs if not need.cancelled and need.call.open <= 0]
    assert len(filled) > NEEDS / 3, "and they came"
