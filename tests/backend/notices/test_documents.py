"""What stands in a person's own space about notices: who writes it, and who ever reads it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from backend.accounts.domain import Person
from backend.kit.envelope import written_by_server
from backend.kit.spaces import SpaceKind, space_of
from backend.notices.documents import NOTICE, READ, WISHES
from tests.backend.world import World, a_process, a_world, deleted, written

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
NOTICE_ID = "c0ffee" * 6


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with a_world(tmp_path) as one:
        await a_process(one, await one.person("Jānis"))
        yield one


@pytest.fixture
async def ilze(world: World) -> Person:
    person = await world.person("Ilze")
    await world.spaces.create(space_of(SpaceKind.PERSON, person.id))
    return person


def a_notice(**changes: Any) -> dict[str, Any]:
    members: dict[str, Any] = {
        "kind": "needed",
        "word": "needed",
        "space": "process-x",
        "thing": "walk:need:1~2",
        "path": "/x/walk",
        "facts": {"name": {"lv": "Palīgi tirgū"}, "place": "Tirgus", "start": "2026-11-22T08:00:00Z"},
        "told": "2026-11-21T12:00:00Z",
        "until": "2026-11-22T08:00:00Z",
    }
    return written_by_server(NOTICE, NOTICE_ID, members | changes, lang="en", at=NOW)


async def writes(world: World, person: Person, kind: str, key: str, /, **members: Any) -> list[Any]:
    own = space_of(SpaceKind.PERSON, person.id)
    return await world.sends(person, written(person.id, kind, key, **members), space=own)


async def test_nobody_writes_a_notice_to_themselves(world: World, ilze: Person) -> None:
    told = {name: value for name, value in a_notice().items() if name in NOTICE.members}
    [refused] = await writes(world, ilze, "notice", NOTICE_ID, **told)
    assert refused.error == "forbidden"


@pytest.mark.parametrize("state", ["read", "done", "later"])
async def test_who_saw_a_notice_says_so_on_whichever_device(world: World, ilze: Person, state: str) -> None:
    assert await writes(world, ilze, "read", NOTICE_ID, state=state) == []


async def test_who_saw_a_notice_can_take_that_back(world: World, ilze: Person) -> None:
    own = space_of(SpaceKind.PERSON, ilze.id)
    said = written(ilze.id, "read", NOTICE_ID, state="read")
    assert await world.sends(ilze, said, space=own) == []
    assert await world.sends(ilze, deleted(said), space=own) == []


async def test_a_person_says_how_they_want_to_be_told(world: World, ilze: Person) -> None:
    wishes = {"zone": "Europe/Riga", "quiet": {"start": "22:00", "end": "07:30"}, "cap": 3, "skills": ["driving"]}
    assert await writes(world, ilze, "wishes", "self", roads={"digest": "mail"}, digest="weekly", **wishes) == []


async def test_a_person_can_wish_for_no_quiet_hours(world: World, ilze: Person) -> None:
    assert await writes(world, ilze, "wishes", "self", quiet=None) == []
    read = WISHES.read(world.stored("all:wishes:self", space_of(SpaceKind.PERSON, ilze.id)) or {})
    assert read.quiet is None


@pytest.mark.parametrize(
    "wish",
    [
        {"quiet": {"start": "25:00", "end": "07:30"}},
        {"quiet": {"start": "22:00"}},
        {"cap": 21},
        {"roads": {"needed": "telegram"}},
        {"muted": ["x"] * 501},
        {"skills": ["driving"] * 21},
        {"skills": [""]},
        {"off_until": "tomorrow"},
        {"off_until": "9999-12-31T23:00:00Z"},
        {"zone": "../../etc/passwd"},
        {"digest_at": "8"},
    ],
)
async def test_wishes_that_cannot_be_meant_are_refused(world: World, ilze: Person, wish: dict[str, Any]) -> None:
    [refused] = await writes(world, ilze, "wishes", "self", **wish)
    assert refused.error == "forbidden"


async def test_a_person_has_one_document_of_wishes(world: World, ilze: Person) -> None:
    [refused] = await writes(world, ilze, "wishes", "another", cap=1)
    assert refused.error == "forbidden"


async def test_nobody_else_reads_what_somebody_is_told_or_wishes(world: World, ilze: Person) -> None:
    janis = await world.person("Otrs")
    assert await world.doorkeeper.access(janis, space_of(SpaceKind.PERSON, ilze.id), "en") is None


async def test_a_notice_names_no_more_than_its_declaration_knows() -> None:
    with pytest.raises(Exception, match="unknown field"):
        a_notice(facts={"author": "Ilze"})


def test_notices_and_what_was_read_of_them_are_kept_equally_long() -> None:
    assert NOTICE.retention_days == READ.retention_days
    assert timedelta(days=NOTICE.retention_days or 0) == timedelta(days=90)
