"""Hostile requests (reference: CouchDB's CVE list and cases of our own): a clear 4xx, never a 5xx, nothing stored."""

import json

import pytest
from doors import House, OpenHouse, Person, a_client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.limits import Limits
from sync.stores.sqlite import SqliteStore

LIMITS = Limits(document=2_000, attachment=3_000, batch=20_000, rows=50, local=1_000, locals=5)


@pytest.fixture
async def store(tmp_path):
    store = SqliteStore(tmp_path / "s.db")
    await store.create("home")
    yield store
    await store.close()


@pytest.fixture
async def http(store):
    async with a_client(store, OpenHouse(store), limits=LIMITS) as client:
        yield client


def bulk(*docs: str) -> bytes:
    return ('{"new_edits":false,"docs":[' + ",".join(docs) + "]}").encode()


def doc(members: str, name: str = "bad", rev: str = "1-a") -> str:
    start, digest = rev.split("-")
    return f'{{"_id":"{name}","_rev":"{rev}","_revisions":{{"start":{start},"ids":["{digest}"]}},{members}}}'


JSON = {"Content-Type": "application/json"}

BAD_BODIES = {
    "a repeated member": '"roles":["admin"],"roles":[]',
    "a repeated member, the other way": '"roles":[],"roles":["admin"]',
    "a repeated member inside": '"a":{"b":1,"b":2}',
    "a repeated member hidden by an escape": '"a":{"b":1,"\\u0062":2},"c":"\\u003a"',
    "half a character": '"a":"\\ud800"',
    "no number": '"a":NaN',
    "a number beyond all": '"a":1e999',
    "an endless number": '"a":-Infinity',
    "depth": '"a":' + "[" * 100 + "]" * 100,
    "great depth": '"a":' + "[" * 5000 + "]" * 5000,
    "a reserved member": '"_secret":1',
    "a member of the feed": '"_deleted":"yes"',
    "size": '"a":"' + "x" * 2_001 + '"',
    "bad base64": '"_attachments":{"a":{"data":"%%%"}}',
    "a stolen stub": '"_attachments":{"a":{"stub":true,"digest":"md5-x"}}',
    "a reserved attachment name": '"_attachments":{"_a":{"data":""}}',
    "an attachment that is none": '"_attachments":[1]',
    "too large an attachment": '"_attachments":{"a":{"data":"' + "AAAA" * 1_100 + '"}}',
}


@pytest.mark.parametrize("members", BAD_BODIES.values(), ids=BAD_BODIES)
async def test_a_bad_document_is_refused_alone_and_its_neighbours_are_kept(http, members):
    answer = await http.post("/home/_bulk_docs", content=bulk(doc('"n":1', "good"), doc(members)), headers=JSON)
    if answer.status_code == 201:
        [row] = answer.json()
        assert (row["id"], row["error"]) == ("bad", "forbidden")
        assert (await http.get("/home/good")).status_code == 200
    else:
        assert answer.status_code == 400, answer.text  # not JSON at all: nothing in it can be told apart
    assert (await http.get("/home/bad")).status_code == 404


@pytest.mark.parametrize("members", BAD_BODIES.values(), ids=BAD_BODIES)
async def test_a_bad_document_alone_is_refused_clearly(http, members):
    answer = await http.put("/home/bad", content=f"{{{members}}}".encode())
    assert answer.status_code in (400, 412, 413), answer.text
    assert set(answer.json()) == {"error", "reason"}


@pytest.mark.parametrize("rev", ["-", "-a", "x-a", "0-a", "1-a b", "99999999999-a", "1-" + "a" * 200, '1-"', "1"])
async def test_a_bad_revision_is_refused(http, rev):
    assert (await http.get("/home/a", params={"rev": rev})).status_code == 400
    assert (await http.put("/home/a", json={"_rev": rev})).status_code == 400
    assert (await http.post("/home/_revs_diff", json={"a": [rev]})).status_code == 400


