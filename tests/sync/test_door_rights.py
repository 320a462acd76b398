"""What one person may not read looks exactly like what does not exist, on every route; and feeds follow rights."""

import asyncio

import pytest
from doors import House, OpenHouse, Person, a_client

from sync.database import Database
from sync.stores.sqlite import SqliteStore

HIDDEN = "t2:note:1"
NOWHERE = "t2:note:9"


@pytest.fixture
async def store(tmp_path):
    store = SqliteStore(tmp_path / "s.db")
    await store.create("home")
    await Database(store, "home").write([{"_id": "all:task:1"}, {"_id": HIDDEN, "vote": "yes"}, {"_id": "t1:note:1"}])
    yield store
    await store.close()


@pytest.fixture
def ilze():
    return Person("ilze", "all", "t1")


@pytest.fixture
async def http(store, ilze):
    async with a_client(store, House(ilze, Person("janis", "all", "t2")), "ilze") as client:
        yield client


@pytest.fixture
async def stranger(store, ilze):
    async with a_client(store, House(ilze), "") as client:
        yield client


def without(answer, *names):
    text = answer.text
    for name in names:
        text = text.replace(name, "…")
    return answer.status_code, text


@pytest.mark.parametrize(
    "path",
    [
        "/home/{}",
        "/home/{}?rev=1-a",
        "/home/{}?open_revs=all",
        "/home/{}?revs_info=true&conflicts=true",
        "/home/{}/photo.png",
        '/home/_all_docs?key="{}"',
        '/home/_all_docs?keys=["{}"]&include_docs=true',
    ],
)
async def test_an_unreadable_document_looks_like_a_missing_one(http, path):
    hidden, missing = await http.get(path.format(HIDDEN)), await http.get(path.format(NOWHERE))
    assert without(hidden, HIDDEN) == without(missing, NOWHERE)


async def test_nobody_learns_how_somebody_voted(http, store):
    rev = Database(store, "home").get(HIDDEN).rev
    guess = await http.post("/home/_revs_diff", json={HIDDEN: [rev], "all:task:1": ["1-z"]})
    assert guess.json()[HIDDEN] == {"missing": [rev]}
    fetched = await http.post("/home/_bulk_get?latest=true", json={"docs": [{"id": HIDDEN, "rev": rev}]})
    assert fetched.json()["results"][0]["docs"][0]["error"]["reason"] == "missing"


async def test_an_edit_does_not_tell_that_a_document_exists(http):
    known, unknown = await http.put(f"/home/{HIDDEN}", json={"n": 1}), await http.put(f"/home/{NOWHERE}", json={"n": 1})
    assert known.status_code == unknown.status_code == 201
    assert (await http.delete(f"/home/{HIDDEN}")).status_code == (await http.delete("/home/t2:note:8")).status_code


async def test_counts_tell_only_of_what_may_be_read(http):
    info = (await http.get("/home/")).json()
    assert info["doc_count"] == 2
    assert (await http.get("/home/_all_docs")).json()["total_rows"] == 2
    feed = (await http.get("/home/_changes")).json()
    assert [row["id"] for row in feed["results"]] == ["all:task:1", "t1:note:1"]
    assert info["update_seq"] == feed["last_seq"]


async def test_a_database_one_may_not_open_looks_missing(stranger):
    for method, path in [("GET", "/home"), ("GET", "/home/_changes"), ("PUT", "/home/x"), ("POST", "/home/_bulk_docs")]:
        answer = await stranger.request(method, path, json={"docs": []} if method != "GET" else None)
        nowhere = await stranger.request(
            method, path.replace("home", "cellar"), json={"docs": []} if method != "GET" else None
        )
        assert (answer.status_code, answer.text) == (nowhere.status_code, nowhere.text)
        assert answer.json()["error"] == "not_found"


async def test_only_the_house_makes_and_deletes_databases(http):
    assert (await http.put("/cellar")).json() == {"error": "forbidden", "reason": "forbidden"}
    assert (await http.delete("/home")).status_code == 403
    assert (await http.put("/home/_revs_limit", content=b"1")).status_code == 403


async def test_checkpoints_belong_to_one_person(http, store, ilze):
    await http.put("/home/_local/c", json={"last_seq": 1})
    async with a_client(store, House(Person("janis", "all")), "janis") as janis:
        assert (await janis.get("/home/_local/c")).status_code == 404
        assert (await janis.put("/home/_local/c", json={"last_seq": 2})).status_code == 201
    assert (await http.get("/home/_local/c")).json()["last_seq"] == 1


async def test_a_right_gained_starts_the_feed_again_for_this_reader(http, ilze):
    feed = (await http.get("/home/_changes")).json()
    ilze.partitions |= {"t2"}
    ilze.gained += 1
    again = (await http.get("/home/_changes", params={"since": feed["last_seq"]})).json()
    assert [row["id"] for row in again["results"]] == ["all:task:1", HIDDEN, "t1:note:1"]
    assert again["last_seq"].endswith("-1")


