"""`couchdb-client` (PyPI, 1.2.6): a foreign client that was written for Apache CouchDB, against our engine.

Its faults, worked around here and the reason why nobody's data goes through it: it does not quote ids, drops every
falsy member (`{"count": 0}` loses `count`), never checks certificates, opens a connection for each call, and knows
nothing of replication. `find_documents` and `get_view` need queries that run on a server; devices query what they hold.
"""

from urllib.parse import quote, urlsplit

import pytest
from couchdb_client import CouchDB
from couchdb_client.couchdb import CouchDBException

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


@pytest.fixture
def notes(database):
    place = urlsplit(database)
    return CouchDB("anybody", "anything", "notes", host=place.hostname, port=place.port)


def test_a_document_is_made_read_changed_and_deleted(notes):
    made = notes.document({"_id": "bread", "text": "Bread"})
    made.create()
    assert notes.get_document("bread")["text"] == "Bread"
    made["text"] = "Better bread"
    made.update()
    assert notes.get_document("bread").data == {"_id": "bread", "_rev": made["_rev"], "text": "Better bread"}
    made.delete()
    assert notes.get_document("bread") is None


def test_many_documents_are_made_and_read_at_once(notes):
    documents = [notes.document({"_id": f"n{n}", "text": "x"}) for n in range(3)]
    notes.create_documents(documents)
    assert [one.id for one in notes.get_all_documents(limit=2)] == ["n0", "n1"]
    found = notes.get_bulk_documents(["n1", "unknown"])
    assert found[0].data == documents[1].data
    assert isinstance(found[1], CouchDBException)


def test_an_attachment_is_kept(notes):
    made = notes.document({"_id": "photo"})
    made.create()
    made.add_attachment("bytes.bin", b"\0\1\2")
    [attachment] = notes.get_document("photo").attachments
    assert (attachment.name, attachment.length, attachment.data) == ("bytes.bin", 3, b"\0\1\2")


def test_an_older_edit_is_a_conflict_it_can_tell(notes):
    made = notes.document({"_id": "a", "text": "1"})
    made.create()
    with pytest.raises(CouchDBException, match="conflict") as refused:
        notes.document({"_id": "a", "text": "2"}).create()
    assert refused.value.response.status_code == 409


def test_its_faults_are_its_own(notes):
    made = notes.document({"_id": "zero", "count": 0, "text": "kept"})
    made.create()
    assert "count" not in notes.get_document("zero").data
    slashed = notes.document({"_id": quote("a/b", safe="")})  # the caller must quote what it does not
    notes.req_json(slashed.id, "PUT", {"text": "x"})
    assert [one.id for one in notes.get_all_documents()] == ["a/b", "zero"]
