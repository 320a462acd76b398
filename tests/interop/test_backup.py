"""Phones that were further than the backup: after a restore and a sync, nothing they were told was received is missing.

The whole program, its two commands, and real PouchDB 9.

    old work ─▶ backup ─▶ young work, edits, deletions, a task for what was held ─▶ the disk dies ─▶ restore ─▶ sync
"""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import pytest

from backend.kit.ids import new_ulid
from tests.backend.world import written
from tests.interop.device import Device, a_device
from tests.makers import Server, a_client, a_free_port, a_server, interlink

OPEN_TO_ALL = "Say why one counter"
"""A task of the demo that every team may add to, and where nobody has begun anything."""


@dataclass
class Person:
    """One of the demo's people: a browser, and a phone for each space."""

    browser: httpx.Client
    member: str
    phone: Device
    own: Device


class Story:
    """The demo's server, its people, and what happens to them."""

    def __init__(self, folder: Path, demo: Path, running: ExitStack) -> None:
        self.folder, self.port, self._running = folder, a_free_port(), running
        self.data = Path(shutil.copytree(demo, folder / "data"))
        self._serve()
        with a_client(self.server, "janis") as janis:
            spaces = janis.get("/api/v1/spaces").json()["spaces"]
        self.space = next(one["name"] for one in spaces if one["kind"] == "process" and one["administrator"])
        self.ilze, self.janis = self._person("ilze"), self._person("janis")
        rows = self.ilze.browser.get(f"/db/{self.space}/_all_docs?include_docs=true").json()["rows"]
        named = {row["doc"]["name"]["en"]: row["id"] for row in rows if row["doc"]["type"] == "task"}
        self.task = named[OPEN_TO_ALL].split(":")[2]

    def _serve(self) -> None:
        self._server = ExitStack()
        self.server: Server = self._server.enter_context(a_server(self.data, log=self.folder / "log", port=self.port))

    def _person(self, name: str) -> Person:
        browser = self._running.enter_context(a_client(self.server, name))
        spaces = browser.get("/api/v1/spaces").json()["spaces"]
        member = next(one["member"] for one in spaces if one["name"] == self.space)
        own = next(one["name"] for one in spaces if one["kind"] == "person")
        cookies = "; ".join(f"{key}={value}" for key, value in browser.cookies.items())
        headers = {"Cookie": cookies, "X-Interlink": "1", "Origin": self.server.address}
        phones = [
            self._running.enter_context(a_device(f"{self.server.address}/db/{one}", headers))
            for one in (self.space, own)
        ]
        return Person(browser, member, *phones)

    def backup(self) -> None:
        """While people work."""
        interlink("backup", str(self.folder / "backup"), "--data", str(self.data))

    def dies_and_is_restored(self) -> None:
        """Another disk, the same address."""
        self._server.close()
        shutil.rmtree(self.data)
        interlink("restore", str(self.folder / "backup"), "--data", str(self.data))
        self._serve()
        for one in self.phones():
            one.ask("again")

    def phones(self) -> list[Device]:
        return [self.ilze.phone, self.ilze.own, self.janis.phone, self.janis.own]

    def there(self, person: Person, space: str = "") -> dict[str, str]:
        """Id and revision of every document that this person sees on the server, the server's own left out."""
        rows = person.browser.get(f"/db/{space or self.space}/_all_docs?include_docs=true").json()["rows"]
        return {row["id"]: row["doc"]["_rev"] for row in rows if row["doc"].get("author") != "server"}

    def end(self) -> None:
        self._server.close()


@pytest.fixture
def story(tmp_path: Path, demo: Path) -> Iterator[Story]:
    with ExitStack() as running:
        story = Story(tmp_path, demo, running)
        running.callback(story.end)
        yield story


def contribution(person: Person, task: str, text: str, **members: Any) -> dict[str, Any]:
    document = written(person.member, "contribution", partition=task, text=text, files=[], **members)
    return {name: value for name, value in document.items() if name not in ("_rev", "_revisions")}