async def test_a_right_lost_neither_restarts_nor_spins(http, ilze):
    feed = (await http.get("/home/_changes")).json()
    ilze.partitions = frozenset()
    ilze.gained, ilze.lost = 4, 1
    empty = (await http.get("/home/_changes", params={"since": feed["last_seq"]})).json()
    assert (empty["results"], empty["last_seq"].endswith("-4")) == ([], True)
    assert (await http.get("/home/_changes", params={"since": empty["last_seq"]})).json()["last_seq"] == empty[
        "last_seq"
    ]


async def test_a_waiting_feed_ends_when_a_right_is_gained(http, ilze, store):
    since = (await http.get("/home/_changes")).json()["last_seq"]
    waiting = asyncio.create_task(http.get("/home/_changes", params={"feed": "longpoll", "since": since}))
    await asyncio.sleep(0.1)
    ilze.partitions |= {"t2"}
    ilze.gained += 1
    store.waiting.rights_changed("home")
    assert HIDDEN in [row["id"] for row in (await asyncio.wait_for(waiting, 5)).json()["results"]]


async def test_a_change_in_another_partition_does_not_end_the_wait(http, ilze, store):
    since = (await http.get("/home/_changes")).json()["last_seq"]
    waiting = asyncio.create_task(http.get("/home/_changes", params={"feed": "longpoll", "since": since}))
    await asyncio.sleep(0.05)
    await Database(store, "home").write([{"_id": "t2:note:3"}])
    await asyncio.sleep(0.1)
    assert not waiting.done()
    await Database(store, "home").write([{"_id": "t1:note:3"}])
    assert [row["id"] for row in (await asyncio.wait_for(waiting, 5)).json()["results"]] == ["t1:note:3"]


async def test_a_reader_hears_of_an_item_that_is_added_while_waiting(http, ilze, store):
    since = (await http.get("/home/_changes")).json()["last_seq"]
    waiting = asyncio.create_task(http.get("/home/_changes", params={"feed": "longpoll", "since": since}))
    await asyncio.sleep(0.05)
    ilze.partitions |= {"t5"}
    store.waiting.rights_changed("home")
    await asyncio.sleep(0.05)
    await Database(store, "home").write([{"_id": "t5:note:1"}])
    assert [row["id"] for row in (await asyncio.wait_for(waiting, 5)).json()["results"]] == ["t5:note:1"]


async def test_a_restored_store_starts_every_reader_again(http, store):
    feed = (await http.get("/home/_changes")).json()
    await http.put("/home/_local/c", json={"last_seq": feed["last_seq"]})
    await store.renew()
    assert len((await http.get("/home/_changes", params={"since": feed["last_seq"]})).json()["results"]) == 2
    assert (await http.get("/home/_local/c")).status_code == 404


async def test_a_refused_row_says_forbidden_word_and_sentence(http):
    docs = [
        {"_id": "t1:note:2", "_revisions": {"start": 1, "ids": ["a"]}, "n": "bad"},
        {"_id": "t1:note:3", "_revisions": {"start": 1, "ids": ["a"]}, "n": 1},
    ]
    rows = (await http.post("/home/_bulk_docs", json={"docs": docs, "new_edits": False})).json()
    assert rows == [{"id": "t1:note:2", "rev": "1-a", "error": "forbidden", "reason": "content: That is not allowed."}]
    assert (await http.put("/home/t1:note:4", json={"n": "bad"})).status_code == 403


async def test_the_wake_up_tells_the_state_of_my_databases(http, ilze, store):
    first = (await http.get("/_db_updates")).json()
    [row] = first["results"]
    assert (row["db_name"], row["gained"], row["lost"]) == ("home", 0, 0)
    assert row["seq"] == (await http.get("/home")).json()["update_seq"]
    nothing_new = await http.get("/_db_updates", params={"since": first["last_seq"]})
    assert nothing_new.json() == {"results": [], "last_seq": first["last_seq"]}
    assert len(nothing_new.content) < 100
    await Database(store, "home").write([{"_id": "t2:note:3"}])
    assert (await http.get("/_db_updates")).json() == first


async def test_a_device_is_woken_by_what_it_may_read_and_by_its_rights(http, ilze, store):
    since = (await http.get("/_db_updates")).json()["last_seq"]
    waiting = asyncio.create_task(http.get("/_db_updates", params={"feed": "longpoll", "since": since}))
    await asyncio.sleep(0.05)
    await Database(store, "home").write([{"_id": "t2:note:3"}])
    await asyncio.sleep(0.1)
    assert not waiting.done()
    await Database(store, "home").write([{"_id": "t1:note:3"}])
    moved = (await asyncio.wait_for(waiting, 5)).json()
    ilze.lost += 1
    waiting = asyncio.create_task(http.get("/_db_updates", params={"feed": "longpoll", "since": moved["last_seq"]}))
    assert (await asyncio.wait_for(waiting, 5)).json()["results"][0]["lost"] == 1


async def test_an_open_server_has_no_rights_to_ask(store):
    async with a_client(store, OpenHouse(store)) as everybody:
        assert (await everybody.get(f"/home/{HIDDEN}")).json()["vote"] == "yes"
