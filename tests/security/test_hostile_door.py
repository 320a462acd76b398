"""Requests at the door that no replicator would send, made from a description of it: it never breaks over one.

Whatever is asked, the answer is below 500 (or says that programs are not run here), and an error is told as CouchDB
tells it: JSON with `error` and `reason`.
"""

import os

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error

from tests.makers import DEMO_PASSWORD
from tests.security.door_described import described

EXAMPLES = 300 if os.environ.get("INTERLINK_SOAK") else 12
NOT_RUN = 501
"""A design document's program was asked for."""


def told_as_couchdb_does(ctx, response, case):
    """A check of schemathesis: every error is JSON with a word and a sentence, and the words are lower case."""
    if response.status_code < 400 or case.method == "HEAD":
        return
    told = response.json()
    assert {"error", "reason"} <= told.keys() or told.get("code") in ("cross_site", "not_found"), told


@pytest.mark.timeout(900)
@pytest.mark.parametrize("who", ["a stranger", "an administrator of the process", "a member"])
def test_no_request_breaks_the_door(server, who):
    headers = {"X-Interlink": "1", "Origin": server.address}
    with httpx.Client(base_url=server.address, headers=headers) as browser:
        name = {"an administrator of the process": "janis", "a member": "ilze"}.get(who)
        space = "commons"
        if name:
            body = {"email": f"{name}@demo.example", "password": DEMO_PASSWORD, "device": "phone"}
            browser.post("/api/v1/session", json=body).raise_for_status()
            spaces = browser.get("/api/v1/spaces").json()["spaces"]
            space = next(one["name"] for one in spaces if one["kind"] == "process")
            headers["Cookie"] = "; ".join(f"{key}={value}" for key, value in browser.cookies.items())
        description = schemathesis.openapi.from_dict(described(space))
        operations = [one.ok() for one in description.get_all_operations()]
        assert len(operations) > 30
        for operation in operations:
            _ask(operation, server.address, headers)
        assert browser.get("/api/v1/health").is_success
        assert browser.get(f"/db/{space}/_changes").is_success


def _ask(operation, address, headers):
    many = settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))

    @many
    @given(case=operation.as_strategy())
    def check(case):
        answer = case.call(base_url=address, headers=headers)
        if answer.status_code != NOT_RUN:
            case.validate_response(answer, checks=(not_a_server_error, told_as_couchdb_does))

    check()
