"""The description of the HTTP interface: everything we answer is in it, and what it points to is there."""

import re
from typing import Any

import jsonschema_rs
import pytest
from litestar.routes import HTTPRoute

from backend.app import API, create_app
from tests.houses import a_browser, a_house, an_account, sign_in

PUBLIC = {
    "/catalogue",
    "/public",
    "/public/{process:str}",
    "/public/{process:str}/{picture:str}",
    "/robots.txt",
    "/sitemap.xml",
}
UNDOCUMENTED = {"/_session", f"{API}/openapi.json", API, f"{API}/{{path:str}}", "/", "/{path:path}", *PUBLIC}
"""The description itself, what answers «nothing here», CouchDB's replicator too, and pages: public ones and the app."""


@pytest.fixture
async def description(tmp_path):
    async with a_house(tmp_path) as house, a_browser(house) as browser:
        answer = await browser.get(f"{API}/openapi.json")
        assert answer.headers["content-type"] == "application/json"
        return answer.json()


def operations(description: dict[str, Any]):
    for path, methods in description["paths"].items():
        yield from ((path, method, operation) for method, operation in methods.items() if method != "parameters")


async def test_every_route_is_described(tmp_path, description):
    async with a_house(tmp_path / "again") as house:
        routes = [route for route in create_app(house).routes if isinstance(route, HTTPRoute)]
    answered = {
        (re.sub(r"\{(\w+):\w+\}", r"{\1}", route.path), method.lower())
        for route in routes
        if route.path not in UNDOCUMENTED
        for method in route.methods
        if method != "OPTIONS"
    }

    assert answered == {(path, method) for path, method, _ in operations(description)}


async def test_every_operation_says_what_it_is_for_and_what_it_answers(description):
    for path, method, operation in operations(description):
        assert operation["summary"], (method, path)
        assert operation["description"], (method, path)
        assert operation["tags"], (method, path)
        assert any(status.startswith("2") for status in operation["responses"]), (method, path)


async def test_every_name_of_an_operation_is_its_own(description):
    names = [operation["operationId"] for _, _, operation in operations(description)]

    assert len(set(names)) == len(names)


async def test_every_reference_leads_somewhere(description):
    references = set(re.findall(r"'\$ref': '([^']+)'", str(description)))
    assert references

    for reference in references:
        found: Any = description
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]


async def test_every_schema_is_a_schema(description):
    schemas = description["components"]["schemas"]
    assert {"Meta", "SessionBody", "SpacesBody"} <= set(schemas)

    for name, schema in schemas.items():
        jsonschema_rs.meta.validate({**schema, "$schema": "https://json-schema.org/draft/2020-12/schema"}), name


async def test_what_is_answered_has_the_form_that_is_described(tmp_path, description):
    async with a_house(tmp_path / "again") as house, a_browser(house) as browser:
        await an_account()
        await sign_in(browser)
        for path in ("/health", "/meta", "/session", "/spaces", "/privacy/records.json"):
            answer = await browser.get(API + path)
            content = description["paths"][API + path]["get"]["responses"]["200"]["content"]
            form = content["application/json"]["schema"] | {"components": description["components"]}
            jsonschema_rs.validate(form, answer.json())
