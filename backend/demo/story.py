"""What the demo tells, as data (`story*.json`): who takes part, how far each task is, what they wrote.

Each story is one process. The first is the one in which every state can be seen: refused work, a draft, two versions.

Days count from the day of the seeding: negative ones are past where a task begins or ends; `days` of what somebody
wrote says how long ago that was.
"""

from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from backend.kit.words import Text
from backend.people.domain import TeamKind
from backend.processes.documents import Status


class Person(Struct, frozen=True):
    """Somebody who takes part, with an account `<key>@demo.example`."""

    key: str
    name: str
    language: str


class Team(Struct, frozen=True):
    """A team. The first is the founder's and may everything; the others may add, but not to what they `reads_only`."""

    key: str
    name: Text
    kind: TeamKind
    people: list[str]
    reads_only: list[str] = []


class Circle(Struct, frozen=True):
    """A team of the organisation outside the process, and who asks to join it."""

    name: Text
    by: str
    applicant: str
    reason: str


class Organisation(Struct, frozen=True):
    """The organisation behind some of the teams; the founder administers it, and everybody finds it."""

    name: Text
    description: Text
    teams: list[str]
    circle: Circle


class Invitation(Struct, frozen=True):
    """An open link to the process, into one of its teams."""

    team: str
    days: int
    uses: int


class Process(Struct, frozen=True):
    """The process itself."""

    name: Text
    aim: Text
    description: Text
    place: str
    organisation: str


class Task(Struct, frozen=True):
    """How far a task of the schema is here; name and description only where they differ from the schema's."""

    status: Status
    teams: list[str]
    start: int | None = None
    due: int | None = None
    name: Text | None = None
    description: Text | None = None


class Said(Struct, frozen=True):
    """Something a person wrote in a task."""

    task: str
    by: str
    lang: str
    days: int
    time: time
    text: str
    key: str = ""
    reply_to: str | None = None
    """Key of what it answers."""
    picture: str | None = None
    """Name of a drawing in `pictures.py`."""
    alt: str | None = None


class Ticked(Struct, frozen=True):
    """One line of a checklist."""

    text: str
    done: bool


class Made(Struct, frozen=True):
    """A page or a checklist that people made in a task from an INTERLINKER."""

    key: str
    task: str
    by: str
    lang: str
    days: int
    time: time
    kind: Literal["page", "checklist"]
    name: str
    interlinker: str
    """Its key."""
    text: str = ""
    items: list[Ticked] = []


class Rated(Struct, frozen=True):
    """What a person thinks of something in the commons, and how they want to be named beside it."""

    by: str
    about: str
    """As in the key of a rating: `interlinker~plain-words`."""
    stars: int
    lang: str
    days: int
    time: time
    text: str = ""
    name: str = ""


class Version(Struct, frozen=True):
    """One of two versions of a task."""

    days: int
    time: time
    due: int
    name: Text


class Conflict(Struct, frozen=True):
    """A task that one person changed in the office and, without a network, on the phone."""

    task: str
    by: str
    office: Version
    phone: Version


class Answered(Struct, frozen=True):
    """Somebody who said yes to a call; minutes and thanks where it is over."""

    by: str
    lang: str
    days: int
    time: time
    minutes: int | None = None
    thanks: str = ""


class Call(Struct, frozen=True):
    """A call for people at a task. Answers stand in the order in which they came."""

    key: str
    task: str
    by: str
    lang: str
    start: time
    """What the clock of the place shows."""
    days: int
    time: time
    name: str
    text: str
    place: dict[str, str | float]
    in_days: int
    """The day it is, from the day of the seeding; a negative one is over."""
    minutes: int
    zone: str
    places: int
    waiting: int
    answers: list[Answered]
    skills: list[str] = []
    safety: str = ""


class Story(Struct, frozen=True):
    """One process of the demo. A task of the schema of which nothing is told has not begun."""

    schema: str
    people: list[Person]
    founder: str
    teams: list[Team]
    process: Process
    tasks: dict[str, Task]
    contributions: list[Said]
    made: list[Made] = []
    calls: list[Call] = []
    language: str = "lv"
    """In which the founder writes."""
    organisation: Organisation | None = None
    invitation: Invitation | None = None
    refused: Said | None = None
    draft: Said | None = None
    ratings: list[Rated] = []
    conflict: Conflict | None = None


@cache
def the_stories() -> tuple[Story, ...]:
    """Read all stories; they are part of the program, so a mistake in them is a programming error."""
    return the_story(), _read("story-plan.json"), _read("story-call.json")


@cache
def the_story() -> Story:
    """Read the first story."""
    return _read("story.json")


def _read(name: str) -> Story:
    return msgspec.json.decode((Path(__file__).parent / name).read_bytes(), type=Story)


def day_of(days: int | None, today: datetime) -> str | None:
    """Return the date so many days from today."""
    return None if days is None else (today.date() + timedelta(days=days)).isoformat()


def moment_of(said: Said | Made | Version | Rated | Call | Answered, today: datetime) -> datetime:
    """Return when something was written; never in the future, however early the seeding is."""
    day: date = today.date() - timedelta(days=said.days)
    return min(datetime.combine(day, said.time, today.tzinfo), today)
