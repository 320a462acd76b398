"""The real PouchDB 9 against our engine served alone: an open database on loopback."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.interop.device import Device, a_device


@pytest.fixture
def device(database: str) -> Iterator[Callable[[], Device]]:
    """Make devices of this database."""
    with ExitStack() as running:
        yield lambda: running.enter_context(a_device(database))


def test_what_one_device_writes_another_reads(device):
    one, other = device(), device()
    revision = one.put(_id="all:note:1", text="Pensions, every Monday.")
    one.put(_id="all:note:2", text="Tīrs ūdens 💧", deep={"list": [1, 2.5, None, True]})
    assert one.push()["docs_written"] == 2
    assert other.pull()["docs_written"] == 2
    assert other.get("all:note:1")["_rev"] == revision
    assert other.all() == one.all()


def test_nothing_is_sent_twice(device):
    one = device()
    one.put(_id="a", text="once")
    assert (one.push()["docs_written"], one.push()["docs_written"]) == (1, 0)


def test_a_long_history_arrives_whole(device):
    one, other = device(), device()
    for number in range(30):
        revision = one.get("a")["_rev"] if number else None
        one.put(_id="a", number=number, **({"_rev": revision} if revision else {}))
    one.push()
    other.pull()
    assert other.get("a", revs=True)["_revisions"] == one.get("a", revs=True)["_revisions"]


def test_a_deletion_travels(device):
    one, other = device(), device()
    one.put(_id="a", text="will go")
    one.push()
    other.pull()
    one.remove("a")
    one.push()
    other.pull()
    assert other.all() == {}


def test_two_devices_that_edited_the_same_note_see_the_same_winner_and_the_same_conflict(device):
    one, other = device(), device()
    revision = one.put(_id="a", text="first")
    one.push()
    other.pull()
    one.put(_id="a", _rev=revision, text="by one")
    other.put(_id="a", _rev=revision, text="by the other")
    for each in (one, other, one, other):
        each.push()
        each.pull()
    assert one.all() == other.all()
    assert len(one.all()["a"]["_conflicts"]) == 1


def test_an_attachment_arrives_with_its_bytes(device):
    one, other = device(), device()
    one.ask("attach", id="a", name="note.txt", text="bytes", type="text/plain")
    one.push()
    other.pull()
    assert other.ask("attachment", id="a", name="note.txt") == "bytes"


def test_two_thousand_documents_arrive_by_batches_of_any_size(device):
    one, other, third = device(), device(), device()
    for number in range(2000):
        one.put(_id=f"all:note:{number:05}", number=number)
    assert one.push(batch_size=500)["docs_written"] == 2000
    assert other.pull(batch_size=100)["docs_written"] == 2000
    assert third.pull(batch_size=1000, checkpoint="target")["docs_written"] == 2000
    assert other.all() == third.all() == one.all()
