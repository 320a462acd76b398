"""What is said in a call for people, and how a need is named in it. Pure."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

import msgspec

from backend.codelivery.calls import CallRow
from backend.codelivery.documents import NEED, Need, Occurrence, screen_of
from backend.kit.words import Label
from backend.notices.decide import Told, notice_id
from backend.notices.documents import Facts
from backend.notices.domain import Kind

BEFORE_DUE: Final = timedelta(hours=16)
"""Before the day on which something is due: in the morning of the day before, whatever the zone."""


def thing_of(row: CallRow) -> str:
    """Return what notices of an occurrence are about."""
    return f"{row.item}:{NEED.name}:{row.need}~{row.occurrence}"


def handed_thing(row: CallRow) -> str:
    """Return what the notice that people are missing is about: apart, so that who looks after a need can come too."""
    return f"{thing_of(row)}~handed"


def path_of(row: CallRow) -> str:
    """Return the screen of a need, at this occurrence."""
    return screen_of(row.process, row.item, row.need, row.occurrence)


def facts_of(need: Need, time: Occurrence, process: Label | None, count: int | None = None) -> Facts:
    """Return what a notice names of an occurrence."""
    return Facts(
        name=named(need.name, need.lang),
        place=need.place.name if need.place else "",
        start=time.start,
        end=time.end,
        zone=need.zone,
        process=process,
        count=count,
    )


def named(name: str, language: str) -> dict[str, str]:
    """Return a name by the language its author wrote in; «und» (BCP 47) when that is no language at all."""
    try:
        return msgspec.convert({language: name}, Label)
    except msgspec.ValidationError:
        return {"und": name}


def asks(row: CallRow, wave: int) -> str:
    """Return the id of the notice that a wave is told."""
    return notice_id(row.id, "asks", str(wave))


def asked(row: CallRow, notice: str, member: str, *, missed: bool) -> Told:
    """Return how somebody is asked; who came too late is told that a place is free."""
    kind, word = (Kind.PLACE_FREE, "place_free") if missed else (Kind.NEEDED, "needed")
    return Told(id=notice, member=member, kind=kind, thing=thing_of(row), until=row.ends, word=word)


def handed(row: CallRow, members: Iterable[str]) -> list[Told]:
    """Return how those are told who look after a need that people are missing."""
    name = notice_id(row.id, "handed", str(row.searches), row.ends.isoformat())
    return [
        Told(id=name, member=one, kind=Kind.HANDED, thing=handed_thing(row), until=row.start, word="handed")
        for one in members
    ]


def remind_of_work_at(due: date) -> datetime:
    """Return when people are reminded of what is due on a day."""
    return datetime.combine(due, time(), UTC) - BEFORE_DUE


def work_due(assignment: str, due: date, members: Iterable[str]) -> list[Told]:
    """Return how people are reminded of what they were asked to do; of use until that day is over."""
    until = datetime.combine(due + timedelta(days=1), time(), UTC)
    name = notice_id(assignment, "due", due.isoformat())
    return [Told(id=name, member=one, kind=Kind.REMINDER, thing=assignment, until=until, word="due") for one in members]
