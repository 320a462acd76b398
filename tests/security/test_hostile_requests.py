"""Requests nobody of ours would send, made from the description of the interface: the server never breaks over one.

What comes back is an answer that the description names, in the form it names; a fault of ours (5xx) is a failed test.
"""

import asyncio
import os
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from backend.app import API
from backend.kit.settings import Settings
from backend.rows import open_rows
from tests.houses import OURS, PASSWORD, an_account

EXAMPLES = 200 if os.environ.get("INTERLINK_SOAK") else 15


CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)


async def let_ilze_in(data: Path) -> None:
    async with open_rows(Settings(data=data), datetime.now(UTC)):
        await an_account()


def signed_in(address: str) -> dict[str, str]:
    body = {"email": "ilze@example.org", "password": PASSWORD, "device": "phone"}
    answer = httpx.post(f"{address}{API}/session", json=body, headers=OURS).raise_for_status()
    return {"Cookie": f"interlink={answer.cookies['interlink']}"}


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("who", ["a stranger", "somebody who is signed in"])
def test_no_request_breaks_the_server(serve, tmp_path, who):
    data = tmp_path / "data"
    data.mkdir()
    asyncio.run(let_ilze_in(data))
    hosted = serve(data)
    headers = OURS | (signed_in(hosted.address) if who != "a stranger" else {})
    description = schemathesis.openapi.from_url(f"{hosted.address}{API}/openapi.json")
    operations = [one.ok() for one in description.get_all_operations()]
    # Signing out last: everything before it is asked as the same person.
    operations.sort(key=lambda one: one.label.startswith("DELETE"))
    assert {"GET /api/v1/meta", "POST /api/v1/processes"} <= {one.label for one in operations}

    for operation in operations:
        many = settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))

        @many
        @given(case=operation.as_strategy())
        def check(case):
            case.call_and_validate(base_url=hosted.address, headers=headers, checks=CHECKS)

        check()
