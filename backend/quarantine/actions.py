"""Carrying refused work to the administrators, and carrying out what they decide.

Each step says what is and can be done again: a follower that was killed in between starts over and nothing happens
twice. The space of the process is written first and the author told last.
"""

from datetime import datetime
from typing import Any

import msgspec

from backend.kit.envelope import written_by_server
from backend.kit.ids import split_id
from backend.kit.spaces import ALL, SpaceKind, Spaces, kind_of, space_of
from backend.kit.types import DocumentTypes
from backend.kit.words import FileRef
from backend.quarantine import queries
from backend.quarantine.documents import (
    HANDOVER,
    HANDOVER_ANSWER,
    QUARANTINE_DECISION,
    QUARANTINED,
    Handover,
    Outcome,
    Quarantined,
)
from backend.quarantine.domain import MOST_WAITING, key_of, to_be_let_in

ADMIN = "admin"
_TREE = ("process", "phase", "objective", "task")


class Quarantine:
    """The two ways between an author and the administrators."""

    def __init__(self, spaces: Spaces, types: DocumentTypes) -> None:
        self._spaces = spaces
        self._types = types

    async def hand_over(self, account: str, key: str, at: datetime) -> None:
        """Show the administrators what an author handed over; `key` is that of the author's document."""
        stored = await self._spaces.read(space_of(SpaceKind.PERSON, account), f"{ALL}:{HANDOVER.name}:{key}")
        if stored is None:
            return
        handover = HANDOVER.read(stored)
        process = kind_of(handover.space)
        member = await queries.member_ever(account, process[1]) if process else None
        if member is None or not await self._has_a_place(handover, *member):
            await self._tell(account, key, "impossible", "", at)
            return
        quarantined = key_of(member[0], handover.document)
        known = await self._read(handover.space, quarantined)
        if known is None or known.outcome == "withdrawn":
            known = await self._show(account, handover, quarantined, member, at)
        await self._tell(account, key, known.outcome, known.answer, at)

    async def decide(self, space: str, key: str, at: datetime) -> None:
        """Carry out an administrator's decision, unless another one was carried out before."""
        decision = await self._spaces.read(space, f"{ADMIN}:{QUARANTINE_DECISION.name}:{key}")
        known = await self._read(space, key)
        if decision is None or known is None:
            return
        if known.outcome == "waiting":
            said = QUARANTINE_DECISION.read(decision)
            outcome: Outcome = "declined"
            if said.accept:
                outcome = "accepted" if await self._let_in(space, known) else "impossible"
            known = await self._settle(space, key, outcome, said.answer, at)
        if account := await queries.account_of(known.member):
            name = f"{space}~{known.document['_id']}~{known.document['_rev']}"
            await self._tell(account, name, known.outcome, known.answer, at)

    async def take_back(self, account: str, key: str, at: datetime) -> None:
        """The author deleted the handover: nobody has to decide any more."""
        space, _, revision = key.partition("~")
        identifier, _, rev = revision.rpartition("~")
        process = kind_of(space)
        member = await queries.member_ever(account, process[1]) if process else None
        if member is None or await self._spaces.read(
            space_of(SpaceKind.PERSON, account), f"{ALL}:{HANDOVER.name}:{key}"
        ):
            return
        quarantined = key_of(member[0], {"_id": identifier, "_rev": rev})
        known = await self._read(space, quarantined)
        if known is not None and known.outcome == "waiting":
            await self._settle(space, quarantined, "withdrawn", "", at)

    async def file_arrived(self, space: str, sha256: str) -> None:
        """A file came into somebody's own space, perhaps after the work that names it: show it as well."""
        owner = kind_of(space)
        if owner is None or owner[0] is not SpaceKind.PERSON:
            return
        for stored in await self._spaces.list(space, ALL, HANDOVER.name):
            handover = HANDOVER.read(stored)
            if any(file.sha256 == sha256 for file in handover.files):
                await self._spaces.copy_file((space, ALL), (handover.space, ADMIN), sha256)

    async def _has_a_place(self, handover: Handover, member: str, _name: str) -> bool:
        if await self._whole(handover.space, member, handover.document) is None:
            return False
        waiting = await self._spaces.list(handover.space, ADMIN, QUARANTINED.name)
        mine = [one for one in waiting if one["member"] == member and one["outcome"] == "waiting"]
        return len(mine) < MOST_WAITING

    async def _whole(self, space: str, member: str, document: dict[str, Any]) -> dict[str, Any] | None:
        """Return the revision that would take effect, if it has a place in the process as it is now."""
        name = split_id(str(document.get("_id")))
        if name is None or not await self._spaces.exists(space):
            return None
        if name.partition != ALL and not await self._in_tree(space, name.partition):
            return None
        return to_be_let_in(self._types, member, document, await self._spaces.read(space, str(name)))

    async def _in_tree(self, space: str, item: str) -> bool:
        found = [await self._spaces.read(space, f"{ALL}:{kind}:{item}") for kind in _TREE]
        return any(found)

    async def _show(
        self, account: str, handover: Handover, key: str, member: tuple[str, str], at: datetime
    ) -> Quarantined:
        members = {
            "member": member[0],
            "name": member[1],
            "document": handover.document,
            "reason": handover.reason,
            "title": handover.title,
            "note": handover.note,
            "files": msgspec.to_builtins(handover.files),
            "outcome": "waiting",
            "answer": "",
        }
        shown = written_by_server(QUARANTINED, key, members, lang=handover.lang, at=at, partition=ADMIN)
        await self._copy(handover.files, (space_of(SpaceKind.PERSON, account), ALL), (handover.space, ADMIN))
        await self._spaces.write(handover.space, [shown])
        return QUARANTINED.read(shown)

    async def _let_in(self, space: str, known: Quarantined) -> bool:
        whole = await self._whole(space, known.member, known.document)
        if whole is None:
            return False
        name = split_id(whole["_id"])
        if name and name.partition != ADMIN:
            await self._copy(known.files, (space, ADMIN), (space, name.partition))
        if "_rev" in whole:
            await self._spaces.admit(space, whole)
        else:
            await self._spaces.write(space, [whole])
        return True

    async def _settle(self, space: str, key: str, outcome: Outcome, answer: str, at: datetime) -> Quarantined:
        stored = await self._spaces.read(space, f"{ADMIN}:{QUARANTINED.name}:{key}") or {}
        kept = {name: stored.get(name) for name in QUARANTINED.members}
        members = {**kept, "outcome": outcome, "answer": answer}
        settled = written_by_server(QUARANTINED, key, members, lang=stored["lang"], at=at, partition=ADMIN)
        await self._spaces.write(space, [settled])
        return QUARANTINED.read(settled)

    async def _tell(self, account: str, key: str, outcome: Outcome, answer: str, at: datetime) -> None:
        own = space_of(SpaceKind.PERSON, account)
        told = written_by_server(HANDOVER_ANSWER, key, {"outcome": outcome, "answer": answer}, lang="en", at=at)
        rescued = f"{ALL}:rescued:{key}"
        closed = [{"_id": rescued, "_deleted": True}] if outcome == "accepted" else []
        await self._spaces.write(own, [told, *closed])

    async def _read(self, space: str, key: str) -> Quarantined | None:
        stored = await self._spaces.read(space, f"{ADMIN}:{QUARANTINED.name}:{key}")
        return QUARANTINED.read(stored) if stored else None

    async def _copy(self, files: list[FileRef], source: tuple[str, str], target: tuple[str, str]) -> None:
        for file in files:
            await self._spaces.copy_file(source, target, file.sha256)
