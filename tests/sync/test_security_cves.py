"""CouchDB's security history, a test for each row of its list: what went wrong there does not work here.

| CVE | what went wrong | test |
|---|---|---|
| 2010-2234 | a foreign page writes | test_a_foreign_page_cannot_write |
| 2010-3854, 2021-38295 | an attachment runs in our origin | test_no_attachment_is_rendered_in_our_origin |
| 2012-5641 | a backslash reads files | test_no_address_reads_a_file |
| 2012-5649, 2012-5650 | JSONP, a console with holes | test_there_is_no_jsonp_and_no_console |
| 2014-2668 | a count asks for all memory | test_every_count_has_an_end |
| 2017-12635 | a repeated key makes an administrator | test_a_repeated_key_is_refused_wherever_it_stands |
| 2017-12636, 2018-8007, 2018-11769, 2018-17188 | settings run programs | test_nothing_is_configured_over_http |
| 2020-1955 | an exception opens everything | tests/security/test_route_matrix.py |
| 2022-24706 | a secret everybody knows | tests/backend/kit/test_secrets.py, tests/backend/cli/test_commands.py |
| 2023-26268 | design documents run | test_a_design_document_is_never_run |
| 2023-45725 | a program is handed others' headers | test_no_answer_repeats_a_header |
"""

import json
from urllib.parse import quote

import pytest
from doors import OpenHouse, a_client

from sync.limits import Limits
from sync.stores.sqlite import SqliteStore

LIMITS = Limits(rows=50, page=50)
JSON = {"Content-Type": "application/json"}


@pytest.fixture
async def http(tmp_path):
    store = SqliteStore(tmp_path / "s.db")
    await store.create("home")
    async with a_client(store, OpenHouse(store), limits=LIMITS) as client:
        yield client
    await store.close()


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
@pytest.mark.parametrize("route", ["_bulk_docs", "_bulk_get", "_revs_diff", "_purge", "_missing_revs", ""])
async def test_a_foreign_page_cannot_write(http, kind, route):
    """What a form or a simple request can say is not JSON; all else asks us first, and we never allow it."""
    answer = await http.post(f"/home/{route}", content=b'{"docs":[]}', headers={"Content-Type": kind})
    assert answer.status_code == 415
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
async def test_no_other_origin_is_ever_allowed(http, method):
    answer = await http.request(method, "/home", headers={"Origin": "https://evil.example"})
    assert not [name for name in answer.headers if name.startswith("access-control-")]


SCRIPT = b"<script>alert(1)</script>"


@pytest.mark.parametrize(
    "kind",
    ["text/html", "image/svg+xml", "text/xml", "application/pdf", "application/xhtml+xml", "text/javascript"],
)
@pytest.mark.parametrize("asked", [{}, {"Range": "bytes=0-5"}, {"If-None-Match": "*"}])
async def test_no_attachment_is_rendered_in_our_origin(http, kind, asked):
    await http.put("/home/a/page.html", content=SCRIPT, headers={"Content-Type": kind})
    headers = (await http.get("/home/a/page.html", headers=asked)).headers
    assert headers["content-disposition"] == "attachment"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith("sandbox")


@pytest.mark.parametrize("query", ["", "?rev=1-zzz", "?attachments=true", "?open_revs=all", "?conflicts=<script>"])
async def test_no_document_is_rendered_in_our_origin(http, query):
    await http.put("/home/a", json={"text": SCRIPT.decode()})
    for accept in ("text/html", "*/*"):
        answer = await http.get(f"/home/a{query}", headers={"Accept": accept})
        assert not answer.headers["content-type"].startswith("text/html")
        assert answer.headers["x-content-type-options"] == "nosniff"


