"""Planting the demo, one process for each story: once. What people did to it afterwards stays as it is.

Every step gives the same result when it is done again (`keys.py`), and the process' own document is written last: while
it is missing the seeding goes on where it broke off, once it is there nothing is touched any more.

    rows ▸ space ▸ work to be refused ▸ tree, teams, grants ▸ contributions, what was made ▸ calls ▸ two versions
    ▸ ratings, draft ▸ process

What people do goes through the gate, as it would from their phones. Ilze's refused work comes before its task: it is
held, judged when the tree is there, refused and rescued by the server; the road is the one that everybody's work takes.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from backend.accounts import queries as accounts
from backend.catalogue.actions import import_catalogue
from backend.catalogue.content import OWN_CONTENT
from backend.catalogue.documents import SCHEMA
from backend.demo.calls import CallScript
from backend.demo.documents import Cast, Script
from backend.demo.rows import cast_of
from backend.demo.story import Conflict, Story, the_stories
from backend.kit.clock import Clock
from backend.kit.spaces import ALL, COMMONS, SERVER, SpaceKind, Spaces, space_of
from backend.people.mirror import mirror_rights
from backend.processes.documents import TASK
from backend.replication.doorkeeper import Doorkeeper
from backend.replication.held import HeldWork
from sync.database import Database
from sync.document import Document
from sync.revision import following

Json = dict[str, Any]


async def seed(doorkeeper: Doorkeeper, spaces: Spaces, clock: Clock) -> bool:
    """Plant our own catalogue and the demo; say whether there was anything to plant."""
    await import_catalogue(OWN_CONTENT, spaces, lambda _step, _done, _total: None)
    planted = [await _plant(story, doorkeeper, spaces, clock) for story in the_stories()]
    return any(planted)


async def _plant(story: Story, doorkeeper: Doorkeeper, spaces: Spaces, clock: Clock) -> bool:
    schema = SCHEMA.read(await spaces.read(COMMONS, f"{ALL}:{SCHEMA.name}:{story.schema}") or {})
    cast = await cast_of(story, lambda process: Script(story, schema, process).items, clock())
    script = Script(story, schema, cast.process)
    if await spaces.exists(script.space) and await spaces.read(script.space, script.root()["_id"]):
        return False
    await _Planting(doorkeeper, spaces, clock, script, cast).everything()
    return True


class _Planting:
    """One seeding of one script."""

    def __init__(self, doorkeeper: Doorkeeper, spaces: Spaces, clock: Clock, script: Script, cast: Cast) -> None:
        self._doorkeeper = doorkeeper
        self._spaces = spaces
        self._clock = clock
        self._script = script
        self._cast = cast
        self._database = Database(doorkeeper.store, script.space)

    async def everything(self) -> None:
        script, cast = self._script, self._cast
        await self._spaces.create(script.space)
        if missing := [one for one in script.tree(cast) if self._database.get(one["_id"]) is None]:
            if refused := script.refused(cast):
                await self._send(*refused)
            await self._spaces.write(script.space, missing)
        await mirror_rights(self._spaces, cast.process, script.today)
        await HeldWork(self._doorkeeper, self._spaces, self._clock).sweep()
        for task, picture in script.pictures():
            await self._spaces.put_file(script.space, task, picture, "image/png")
        for person, document in (*script.contributions(cast), *script.made(cast)):
            await self._send(person, document)
        for call in script.story.calls:
            await self._call(CallScript(script, call, cast), call.by)
        if script.story.conflict:
            await self._two_versions(script.story.conflict)
        for account, document in [*script.ratings(cast), *filter(None, [script.draft(cast)])]:
            await self._keep(account, document)
        await self._spaces.write(script.space, [script.root()])

    async def _call(self, call: CallScript, by: str) -> None:
        """Let somebody call for people, let them answer, and where it is over write down who came."""
        await self._send(by, call.need())
        revisions: dict[str, str] = {}
        for person, claim in call.claims():
            await self._send(person, claim)
            revisions[claim["_id"]] = _revision(None, claim)
        await self._spaces.write(self._script.space, call.given(revisions))
        for attendance in call.attended():
            await self._send(by, attendance)

    async def _keep(self, account: str, document: Json) -> None:
        """Write something into a person's own space, unless it is there, changed perhaps."""
        own = space_of(SpaceKind.PERSON, account)
        await self._spaces.create(own)
        if await self._spaces.read(own, document["_id"]) is None:
            await self._spaces.write(own, [document])

    async def _two_versions(self, conflict: Conflict) -> None:
        """Change one task on two devices that do not know of each other; the phone made two edits."""
        name = f"{ALL}:{TASK.name}:{self._script.items[conflict.task]}"
        base = self._database.get(name)
        if base is None or base.content["by"] != SERVER:
            return
        task: Json = {"_id": name, **base.content}
        office = self._script.changed(task, conflict.office, self._cast, conflict.by, "computer")
        phone = self._script.changed(task, conflict.phone, self._cast, conflict.by, "phone")
        await self._send(conflict.by, office, (base.rev,))
        first = _revision(base.rev, task | {"name": phone["name"], "by": phone["by"], "device": phone["device"]})
        await self._send(conflict.by, phone, (first, base.rev))

    async def _send(self, person: str, document: Json, history: tuple[str, ...] = ()) -> None:
        """Let a device of a person push one revision; `history` are the revisions before it, newest first."""
        who = await accounts.person(self._cast.accounts[person])
        access = await self._doorkeeper.access(who, self._script.space, who.language) if who else None
        revision = _revision(history[0] if history else None, document)
        pushed = Document(document["_id"], (revision, *history), body=_body(document))
        refused = await self._database.replicate([pushed], access)
        if access is None or refused:
            raise RuntimeError(f"the demo's {document['_id']} was not accepted: {refused}")


def _body(document: Mapping[str, Any]) -> bytes:
    content = {name: value for name, value in document.items() if not name.startswith("_")}
    return msgspec.json.encode(content, order="sorted")


def _revision(parent: str | None, document: Mapping[str, Any]) -> str:
    return following(parent, deleted=False, content=_body(document), attachments=[])
