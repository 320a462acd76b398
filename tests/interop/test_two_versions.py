"""Two phones change one task while they cannot see each other: real PouchDB 9, the real application."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.interop.conftest import until
from tests.interop.device import Device
from tests.interop.home import Home


@pytest.fixture
def home(tmp_path) -> Iterator[Home]:
    with Home().running(tmp_path / "data") as home:
        home.joins("Ilze")
        yield home


def changes(home: Home, phone: Device, who: str, /, **members: Any) -> None:
    """Somebody changes the task «paint» on a phone."""
    task = phone.get(f"all:task:{home.world.items['paint']}")
    phone.put(**{**task, **members, "by": home.members[who]})


def shown(home: Home, *phones: Device) -> list[dict[str, Any]]:
    """The task as each phone shows it after a sync, with `_conflicts` where there are."""
    found: list[dict[str, Any]] = []
    for phone in phones:
        phone.pull()
        found.append(phone.all()[f"all:task:{home.world.items['paint']}"])
    return found


def two_phones(home: Home) -> tuple[Device, Device]:
    ilze, janis = home.phone("Ilze"), home.phone("Janis")
    for phone in (ilze, janis):
        phone.pull()
    return ilze, janis


def agree(home: Home, *phones: Device, **members: Any) -> bool:
    """Whether every phone shows the same version with these members, and no other beside it."""
    first, *others = shown(home, *phones)
    same = all(one == first for one in others) and "_conflicts" not in first
    return same and all(first[name] == value for name, value in members.items())


@pytest.mark.parametrize("first", ["Ilze", "Jānis"])
def test_a_status_and_a_name_both_arrive_on_both_phones(home: Home, first: str):
    ilze, janis = two_phones(home)
    changes(home, ilze, "Ilze", status="finished")
    changes(home, janis, "Jānis", name={"en": "Paint the fence"})
    for phone in (ilze, janis) if first == "Ilze" else (janis, ilze):
        assert phone.push()["denied"] == []
    until(lambda: agree(home, ilze, janis, status="finished", name={"en": "Paint the fence"}))
    assert [phone.push()["docs_written"] for phone in (ilze, janis)] == [0, 0], "no phone has anything to say to it"


def test_a_phone_goes_on_from_what_it_wrote_before_it_hears_of_the_merge(home: Home):
    ilze, janis = two_phones(home)
    changes(home, ilze, "Ilze", status="in_progress")
    changes(home, janis, "Jānis", name={"en": "Paint the fence"})
    ilze.push()
    janis.push()
    until(lambda: agree(home, home.phone("Ilze"), status="in_progress", name={"en": "Paint the fence"}))
    changes(home, ilze, "Ilze", status="finished")
    changes(home, janis, "Jānis", name={"en": "Paint the green fence"})
    for phone in (janis, ilze):
        assert phone.push()["denied"] == []
    until(lambda: agree(home, ilze, janis, status="finished", name={"en": "Paint the green fence"}))


def test_names_that_contradict_each_other_are_both_on_every_phone(home: Home):
    ilze, one = two_phones(home)
    other = home.phone("Janis")
    other.pull()
    changes(home, one, "Jānis", name={"en": "Fence"})
    changes(home, other, "Jānis", name={"en": "Wall"})
    changes(home, ilze, "Ilze", status="finished")
    for phone in (one, other, ilze):
        assert phone.push()["denied"] == []

    def both_with_the_status() -> bool:
        tasks = shown(home, ilze, one, other)
        rival = [ilze.get(task["_id"], rev=rev) for task in tasks[:1] for rev in task.get("_conflicts", [])]
        same = all(task == tasks[0] for task in tasks)
        return same and len(rival) == 1 and {tasks[0]["name"]["en"], rival[0]["name"]["en"]} == {"Fence", "Wall"}

    until(both_with_the_status)
    assert shown(home, ilze)[0]["status"] == "finished"