PATHS = ["..%5c..%5cetc%5cpasswd", "%2e%2e%2fspaces.db", "..%2f..%2fetc%2fpasswd", "....%2f%2fetc", "C:%5cwindows"]
PATHS += ["%2fetc%2fpasswd", "spaces.db", "%252e%252e%252fspaces.db"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("place", ["/{}", "/home/{}", "/home/a/{}", "/home/_local/{}", "/home/_design/{}", "/home/_{}"])
async def test_no_address_reads_a_file(http, path, place):
    await http.put("/home/a", json={})
    answer = await http.get(place.format(path))
    assert answer.status_code in (400, 404), answer.text
    assert set(answer.json()) == {"error", "reason"}


async def test_a_name_like_a_path_is_a_name_like_any_other(http, tmp_path):
    before = sorted(tmp_path.rglob("*"))
    name = quote("../../x", safe="")
    assert (await http.put(f"/home/{name}", json={})).status_code == 201
    assert (await http.put(f"/home/b/{name}", content=b"1")).status_code == 201
    assert (await http.put(f"/home/_local/{name}", json={})).status_code == 201
    assert (await http.get(f"/home/b/{name}")).content == b"1"
    assert sorted(tmp_path.rglob("*")) == before
    assert (await http.put(f"/{name}")).status_code == 400


@pytest.mark.parametrize("query", ["callback=alert", "jsonp=alert", "callback=alert&include_docs=true"])
async def test_there_is_no_jsonp_and_no_console(http, query):
    for path in ("/home", "/home/_all_docs", "/home/_changes", "/"):
        answer = await http.get(f"{path}?{query}")
        assert answer.headers["content-type"] == "application/json"
        assert b"alert" not in answer.content
        json.loads(answer.content)
    assert (await http.get("/_utils/")).status_code == 404
    assert (await http.get("/favicon.ico")).status_code in (400, 404)


MANY = "9" * 30


async def test_every_count_has_an_end(http):
    assert (await http.get(f"/_uuids?count={MANY}")).status_code == 400
    docs = [{"_id": f"{n:03}"} for n in range(50)]
    for first in (0, 50):
        await http.post("/home/_bulk_docs", json={"docs": [one | {"_id": f"{first}{one['_id']}"} for one in docs]})
    for query in ("", f"?limit={MANY}", "?limit=100&include_docs=true"):
        assert len((await http.get(f"/home/_all_docs{query}")).json()["rows"]) == 50
        assert len((await http.get(f"/home/_changes{query}")).json()["results"]) == 50
    too_many = [f"{n}" for n in range(51)]
    assert (await http.post("/home/_all_docs", json={"keys": too_many})).status_code == 413
    assert (await http.post("/home/_bulk_docs", json={"docs": docs + docs})).status_code == 413
    assert (await http.post("/home/_revs_diff", json={one: ["1-a"] for one in too_many})).status_code == 413
    for query in ("heartbeat", "timeout", "seq_interval", "skip"):
        assert (await http.get(f"/home/_changes?{query}={MANY}")).status_code == 200


REPEATED = [
    '{"docs":[{"_id":"a","roles":["admin"],"roles":[]}]}',
    '{"docs":[{"_id":"a","roles":[],"roles":["admin"]}]}',
    '{"docs":[{"_id":"a","in":{"x":1,"x":2}}]}',
    '{"docs":[{"_id":"a","in":[{"x":1,"\\u0078":2}]}]}',
    '{"docs":[{"_id":"a","_id":"b"}]}',
    '{"docs":[{"_id":"a","_deleted":true,"_deleted":false}]}',
    '{"new_edits":false,"docs":[{"_id":"a","_rev":"1-a","_revisions":{"start":1,"ids":["a"],"ids":["b"]}}]}',
    '{"new_edits":false,"docs":[{"_id":"a","_rev":"1-a","_rev":"2-b","n":1}]}',
    '{"new_edits":false,"docs":[{"_id":"a","_rev":"1-a","_attachments":{"x":{"data":"","data":"YQ=="}}}]}',
]


@pytest.mark.parametrize("space", ["", " "], ids=["compact", "spaced"])
@pytest.mark.parametrize("body", REPEATED)
async def test_a_repeated_key_is_refused_wherever_it_stands(http, body, space):
    """Compact and spaced text take different ways through the door, and neither may take it."""
    answer = await http.post("/home/_bulk_docs", content=body.replace(",", "," + space), headers=JSON)
    refused = answer.status_code == 400 or answer.json()[0]["error"] in ("forbidden", "bad_request")
    assert refused, answer.text
    for name in "ab":
        assert (await http.get(f"/home/{name}")).status_code == 404


@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE"])
@pytest.mark.parametrize(
    "path",
    [
        "/_config",
        "/_config/query_servers/sh",
        "/_node/_local/_config",
        "/_node/nonode@nohost/_config/admins/x",
        "/_users",
        "/_users/org.couchdb.user:x",
        "/_replicator",
        "/_replicator/x",
        "/_cluster_setup",
        "/_restart",
        "/_log",
        "/_stats",
        "/_active_tasks",
        "/_utils",
        "/_reshard",
        "/_scheduler/jobs",
    ],
)
async def test_nothing_is_configured_over_http(http, method, path):
    answer = await http.request(method, path, content=b'"/bin/sh"')
    assert answer.status_code in (400, 404, 405), answer.text


PROGRAMS = {
    "language": "erlang",
    "views": {"x": {"map": "function(doc){emit(1)}"}},
    "validate_doc_update": "throw({forbidden:'x'})",
    "filters": {"x": "function(){return false}"},
    "rewrites": [{"from": "/*", "to": "../../*"}],
    "shows": {"x": "function(){return req.cookie}"},
    "updates": {"x": "function(doc,req){return [req.headers,'']}"},
    "lists": {"x": "function(){}"},
}


@pytest.mark.parametrize("part", ["_view/x", "_show/x", "_list/x/x", "_update/x", "_rewrite/x", "_search/x", "_info"])
async def test_a_design_document_is_never_run(http, part):
    assert (await http.put("/home/_design/d", json=PROGRAMS)).status_code == 201
    for method in ("GET", "POST", "PUT"):
        answer = await http.request(method, f"/home/_design/d/{part}", content=b"{}", headers=JSON)
        assert answer.status_code in (405, 501), answer.text
    assert (await http.put("/home/a", json={"n": 1})).status_code == 201  # nothing validates it
    assert (await http.get("/home/_changes?filter=d/x")).status_code == 501


async def test_no_answer_repeats_a_header(http):
    secret = {"Cookie": "interlink=a-secret", "Authorization": "Bearer a-secret", "X-Other": "a-secret"}
    await http.put("/home/_design/d", json=PROGRAMS, headers=secret)
    for path in ("/home/_design/d", "/home/_changes?include_docs=true", "/home/_design/d/_show/x", "/_session", "/"):
        answer = await http.get(path, headers=secret)
        assert "a-secret" not in answer.text + str(answer.headers)
