"""The real PouchDB 9 against our engine served alone: an open database on loopback."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import httpx
import pytest

from tests.interop.conftest import started_server, until
from tests.interop.device import Device, DeviceError, a_device
from tests.makers import a_free_port


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


def test_attachments_arrive_with_their_bytes(device):
    one, other = device(), device()
    large, many = bytes(range(256)) * 20_000, [f"photo {n}.jpg" for n in range(40)]
    one.attach("a", "note.txt", b"words", "text/plain")
    one.attach("a", "large.bin", large)
    for name in many:
        one.attach("album", name, name.encode() + b"\0\xff\r\n--x--", "image/jpeg")
    one.push()
    other.pull()
    assert (other.attachment("a", "note.txt"), other.attachment("a", "large.bin")) == (b"words", large)
    assert all(other.attachment("album", name) == name.encode() + b"\0\xff\r\n--x--" for name in many)


def test_an_attachment_that_was_replaced_and_one_that_was_removed_travel_too(device):
    one, other = device(), device()
    one.attach("a", "kept", b"same")
    one.attach("a", "replaced", b"old")
    one.push()
    other.pull()
    other.attach("a", "replaced", b"new")
    other.push()
    one.pull()
    assert (one.attachment("a", "kept"), one.attachment("a", "replaced")) == (b"same", b"new")


def test_a_live_sync_outlives_the_death_of_the_server(tmp_path):
    port = a_free_port()
    address = f"http://127.0.0.1:{port}/notes"
    with ExitStack() as devices:
        with started_server(tmp_path, port) as process:
            httpx.put(address).raise_for_status()
            one, other = [devices.enter_context(a_device(address)) for _ in range(2)]
            for each in (one, other):
                each.ask("live", both=True)
            one.put(_id="before")
            until(lambda: "before" in other.all())
            process.kill()
            process.wait()
        one.put(_id="meanwhile, here")
        other.put(_id="meanwhile, there")
        with started_server(tmp_path, port):
            until(lambda: one.all() == other.all() and len(one.all()) == 3)
            one.remove("before")
            until(lambda: len(other.all()) == 2)


def test_a_push_that_was_broken_off_goes_on_where_it_was(tmp_path):
    port = a_free_port()
    address = f"http://127.0.0.1:{port}/notes"
    with started_server(tmp_path, port) as process:
        httpx.put(address).raise_for_status()
        with a_device(address) as one:
            for number in range(60):
                one.put(_id=f"{number:03}")
            one.push(batch_size=10)
            one.put(_id="later")
            process.kill()
            process.wait()
            with pytest.raises(DeviceError):
                one.push()
            with started_server(tmp_path, port):
                assert one.push()["docs_read"] == 1
                with a_device(address) as other:
                    assert other.pull(batch_size=7)["docs_written"] == 61


def test_two_thousand_documents_arrive_by_batches_of_any_size(device):
    one, other, third = device(), device(), device()
    for number in range(2000):
        one.put(_id=f"all:note:{number:05}", number=number)
    assert one.push(batch_size=500)["docs_written"] == 2000
    assert other.pull(batch_size=100)["docs_written"] == 2000
    assert third.pull(batch_size=1000, checkpoint="target")["docs_written"] == 2000
    assert other.all() == third.all() == one.all()
