"""What must not happen when rights, networks and backups move under real PouchDB 9.

Each test is a finding of experiments with PouchDB, CouchDB and browsers: the naive server fails it.
"""

import json
import time
from contextlib import ExitStack, suppress

import pytest

from tests.interop.device import DeviceError, a_device
from tests.interop.house import House


@pytest.fixture
def house(tmp_path):
    with House(tmp_path / "data").running() as house:
        house.write(*({"_id": f"all:task:{item}"} for item in ("t1", "t2")))
        house.write(*({"_id": f"t2:contribution:{n:03}", "n": n} for n in range(20)))
        house.write(*({"_id": f"t1:contribution:{n:03}", "n": n} for n in range(40)))
        yield house


@pytest.fixture
def device(house):
    with ExitStack() as running:

        def start(principal="ilze"):
            address = f"http://127.0.0.1:{house.port}/db/home"
            return running.enter_context(a_device(address, {"Person": principal}))

        yield start


def asked(house, name):
    return [(method, body) for method, part, body in house.asked if part == name]


def fetched(house):
    """Ids asked for by `_bulk_get`, in order."""
    return [one["id"] for _, body in asked(house, "_bulk_get") for one in json.loads(body)["docs"]]


def until(true, seconds=10.0):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def test_nothing_is_fetched_twice_after_a_right_was_gained(house, device):
    ilze = house.person("ilze", "t1")
    phone = device()
    assert phone.pull()["docs_written"] == 42
    house.gain(ilze, "t2")
    house.asked.clear()
    assert phone.pull()["docs_written"] == 20
    assert sorted(fetched(house)) == [f"t2:contribution:{n:03}" for n in range(20)]
    house.asked.clear()
    assert phone.pull()["docs_written"] == 0
    assert fetched(house) == []


def test_a_waiting_phone_hears_at_once_of_a_right_it_gained(house, device):
    ilze = house.person("ilze", "t1")
    phone = device()
    phone.ask("live")
    until(lambda: len(phone.all()) == 42)
    house.gain(ilze, "t2")
    until(lambda: len(phone.all()) == 62, 5)


def test_a_phone_that_lost_everything_does_not_spin(house, device):
    ilze = house.person("ilze", "t1")
    phone = device()
    phone.ask("live")
    until(lambda: len(phone.all()) == 42)
    house.lose(ilze)
    ilze.gained += 1
    time.sleep(0.5)
    house.asked.clear()
    time.sleep(2)
    assert len(house.asked) <= 2


def test_a_right_gained_on_every_page_starves_nobody(house, device):
    ilze = house.person("ilze", "t1")
    pages = 0

    def gain(name):
        nonlocal pages
        if name == "_changes" and pages < 4:
            pages += 1
            ilze.gained += 1

    house.before_request = gain
    phone = device()
    phone.pull(batch_size=10)
    phone.pull(batch_size=10)
    assert len(phone.all()) == 42


def test_work_that_came_before_its_task_is_neither_lost_nor_skipped(house, device):
    house.person("ilze")
    house.person("janis")
    early, reader = device(), device("janis")
    reader.pull()
    early.put(_id="t9:contribution:1", text="before its task")
    assert early.push()["denied"] == []
    assert "t9:contribution:1" not in house.ids()
    house.write({"_id": "all:note:1"})  # others go on; the reader's checkpoint passes
    reader.pull()
    house.asked.clear()
    early.push()
    assert asked(house, "_bulk_docs") == []  # its sender is told that it is known
    house.write({"_id": "all:task:t9"})
    house.release(house.persons["ilze"])
    reader.pull()
    assert reader.get("t9:contribution:1")["text"] == "before its task"


def test_what_was_made_in_a_task_arrives_however_late_the_task_does(house, device):
    house.person("ilze")
    phone = device()
    house.write({"_id": "t7:contribution:1"})
    phone.pull()
    assert "t7:contribution:1" not in phone.all()
    house.write({"_id": "all:note:2"})
    phone.pull()
    house.write({"_id": "all:task:t7"})
    house.asked.clear()
    phone.pull()
    assert sorted(fetched(house)) == ["all:task:t7", "t7:contribution:1"]


def test_a_right_lost_in_the_middle_of_a_pull_harms_only_what_it_concerns(house, device):
    ilze = house.person("ilze", "t1", "t2")

    def lose(name):
        if name == "_bulk_get":
            ilze.items = {"t1"}

    house.before_request = lose
    phone = device()
    with suppress(DeviceError):
        phone.pull()
    assert phone.pull()["ok"]
    assert len(phone.all()) == 42


def test_one_refused_document_blocks_no_later_push(house, device):
    house.person("ilze")
    phone = device()
    for n in range(3):
        phone.put(_id=f"t1:contribution:new{n}", bad=n == 1)
    pushed = phone.push()
    assert [one["id"] for one in pushed["denied"]] == ["t1:contribution:new1"]
    assert {"t1:contribution:new0", "t1:contribution:new2"} <= house.ids()
    phone.put(_id="t1:contribution:later")
    house.asked.clear()
    assert phone.push()["docs_written"] == 1
    assert "t1:contribution:later" in house.ids()


def test_no_acknowledged_document_is_missing_after_a_restore(house, device):
    house.person("ilze")
    phone = device()

    def pushed(kind):
        return sum(kind in one for one in house.ids())

    def checkpoints():
        return sum(method == "PUT" for method, _, _ in house.asked)

    phone.ask(
        "live", push=True
    )  # one session, before and after the backup: the phone's own checkpoint would be believed
    for n in range(40):
        phone.put(_id=f"t1:contribution:old{n}")
    until(lambda: pushed("old") == 40)
    time.sleep(0.5)
    house.backup()
    before = checkpoints()
    for n in range(10):
        phone.put(_id=f"t1:contribution:young{n}")
    until(lambda: pushed("young") == 10 and checkpoints() > before)
    time.sleep(0.5)
    phone.ask("rest")
    house.restore()
    assert pushed("young") == 0
    phone.ask("again")
    phone.push()
    assert pushed("young") == 10


def test_nothing_new_writes_no_checkpoint(house, device):
    house.person("ilze", "t1")
    phone = device()
    phone.pull()
    house.write({"_id": "t2:contribution:foreign"})  # the database moves, this reader's feed does not
    house.asked.clear()
    phone.pull()
    assert [method for method, name, _ in house.asked if method == "PUT"] == []
    assert asked(house, "_bulk_get") == []


def test_nobody_guesses_a_vote(house, device):
    house.person("ilze")
    house.person("janis", "t1")
    voter, guesser = device(), device("janis")
    voter.put(_id="t2:vote:janis", choice="yes")
    voter.push()
    revision = guesser.put(_id="t2:vote:janis", choice="yes")
    assert revision == voter.get("t2:vote:janis")["_rev"]  # the digest of the same content
    house.asked.clear()
    guesser.push()
    assert len(asked(house, "_bulk_docs")) == 1  # told «missing», whatever is there
