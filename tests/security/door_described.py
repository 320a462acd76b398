"""The replication door described as OpenAPI, as far as a maker of hostile requests needs it.

The door follows CouchDB's description and has none of its own. What stands here says which addresses and options there
are; the values are meant to be taken loosely: any text, any number, any JSON.
"""

from typing import Any

TEXT: dict[str, Any] = {"type": "string", "maxLength": 40}
LOOSE: dict[str, Any] = {"anyOf": [TEXT, {"enum": ["true", "false", "null", "[]", "{}", "0", "-1", "9" * 25, '"a"']}]}
REV: dict[str, Any] = {"anyOf": [TEXT, {"enum": ["1-a", "0-0", "999999999-f", "2-", "all", '["1-a"]']}]}
ANY: dict[str, Any] = {
    "anyOf": [{"type": kind} for kind in ("object", "array", "string", "number", "boolean", "null")],
}
REVISIONS: dict[str, Any] = {
    "type": "object",
    "properties": {"start": ANY, "ids": {"anyOf": [{"type": "array", "items": TEXT, "maxItems": 5}, ANY]}},
}
DOCUMENT: dict[str, Any] = {
    "type": "object",
    "properties": {
        "_id": {"anyOf": [TEXT, {"enum": ["all:task:x", "x:contribution:y", "_design/x", "_local/x", ""]}, ANY]},
        "_rev": {"anyOf": [REV, ANY]},
        "_revisions": {"anyOf": [REVISIONS, ANY]},
        "_deleted": {"anyOf": [{"type": "boolean"}, ANY]},
        "_attachments": {"anyOf": [{"type": "object", "additionalProperties": ANY}, ANY]},
        "type": {"enum": ["contribution", "task", "process", "draft", "vote", 5]},
        "text": ANY,
        "parent": ANY,
    },
}


def listed(items: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [{"type": "array", "items": items, "maxItems": 4}, ANY]}


BULK = {"type": "object", "properties": {"docs": listed(DOCUMENT), "new_edits": {"enum": [True, False, "x", None]}}}
GET_MANY = {"type": "object", "properties": {"docs": listed({"type": "object", "properties": {"id": ANY, "rev": REV}})}}
DIFF = {"type": "object", "additionalProperties": listed(REV)}
KEYS = {"type": "object", "properties": {"keys": listed(TEXT), "doc_ids": listed(TEXT), "selector": ANY, "since": ANY}}

FEED = [
    "since",
    "limit",
    "style",
    "descending",
    "include_docs",
    "filter",
    "doc_ids",
    "seq_interval",
    "conflicts",
    "view",
]
LIST = [
    "key",
    "keys",
    "startkey",
    "endkey",
    "limit",
    "skip",
    "descending",
    "include_docs",
    "inclusive_end",
    "conflicts",
]
READ = [
    "rev",
    "revs",
    "revs_info",
    "open_revs",
    "conflicts",
    "latest",
    "attachments",
    "atts_since",
    "local_seq",
    "meta",
]


def _query(names: list[str], **fixed: list[str]) -> list[dict[str, Any]]:
    loose = [{"name": name, "in": "query", "schema": LOOSE} for name in names]
    return loose + [
        {"name": name, "in": "query", "required": True, "schema": {"enum": values}} for name, values in fixed.items()
    ]


def _asks(
    query: list[dict[str, Any]] | None = None, body: dict[str, Any] | None = None, kind: str = "application/json"
):
    asked: dict[str, Any] = {"parameters": query or [], "responses": {"default": {"description": "any"}}}
    if body is not None:
        asked["requestBody"] = {"content": {kind: {"schema": body}}}
    return asked


def described(space: str) -> dict[str, Any]:
    """The door's addresses of one space and of the server."""
    ends = {"timeout": ["0", "1", "x"]}  # milliseconds: every feed ends at once
    feeds = ["normal", "longpoll", "continuous", "live", "eventsource", "?"]
    db = f"/db/{space}"
    paths: dict[str, dict[str, Any]] = {
        "/db/": {"get": _asks()},
        "/db/_up": {"get": _asks()},
        "/db/_session": {"get": _asks(), "post": _asks(body=ANY)},
        "/db/_uuids": {"get": _asks(_query(["count"]))},
        "/db/_all_dbs": {"get": _asks()},
        "/db/_db_updates": {"get": _asks(_query(["since"], feed=["normal", "longpoll", "?"], **ends))},
        "/db/_replicate": {"post": _asks(body=ANY)},
        "/db/{name}": {"get": _asks(), "put": _asks(), "delete": _asks(), "post": _asks(body=DOCUMENT)},
        db: {"get": _asks(), "put": _asks(), "delete": _asks(), "post": _asks(body=DOCUMENT)},
        f"{db}/_bulk_docs": {"post": _asks(body=BULK)},
        f"{db}/_bulk_get": {"post": _asks(_query(["revs", "latest", "attachments"]), GET_MANY)},
        f"{db}/_revs_diff": {"post": _asks(body=DIFF)},
        f"{db}/_missing_revs": {"post": _asks(body=DIFF)},
        f"{db}/_all_docs": {"get": _asks(_query(LIST)), "post": _asks(_query(LIST), KEYS)},
        f"{db}/_changes": {
            "get": _asks(_query(FEED, feed=feeds, **ends)),
            "post": _asks(_query(FEED, feed=feeds, **ends), KEYS),
        },
        f"{db}/_purge": {"post": _asks(body=DIFF)},
        f"{db}/_compact": {"post": _asks(body=ANY)},
        f"{db}/_ensure_full_commit": {"post": _asks(body=ANY)},
        f"{db}/_revs_limit": {"get": _asks(), "put": _asks(body=ANY)},
        f"{db}/_security": {"get": _asks()},
        f"{db}/_partition/{{name}}/_all_docs": {"get": _asks(_query(LIST))},
        f"{db}/_design/{{name}}/_view/{{other}}": {"get": _asks(_query(LIST))},
        f"{db}/_local/{{name}}": {"get": _asks(), "put": _asks(_query(["rev"]), DOCUMENT), "delete": _asks()},
        f"{db}/{{name}}": {
            "get": _asks(_query(READ)),
            "put": _asks(_query(["rev", "new_edits"]), DOCUMENT),
            "delete": _asks(_query(["rev"])),
        },
        f"{db}/{{name}}/{{other}}": {
            "get": _asks(_query(["rev"])),
            "put": _asks(_query(["rev"]), {"type": "string", "format": "binary"}, "application/octet-stream"),
            "delete": _asks(_query(["rev"])),
        },
    }
    for path, methods in paths.items():
        names = [name for name in ("name", "other") if f"{{{name}}}" in path]
        for asked in methods.values():
            here = [
                {"name": name, "in": "path", "required": True, "schema": {**TEXT, "minLength": 1}} for name in names
            ]
            asked["parameters"] = here + asked["parameters"]
    return {"openapi": "3.1.0", "info": {"title": "The door", "version": "3"}, "paths": paths}