def test_nothing_that_was_received_is_missing_after_a_restore_and_a_sync(story):
    ilze, janis = story.ilze, story.janis
    for one in story.phones():
        one.pull()
    edited, removed = (contribution(ilze, story.task, text) for text in ("will be edited", "will be removed"))
    early = new_ulid()  # a task that nobody knows yet
    for one in (edited, removed, contribution(ilze, early, "before its task")):
        ilze.phone.put(**one)
    assert ilze.phone.push()["denied"] == []
    story.backup()

    young = [contribution(ilze, story.task, f"young {n}") for n in range(10)]
    for one in (*young, ilze.phone.get(edited["_id"]) | {"text": "edited"}):
        ilze.phone.put(**one)
    ilze.phone.remove(removed["_id"])
    refused = contribution(ilze, story.task, "x" * 30_000)
    ilze.phone.put(**refused)
    assert [one["id"] for one in ilze.phone.push()["denied"]] == [refused["_id"]]
    account = ilze.browser.get("/api/v1/session").json()["account"]["id"]
    draft = written(account, "draft", f"{story.space}~{story.task}", text="not yet", files=[])
    ilze.own.put(**{name: value for name, value in draft.items() if not name.startswith("_rev")})
    assert ilze.own.push()["denied"] == []
    parent = janis.phone.get(f"all:task:{story.task}")["parent"]
    task = written(janis.member, "task", early, parent=parent, order="zz", name={"en": "Late"})
    janis.phone.put(**{name: value for name, value in task.items() if not name.startswith("_rev")})
    janis.phone.put(**contribution(janis, story.task, "young, of another phone"))
    assert janis.phone.push()["denied"] == []
    own = f"person-{account}"
    before, drafts = _once_released(story, early), story.there(ilze, own)
    assert drafts

    story.dies_and_is_restored()
    assert len(before.keys() - story.there(janis).keys()) == 13
    assert removed["_id"] in story.there(janis)
    for one in story.phones():
        denied = [told["id"] for told in one.push()["denied"]]
        assert not set(denied) & (before.keys() | drafts.keys())  # what others wrote they send themselves
    assert _once_released(story, early) == before
    assert story.there(ilze, own) == drafts

    for one in (ilze, janis):
        one.phone.pull()
        seen = {name for name, told in one.phone.all().items() if told["author"] != "server"}
        assert seen - {refused["_id"]} == story.there(one).keys()
        assert not [name for name, told in one.phone.all().items() if "_conflicts" in told and name in before]


def _once_released(story: Story, early: str) -> dict[str, str]:
    """What the server has, as soon as it has judged what waited for its task."""
    for _ in range(100):
        there = story.there(story.janis)
        if any(name.startswith(f"{early}:") for name in there):
            return there
        story.janis.browser.get("/db/_db_updates?feed=longpoll&timeout=200&since=x")
    raise AssertionError("what was held was not judged when its task came")


def test_a_photo_that_came_after_the_backup_is_asked_for_again(story):
    early, late = (f"\x89PNG\r\n\x1a\n{text}".encode("latin-1") for text in ("early", "late"))
    address = f"/api/v1/files/{story.space}/{story.task}"

    def send(photo: bytes) -> int:
        return story.ilze.browser.put(f"{address}/{sha256(photo).hexdigest()}", content=photo).status_code

    def has(photo: bytes) -> bool:
        return story.ilze.browser.head(f"{address}/{sha256(photo).hexdigest()}").is_success

    send(early)
    story.backup()
    send(late)
    assert (has(early), has(late)) == (True, True)
    story.dies_and_is_restored()
    assert (has(early), has(late)) == (True, False)
    assert send(late) == 201
    assert story.janis.browser.get(f"{address}/{sha256(late).hexdigest()}").content == late
