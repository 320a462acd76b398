"""A native app: real PouchDB, no cookies, a token of its own. It signs in, contributes, syncs, and is revoked."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from backend.kit.ids import new_ulid
from tests.interop.device import DeviceError, a_device
from tests.makers import DEMO_PASSWORD, Server, a_client, a_demo, a_server

OURS = {"x-interlink": "1", "user-agent": "Interlink/1.0 (Android 15)"}
APP = {"device": "a native app", "credential": "Interlink for Android"}


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    folder: Path = tmp_path_factory.mktemp("server")
    with a_server(a_demo(folder / "data"), log=folder / "log") as server:
        yield server


def signed_in(server: Server, name: str = "ilze") -> tuple[dict[str, str], dict[str, Any]]:
    """Sign in as an app does; return the header it sends from now on, and what it was told."""
    body = {"email": f"{name}@demo.example", "password": DEMO_PASSWORD} | APP
    answer = httpx.post(f"{server.address}/api/v1/session", json=body, headers=OURS)
    assert answer.is_success, answer.text
    assert "set-cookie" not in answer.headers
    return {"Authorization": f"Bearer {answer.json()['token']}"}, answer.json()


def the_process(server: Server, headers: dict[str, str]) -> dict[str, Any]:
    spaces = httpx.get(f"{server.address}/api/v1/spaces", headers=headers).json()["spaces"]
    return next(one for one in spaces if one["kind"] == "process")


def a_contribution(documents: dict[str, dict[str, Any]], member: str) -> dict[str, Any]:
    """One more thing said where something of this kind was said before."""
    model = next(one for one in documents.values() if one["type"] == "contribution" and one["author"] == one["by"])
    partition = model["_id"].partition(":")[0]
    kept = {name: value for name, value in model.items() if name not in {"_rev", "_conflicts", "files", "mandate"}}
    return kept | {"_id": f"{partition}:contribution:{new_ulid()}", "author": member, "by": member, "device": "app"}


def test_an_app_without_cookies_contributes_and_others_see_it(server):
    headers, told = signed_in(server)
    assert told["account"]["name"]
    process = the_process(server, headers)
    database = f"{server.address}/db/{process['name']}"
    with a_device(database, headers) as phone:
        assert phone.pull()["ok"]
        said = a_contribution(phone.all(), process["member"])
        phone.put(**said)
        assert phone.push()["denied"] == []

    with a_client(server, "ilze") as browser:
        assert browser.get(f"/db/{process['name']}/{said['_id']}").json()["author"] == process["member"]


def test_a_revoked_app_is_unauthorized_keeps_its_work_and_sends_it_after_signing_in_again(server):
    headers, told = signed_in(server)
    process = the_process(server, headers)
    database = f"{server.address}/db/{process['name']}"
    with a_device(database, headers) as phone:
        phone.pull()
        said = a_contribution(phone.all(), process["member"])
        phone.put(**said)
        with a_client(server, "ilze") as browser:
            assert browser.delete(f"/api/v1/devices/{told['device']}").status_code == 204

        with pytest.raises(DeviceError) as refused:
            phone.push()
        assert refused.value.status == 401
        answer = httpx.get(database, headers=headers)
        assert (answer.status_code, answer.json()["error"]) == (401, "unauthorized")
        kept = phone.get(said["_id"])

        again, _ = signed_in(server)
        with a_device(database, again) as reinstalled:
            reinstalled.put(**{name: value for name, value in kept.items() if name != "_rev"})
            assert reinstalled.push()["denied"] == []
    assert httpx.get(f"{database}/{said['_id']}", headers=again).is_success


def test_a_program_that_only_replicates_copies_the_process_as_couchdb_would(server):
    with a_client(server, "ilze") as browser:
        answer = browser.post("/api/v1/credentials", json={"name": "backup at home", "scope": "replication"})
        made = answer.json()
        process = the_process(server, {"cookie": f"interlink={browser.cookies['interlink']}"})

    auth = httpx.BasicAuth(made["account"], made["token"])
    with httpx.Client(base_url=f"{server.address}/db/{process['name']}", auth=auth) as replicator:
        changes = replicator.get("/_changes").json()
        assert changes["results"]
        assert httpx.get(f"{server.address}/api/v1/account", auth=auth).json()["code"] == "credential_scope"


def test_an_app_that_brings_a_cookie_too_is_refused(server):
    headers, _ = signed_in(server)
    with a_client(server, "ilze") as browser:
        answer = browser.get("/api/v1/account", headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (400, "two_credentials")


def test_signing_in_needs_the_header_that_no_page_of_another_site_can_send(server):
    body = {"email": "ilze@demo.example", "password": DEMO_PASSWORD} | APP
    answer = httpx.post(f"{server.address}/api/v1/session", json=body)
    assert (answer.status_code, answer.json()["code"]) == (403, "cross_site")
