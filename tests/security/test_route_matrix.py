"""Nobody gets in anywhere but where a line of the matrix lets them; its lines are those of the real addresses."""

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar.routes import HTTPRoute

from sync.door import rooms
from tests.security.matrix import BODIES, MATRIX
from tests.security.neighbours import FILE, WHO, Street, a_street

NOT_OURS = {"/{path}", "/", "/api/v1", "/api/v1/{path}"}
"""The pages of the app, and what answers «nothing here»."""
RAW = {"PUT /api/v1/files/{space}/{partition}/{sha256}": FILE, "PUT /db/{space}/{id}/photo.jpg": FILE}


def lines() -> Iterator[tuple[str, list[str]]]:
    for line in filter(str.strip, MATRIX.splitlines()):
        method, path, *codes = line.split()
        assert len(codes) == len(WHO), line
        yield f"{method} {path}", codes


@pytest.fixture
async def street(tmp_path: Path) -> AsyncIterator[Street]:
    async with a_street(tmp_path) as one:
        yield one


def of_the_application(street: Street) -> set[str]:
    routes = [route for route in street.visits.app.routes if isinstance(route, HTTPRoute)]
    shapes = {(re.sub(r"\{(\w+):\w+\}", r"{\1}", route.path), method) for route in routes for method in route.methods}
    return {f"{method} {path}" for path, method in shapes if method not in ("HEAD", "OPTIONS") and path not in NOT_OURS}


def of_the_door() -> set[str]:
    found = {f"{method} /db/{name}" for name, table in rooms._SERVER.items() for method in table}
    tables = {
        "": rooms._DATABASE,
        "/{id}": rooms._DOCUMENT,
        "/{id}/photo.jpg": rooms._ATTACHMENT,
        "/_local/{local}": rooms._LOCAL,
        "/_partition/{partition}/_all_docs": rooms._table(("x", "_partition", "y", "_all_docs")),
        **{f"/{name}": table for name, table in rooms._RESOURCES.items()},
    }
    return found | {f"{method} /db/{{space}}{path}" for path, table in tables.items() for method in table}


async def test_every_address_has_a_line(street: Street) -> None:
    assert {name for name, _ in lines()} == of_the_application(street) | of_the_door()


def filled(shape: Any, values: dict[str, Any]) -> Any:
    match shape:
        case str():
            return re.sub(r"\{(\w+)\}", lambda found: str(values.get(found[1], found[0])), shape)
        case dict():
            return {filled(name, values): filled(value, values) for name, value in shape.items()}
        case list():
            return [filled(one, values) for one in shape]
        case _:
            return shape


async def asked(street: Street, name: str, who: str, values: dict[str, Any]) -> str:
    """The status of what somebody is answered."""
    method, path = name.split()
    sent: dict[str, Any] = {"content": RAW[name]} if name in RAW else {}
    if name not in RAW and method in ("POST", "PUT", "PATCH"):
        sent = {"json": filled(BODIES.get(name, {}), values)}
    headers = {"destination": values["new"]} if method == "COPY" else {}
    answer = await street.browsers[who].request(method, filled(path, values), headers=headers, **sent)
    return str(answer.status_code)


async def test_everybody_is_answered_as_the_matrix_says(street: Street) -> None:
    wrong: dict[str, str] = {}
    for name, codes in lines():
        values = await street.values()
        for who, code in zip(WHO, codes, strict=True):
            if code != "-" and (found := await asked(street, name, who, values)) != code:
                wrong[f"{name} as {who}"] = f"{found} instead of {code}"
    assert wrong == {}


def test_nobody_who_is_not_signed_in_changes_anything() -> None:
    """Of what changes something, nothing is open to everybody but the ways to sign in or out and to join by a link."""
    open_to_all = {
        name for name, (anonymous, *_) in lines() if not name.startswith("GET") and anonymous not in ("401", "403")
    }
    assert open_to_all == {
        "POST /_session",
        "POST /db/_session",
        "DELETE /api/v1/session",
        "POST /api/v1/session",
        "POST /api/v1/session/code",
        "PUT /api/v1/session/code",
        "POST /api/v1/session/passkey",
        "POST /api/v1/session/passkey/options",
        "POST /api/v1/accounts",
        "POST /api/v1/invitations/look",
    }


def test_what_names_a_process_or_its_space_looks_missing_to_who_is_not_in_it() -> None:
    inside = re.compile(r"\{(process|space|team|invitation|application|organisation)\}")
    for name, (_, stranger, _, _, elsewhere, _) in lines():
        if inside.search(name):
            assert (stranger, elsewhere) in {("404", "404"), ("403", "403")}, name
