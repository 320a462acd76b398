"""Phones are updated late, servers too: the app of a release works with this server, and this app with that server."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.stage.demo import PROCESS, TASK
from tests.journeys.stage.person import Person
from tests.releases.releases import Release, releases

EVERY_RELEASE = pytest.mark.parametrize("release", releases(), ids=lambda release: release.version)
BUILT = Path(__file__).parents[2] / "pwa" / "dist"
TEXT = "People ask for help with forms on Fridays."


def reads_and_contributes(ilze: Person, anna: Person, opens_task: Callable[[Person], None]) -> None:
    for person in (ilze, anna):
        person.signs_in()
        opens_task(person)
    ilze.contributes(TEXT)
    anna.sees_contribution(TEXT)
    ilze.sees_state(TEXT, "received")


def by_the_guide(person: Person) -> None:
    person.opens_task(PROCESS, TASK)


def by_the_process(person: Person) -> None:
    """As in the first release, where a process opened with its guide."""
    person.opens_process(PROCESS)
    person.unfolds_phases()
    person.follows(re.compile(re.escape(person.reads(TASK))))


@EVERY_RELEASE
def test_the_old_app_works_with_the_new_server(release: Release, phone_at, serve, demo_copy, tmp_path):
    program = release.unpack_program(tmp_path / "program")
    new = serve(demo_copy, static=program / "backend" / "static")
    reads_and_contributes(*(Person(name, phone_at(new.port, name)) for name in ("ilze", "anna")), by_the_process)


@EVERY_RELEASE
def test_the_new_app_works_with_the_old_server(release: Release, phone_at, serve, tmp_path):
    program = release.unpack_program(tmp_path / "program")
    old = serve(release.unpack_data(tmp_path / "old"), code=program, static=BUILT)
    people = [Person(name, phone_at(old.port, name)) for name in ("ilze", "anna")]
    for person in people:
        person.phone.watch.expects(r"404.*/session/providers")  # that server knew one way in only
    reads_and_contributes(*people, by_the_guide)
