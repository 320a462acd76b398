"""What must not be asked, sent or written when nothing is new: more of the table in `test_replication_edges.py`."""

import time
from contextlib import suppress

import httpx

from tests.interop.conftest import until
from tests.interop.device import DeviceError
from tests.interop.edges import asked, fetched


def test_nothing_new_writes_no_checkpoint(house, device):
    house.person("ilze", "t1")
    phone = device()
    phone.pull()
    house.write({"_id": "t2:contribution:foreign"})  # the database moves, this reader's feed does not
    house.asked.clear()
    phone.pull()
    assert [method for method, name, _ in house.asked if method == "PUT"] == []
    assert asked(house, "_bulk_get") == []


def test_nothing_new_costs_few_requests(house, device):
    house.person("ilze", "t1")
    phone = device()
    phone.pull(checkpoint="target")
    phone.push()
    house.asked.clear()
    phone.pull(checkpoint="target")
    assert len(house.asked) <= 4, house.asked
    house.asked.clear()
    phone.push()
    assert len(house.asked) <= 4, house.asked


def test_one_lost_bulk_get_loses_no_document(house, device):
    """PouchDB then asks for each document by itself, until it is started again."""
    house.person("ilze", "t1")
    house.lost_answers.append("_bulk_get")
    phone = device()
    with suppress(DeviceError):
        phone.pull()
    phone.pull()
    assert len(phone.all()) == 42


def test_who_is_not_signed_in_goes_on_where_it_was(house, device):
    house.person("", "t1")
    phone = device("")
    assert phone.pull()["docs_written"] == 42
    house.write({"_id": "all:note:new"})
    house.asked.clear()
    assert phone.pull()["docs_written"] == 1
    assert fetched(house) == ["all:note:new"]


def test_who_is_signed_out_is_not_asked_for_without_end(house, device):
    house.person("ilze", "t1")
    phone = device()
    phone.pull()
    house.signed_out = True
    phone.ask("live")
    until(lambda: phone.ask("failed") is not None)
    assert phone.ask("failed")["status"] == 401
    house.asked.clear()
    time.sleep(1)
    assert house.asked == []


def test_a_restart_costs_a_hundred_bytes_a_document_and_no_body(house, device):
    ilze = house.person("ilze", "t1")
    phone = device()
    phone.pull()
    ilze.gained += 1
    house.asked.clear()
    phone.pull()
    assert fetched(house) == []
    headers = {"Person": "ilze"}
    answer = httpx.get(f"http://127.0.0.1:{house.port}/db/home/_changes?style=all_docs", headers=headers)
    assert len(answer.content) < 130 * len(answer.json()["results"]) + 100