@pytest.mark.parametrize(
    "told",
    [
        '{"start":1,"ids":["a","b"]}',
        '{"start":"1","ids":["a"]}',
        '{"ids":["a"]}',
        "[]",
        '{"start":1,"ids":[]}',
        '{"start":1,"ids":[1]}',
        '{"start":-1,"ids":["a"]}',
        '{"start":true,"ids":["a"]}',
        '{"start":1.0,"ids":["a"]}',
        '{"start":1e2,"ids":["a"]}',
        '{"start":99999999999999999999,"ids":["a"]}',
        '{"start":1000000000,"ids":["a"]}',
        '{"start":2,"ids":["a",null]}',
        '{"start":2,"ids":["a","b c"]}',
        '{"start":2,"ids":"ab"}',
        '{"start":2,"ids":{"a":1}}',
        '{"start":2,"ids":[["a"],"b"]}',
    ],
)
async def test_a_bad_history_is_refused(http, told):
    answer = await http.post("/home/_bulk_docs", content=bulk(f'{{"_id":"a","_revisions":{told}}}'), headers=JSON)
    assert answer.status_code == 400
    named = bulk(f'{{"_id":"a","_rev":"1-a","_revisions":{told},"n":1}}')  # the quick way, and with a name to refuse by
    answer = await http.post("/home/_bulk_docs", content=named, headers=JSON)
    assert answer.status_code == 400 or answer.json()[0]["error"] == "forbidden"
    assert (await http.get("/home/a")).status_code == 404


@pytest.mark.parametrize("rev", ["999999999-f", "1001-f", "5000-a"])
async def test_a_revision_cannot_be_poisoned(http, rev):
    answer = await http.post("/home/_bulk_docs", content=bulk(doc('"n":1', rev=rev)), headers=JSON)
    assert answer.json()[0]["reason"].startswith("revision: ")
    assert (await http.put("/home/bad?new_edits=false", json={"_rev": rev})).status_code == 403


async def test_a_document_that_is_there_cannot_be_poisoned_either(http):
    """One that everybody has edited a few times is not run away with, and goes on being edited."""
    rev = (await http.put("/home/bad", json={"n": 0})).json()["rev"]
    for leap in ("1002-f", "999999999-f"):
        answer = await http.post("/home/_bulk_docs", content=bulk(doc('"n":1', rev=leap)), headers=JSON)
        assert answer.json()[0]["error"] == "forbidden"
    assert (await http.put("/home/bad", json={"n": 2, "_rev": rev})).status_code == 201


async def test_a_history_does_not_make_a_stranger_of_a_document_its_ancestor(http):
    """`_revisions` wins over `_rev`, so one name never stands for two contents."""
    told = '{"_id":"a","_rev":"1-x","_revisions":{"start":2,"ids":["b","a"]},"n":1}'
    assert (await http.post("/home/_bulk_docs", content=bulk(told), headers=JSON)).json() == []
    assert (await http.get("/home/a?revs=true")).json()["_rev"] == "2-b"
    assert (await http.get("/home/a?rev=1-x")).status_code == 404


@pytest.mark.parametrize("name", ["_users", "_bad", "_design/", "a\x00b", "a\nb", "x" * 600, ""])
async def test_a_bad_id_is_refused(http, name):
    answer = await http.post("/home/_bulk_docs", json={"docs": [{"_id": name}]})
    assert answer.status_code == 400


async def test_a_checkpoint_cannot_become_a_document_by_an_escape(http):
    hidden = b'{"docs":[{"_id":"\\u005flocal/x"}]}'
    assert (await http.post("/home/_bulk_docs", content=hidden, headers=JSON)).status_code == 400
    assert (await http.get("/home/_all_docs")).json()["rows"] == []


@pytest.mark.parametrize(
    "path",
    [
        "/..%5c..%5cetc",
        "/%2e%2e/secret",
        "/home/%00",
        "/home/a/..%2f..%2fpasswd",
        "/%ff",
        "/home/%c0%ae",
        "/_utils",
        "/_users",
        "/_replicator",
        "/_node/_local/_config",
        "/_config",
        "/home/_show",
    ],
)
async def test_paths_lead_nowhere(http, path):
    assert (await http.get(path)).status_code in (400, 404)


async def test_too_much_at_once_is_refused(http):
    assert (await http.post("/home/_bulk_docs", content=b" " * 20_001, headers=JSON)).status_code == 413
    assert (await http.post("/home/_bulk_docs", json={"docs": [{}] * 51})).status_code == 413
    assert (await http.post("/home/_bulk_get", json={"docs": [{"id": "a"}] * 51})).status_code == 413
    assert (await http.post("/home/_revs_diff", json={str(n): ["1-a"] for n in range(51)})).status_code == 413
    assert (await http.get("/_uuids?count=1000000000")).status_code == 400


