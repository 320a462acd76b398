"""What must not happen when tasks arrive late, move or return: real PouchDB 9 at the real application.

More of the table in `test_replication_edges.py`. Where a task lies decides who reads what was made in it, so each of
these moves rights without anybody giving or taking one.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.backend.world import contribution, written
from tests.interop.conftest import until
from tests.interop.device import Device
from tests.interop.home import Home


@pytest.fixture
def home(tmp_path) -> Iterator[Home]:
    with Home().running(tmp_path / "data") as home:
        home.joins("Ilze")
        home.joins("Liga", "build")
        yield home


def says(home: Home, phone: Device, name: str, item: str, text: str) -> str:
    """Somebody writes a contribution on a phone; its id."""
    document = contribution(home.members[name], item, text)
    phone.put(**{member: value for member, value in document.items() if member not in ("_rev", "_revisions")})
    return document["_id"]


def moves(home: Home, phone: Device, name: str, task: str, parent: str) -> None:
    phone.put(**{**phone.get(f"all:task:{task}"), "parent": parent, "by": home.members[name]})


def syncs(*phones: Device) -> list[dict[str, Any]]:
    """Each pushes and pulls, twice, so that what one brings reaches the others; what was refused."""
    denied: list[dict[str, Any]] = []
    for _ in range(2):
        for phone in phones:
            denied += phone.push()["denied"]
            phone.pull()
    return denied


def texts(phone: Device) -> set[str]:
    return {one["text"] for one in phone.all().values() if one.get("type") == "contribution"}


def test_what_was_written_before_its_task_arrived_is_neither_refused_nor_skipped(home):
    janis, ilze, liga = home.phone("janis"), home.phone("Ilze"), home.phone("Liga")
    syncs(janis, ilze, liga)
    task = written(home.members["Jānis"], "task", parent=home.world.items["build"], order="a1", name={"en": "Sow"})
    key = task["_id"].rpartition(":")[2]
    early = says(home, ilze, "Ilze", key, "before the task")
    assert ilze.push()["denied"] == []
    assert early not in home.ids()
    says(home, ilze, "Ilze", home.world.items["paint"], "meanwhile, elsewhere")
    syncs(ilze, liga)  # Līga's place in the feed is past it now
    janis.put(**{member: value for member, value in task.items() if member not in ("_rev", "_revisions")})
    assert syncs(janis) == []
    until(lambda: early in home.ids())
    assert syncs(ilze, liga) == []
    assert texts(liga) == {"before the task", "meanwhile, elsewhere"}


def test_what_was_made_in_a_task_comes_along_when_it_moves_to_where_somebody_may_read(home):
    janis, ilze, liga = home.phone("janis"), home.phone("Ilze"), home.phone("Liga")
    walk = home.world.items["walk"]
    syncs(janis, ilze, liga)
    says(home, ilze, "Ilze", walk, "an old walk")
    syncs(ilze, liga)
    assert texts(liga) == set()
    moves(home, janis, "Jānis", walk, home.world.items["build"])
    syncs(janis, liga)
    assert texts(liga) == {"an old walk"}
    moves(home, janis, "Jānis", walk, home.world.items["listen"])
    syncs(janis)
    says(home, ilze, "Ilze", walk, "a new walk")
    syncs(ilze, liga)
    assert "a new walk" not in texts(liga)


def test_nothing_is_skipped_when_a_task_returns(home):
    janis, ilze, liga = home.phone("janis"), home.phone("Ilze"), home.phone("Liga")
    paint = home.world.items["paint"]
    syncs(janis, ilze, liga)
    identifier = f"all:task:{paint}"
    task = janis.get(identifier)
    says(home, ilze, "Ilze", paint, "before it went")
    syncs(ilze)
    janis.remove(identifier)
    syncs(janis, liga)
    back = {"author": home.members["Jānis"], "by": home.members["Jānis"]}
    janis.put(**{member: value for member, value in task.items() if member != "_rev"} | back)
    assert syncs(janis) == []
    says(home, ilze, "Ilze", paint, "after it returned")
    syncs(ilze, liga, ilze)
    assert texts(liga) == {"before it went", "after it returned"}
    assert liga.get(identifier)["parent"] == task["parent"]


def test_a_task_that_two_people_moved_offline_lies_in_one_place_for_all(home):
    one, other, liga = home.phone("janis"), home.phone("janis"), home.phone("Liga")
    walk, build, decide = (home.world.items[key] for key in ("walk", "build", "decide"))
    ilze = home.phone("Ilze")
    syncs(one, other, liga, ilze)
    says(home, ilze, "Ilze", walk, "a walk")
    syncs(ilze)
    moves(home, one, "Jānis", walk, build)
    moves(home, other, "Jānis", walk, decide)
    syncs(one, other, liga)
    parents = {phone.get(f"all:task:{walk}")["parent"] for phone in (one, other, liga)}
    assert len(parents) == 1
    assert texts(liga) == ({"a walk"} if parents == {build} else set())
