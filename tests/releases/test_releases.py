"""Documents and data of every release are still understood."""

import json

import pytest

from backend.replication.registry import TYPES
from tests.makers import a_client
from tests.releases.releases import Release, releases

EVERY_RELEASE = pytest.mark.parametrize("release", releases(), ids=lambda release: release.version)


def test_there_is_a_fixture_of_at_least_one_release():
    assert releases()


@EVERY_RELEASE
def test_each_document_a_release_could_write_is_read_as_the_newest_version(release: Release):
    for document in release.documents():
        declaration = TYPES.get(document["type"])
        assert declaration, f"{document['type']} was released and may not disappear"
        declaration.read(document)


@EVERY_RELEASE
def test_members_a_release_wrote_stay_in_the_document(release: Release):
    for document in release.documents():
        current = TYPES.get(document["type"]).current(document | {"colour": "green"})
        assert set(document) | {"colour"} <= set(current)


@EVERY_RELEASE
def test_the_data_of_a_release_is_served_and_holds_the_same_documents(release: Release, tmp_path, serve):
    server = serve(release.unpack_data(tmp_path / "old"))
    with a_client(server, "ilze") as ilze:
        spaces = ilze.get("/api/v1/spaces").json()["spaces"]
        assert {space["kind"] for space in spaces} == {"commons", "process", "person"}
        held = {
            json.dumps(row["doc"], sort_keys=True)
            for space in spaces
            for row in ilze.get(f"/db/{space['name']}/_changes", params={"include_docs": "true"}).json()["results"]
        }
    process = [json.dumps(one, sort_keys=True) for one in release.documents() if one["type"] == "task"]
    assert held.issuperset(process)