async def test_a_header_cannot_be_smuggled_in_by_a_content_type(http):
    entry = {"a": {"data": "", "content_type": "text/plain\r\nSet-Cookie: a=b"}}
    assert (await http.put("/home/a", json={"_attachments": entry})).status_code == 400


async def test_who_is_nobody_leaves_no_checkpoints(store):
    async with a_client(store, House(Person("", "all")), "") as nobody:
        assert (await nobody.put("/home/_local/x", json={})).status_code == 403


async def test_a_checkpoint_is_small_and_there_are_not_endlessly_many(store):
    async with a_client(store, House(Person("ilze", "all"), Person("janis", "all")), "ilze", LIMITS) as ilze:
        assert (await ilze.put("/home/_local/x", json={"a": "x" * LIMITS.local})).status_code == 413
        for number in range(LIMITS.locals):
            assert (await ilze.put(f"/home/_local/{number}", json={})).status_code == 201
        assert (await ilze.put("/home/_local/more", json={})).status_code == 403
        assert (await ilze.put("/home/_local/0", json={"n": 1})).status_code == 201
        assert (await ilze.put("/home/_local/0", json={}, headers={"Person": "janis"})).status_code == 201


@pytest.mark.parametrize("name", ["x" * 600, "a%00b", "a%0ab"])
async def test_a_checkpoint_has_a_name_like_a_document(http, name):
    assert (await http.put(f"/home/_local/{name}", json={})).status_code == 400


async def test_numbers_beyond_every_machine_are_kept_as_they_are_or_refused(http):
    for text in ("1e308", "123456789012345678901234567890", "-0.0", "0.1", "1E400", "9" * 5000):
        answer = await http.put("/home/n", content=f'{{"n":{text}}}'.encode(), headers=JSON)
        assert answer.status_code in (201, 400), text
        if answer.status_code == 201:
            got = await http.get("/home/n")
            assert json.loads(got.content)["n"] == json.loads(text)
            await http.delete(f"/home/n?rev={got.json()['_rev']}")


async def test_no_server_can_be_made_to_call_another(http):
    assert (await http.post("/_replicate", json={"source": "http://127.0.0.1/", "target": "home"})).status_code == 403


any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
members = st.dictionaries(
    st.sampled_from(["_id", "_rev", "_revisions", "_deleted", "_attachments", "docs", "new_edits", "keys", "a"]),
    any_json,
)
OPTIONS = ["since", "limit", "feed", "style", "heartbeat", "descending", "include_docs", "rev", "revs", "open_revs"]
OPTIONS += ["latest", "atts_since", "key", "keys", "startkey", "endkey", "skip", "filter", "doc_ids", "seq_interval"]
OPTIONS += ["meta", "conflicts", "attachments", "inclusive_end"]
ROUTES = [
    "_bulk_docs",
    "_bulk_get",
    "_revs_diff",
    "_missing_revs",
    "_all_docs",
    "_changes",
    "_changes?filter=_doc_ids",
    "",
]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(route=st.sampled_from(ROUTES), body=st.one_of(members, st.fixed_dictionaries({"docs": st.lists(members)})))
async def test_no_body_makes_the_server_fail(http, route, body):
    content = json.dumps(body).encode()
    assert (await http.post(f"/home/{route}", content=content, headers=JSON)).status_code < 500


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    route=st.sampled_from(["_changes", "_all_docs", "a", "a/b", "_local/x", "", "_partition/a/_all_docs"]),
    query=st.dictionaries(
        st.sampled_from(OPTIONS),
        st.one_of(
            st.text(max_size=12), st.sampled_from(["true", "false", "[]", "0", "-1", "null", "99999999999999999999"])
        ),
    ),
)
async def test_no_query_makes_the_server_fail(http, route, query):
    if query.get("feed") in ("longpoll", "continuous", "live", "eventsource"):
        query |= {"timeout": "1"}
        query.pop("heartbeat", None)
    answer = await http.get(f"/home/{route}", params=query)
    assert answer.status_code < 500, answer.text
