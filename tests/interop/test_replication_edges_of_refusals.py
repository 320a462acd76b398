"""What must not happen when work is refused, held, or sent again: more of the table in `test_replication_edges.py`."""

import pytest

from tests.interop.device import DeviceError
from tests.interop.edges import asked


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


def test_one_too_large_document_blocks_no_later_push(house, device):
    """A row `too_large`, or 413 for all of them, would end this push and every later one."""
    house.person("ilze")
    phone = device()
    phone.put(_id="t1:contribution:large", text="x" * 8_500_000)
    phone.put(_id="t1:contribution:small")
    pushed = phone.push()
    assert [(one["id"], one["error"]) for one in pushed["denied"]] == [("t1:contribution:large", "forbidden")]
    phone.put(_id="t1:contribution:later")
    assert phone.push()["docs_written"] == 1
    assert {"t1:contribution:small", "t1:contribution:later"} <= house.ids()


def test_a_refused_text_does_not_come_in_with_the_next_small_edit(house, device):
    house.person("ilze")
    phone = device()
    rev = phone.put(_id="t1:contribution:1", text="fine")
    phone.push()
    rev = phone.put(_id="t1:contribution:1", _rev=rev, text="an insult", bad=True)
    assert len(phone.push()["denied"]) == 1
    phone.put(_id="t1:contribution:1", _rev=rev, text="an insult", bad=True, tag="small edit")
    assert len(phone.push()["denied"]) == 1
    assert house.get("t1:contribution:1") == {"text": "fine"}


def test_a_lost_answer_and_a_lost_right_do_not_make_a_refusal(house, device):
    """What was stored is acknowledged to its sender when it comes again; refused, it would be sent as new work."""
    ilze = house.person("ilze", "t1")
    phone = device()
    phone.put(_id="t1:contribution:mine", text="once")
    house.lost_answers.append("_bulk_docs")
    with pytest.raises(DeviceError):
        phone.push()
    assert "t1:contribution:mine" in house.ids()
    house.lose(ilze)
    ilze.refuses_all = True
    assert phone.push()["denied"] == []


def test_held_work_is_known_to_its_sender_alone(house, device):
    house.person("ilze")
    house.person("janis")
    sender, other = device(), device("janis")
    work = {"_id": "t9:contribution:1", "text": "the same words"}
    assert sender.put(**work) == other.put(**work)
    sender.push()
    house.asked.clear()
    sender.ask("again")
    sender.push()
    assert asked(house, "_bulk_docs") == []
    other.push()
    assert len(asked(house, "_bulk_docs")) == 1


def test_held_work_is_in_the_backup_too(house, device):
    """Its sender never comes back; the task arrives after the restore."""
    house.person("ilze")
    house.person("janis")
    early, reader = device(), device("janis")
    early.put(_id="t9:contribution:1", text="kept")
    early.push()
    house.backup()
    house.restore()
    house.write({"_id": "all:task:t9"})
    house.release(house.persons["ilze"])
    reader.pull()
    assert reader.get("t9:contribution:1")["text"] == "kept"


def test_what_a_right_no_longer_opens_is_neither_told_nor_taken_as_new(house, device):
    """A device that does not know of its lost right pushes what it once pulled: nothing of it takes effect again."""
    ilze = house.person("ilze", "t1")
    phone = device()
    phone.pull()
    house.lose(ilze)
    number = house.store.number
    phone.push()
    assert len(asked(house, "_bulk_docs")) == 1
    assert house.store.number == number
