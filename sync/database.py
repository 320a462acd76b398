"""One database of a store: what the server itself, its followers and the door do with it.

The house uses `get`, `all`, `changes`, `write`, `transact`, `held`, `release` and `drop`; reads run on the spot, writes
are answered when they are durable. Trusted writes (no `access`) are not judged but indexed like all others.
"""

import time
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from sync.document import Document
from sync.errors import FORBIDDEN, SyncError
from sync.hooks import Accept, Access, Refuse, Verdict
from sync.intake import read_document
from sync.limits import OPEN, Limits
from sync.rows import FeedEntry, Held, Span
from sync.store import Store, WriteTransaction
from sync.winner import document
from sync.writing import Outcome, Writing, Written

Result = TypeVar("Result")
_LAST = "\U0010ffff"


class Database:
    """A handle: cheap to make, holds nothing. A missing database raises `SyncError` NO_DATABASE when it is used.

    `now` gives the time in seconds since 1970.
    """

    def __init__(self, store: Store, name: str, *, limits: Limits = OPEN, now: Callable[[], float] = time.time) -> None:
        self.store = store
        self.name = name
        self.limits = limits
        self._now = now

    def get(self, identifier: str) -> Document | None:
        """The winning revision; None when it is unknown or deleted."""
        with self.store.read(self.name) as tx:
            found = tx.winner(identifier)
        return None if found is None or found.deleted else found

    def all(self, prefix: str = "", *, after: str = "", limit: int = 1000) -> list[Document]:
        """Winners, not deleted, whose id begins with `prefix` and lies behind `after`, in order of ids."""
        first = max(prefix, after + "\0" if after else "")
        with self.store.read(self.name) as tx:
            rows = tx.range(Span(first, prefix + _LAST, limit=limit), None)
            bodies = tx.bodies([row.body for row in rows])
        return [document(row, bodies.get(row.body)) for row in rows]

    def pages(self, prefix: str = "", *, size: int = 1000) -> Iterator[list[Document]]:
        """Yield the same without end, page by page, each as the database is when it is asked for."""
        page = self.all(prefix, limit=size)
        while page:
            yield page
            page = self.all(prefix, after=page[-1].id, limit=size) if len(page) == size else []

    def changes(self, since: int = 0, *, limit: int = 1000) -> list[FeedEntry]:
        """Newest change of each document behind `since` (a plain number of the store), in order."""
        with self.store.read(self.name) as tx:
            rows = tx.changed(None, since, tx.number, limit)
        return [
            FeedEntry(self.name, row.number, row.id, row.rev, row.deleted, row.leaves != "", row.body) for row in rows
        ]

    async def write(self, documents: list[dict[str, Any]]) -> list[Written]:
        """Write the server's own documents in one transaction, each on top of its winner.

        `_id` is required, `_deleted` is obeyed, `_rev` is ignored. A document whose content equals the winner's (or is
        deleted already) writes no revision.
        """

        def work(tx: WriteTransaction) -> list[Written]:
            writing = self._writing(tx, None)
            writing.prepare(told["_id"] for told in documents)
            written = [writing.own(told) for told in documents]
            writing.finish()
            return written

        return await self.store.write(self.name, work)

    async def transact(self, work: Callable[[WriteTransaction], Result]) -> Result:
        """Run `work` on the writer's thread in one transaction (to build the index again, say)."""
        return await self.store.write(self.name, work)

    async def replicate(self, documents: list[Document], access: Access | None = None) -> list[Outcome]:
        """Merge revisions made elsewhere (`new_edits=false`); only the refused ones are answered."""

        def work(tx: WriteTransaction) -> list[Outcome]:
            writing = self._writing(tx, access)
            writing.prepare(new.id for new in documents)
            refused = writing.replicate_all(documents)
            writing.finish()
            return refused

        return await self.store.write(self.name, work)

    async def replicate_one(self, document: Document, access: Access | None = None) -> None:
        """Merge one revision made elsewhere; raises what stands against it."""

        def work(tx: WriteTransaction) -> Verdict:
            writing = self._writing(tx, access)
            writing.prepare((document.id,))
            verdict = writing.replicate(document)
            writing.finish()
            return verdict

        verdict = await self.store.write(self.name, work)
        if isinstance(verdict, Refuse):
            raise SyncError(FORBIDDEN, f"{verdict.word}: {verdict.sentence}")

    async def edit(self, documents: list[Document], access: Access | None = None) -> list[Outcome]:
        """Write new revisions, each after the leaf it names; one outcome for each document, in order."""

        def work(tx: WriteTransaction) -> list[Outcome]:
            writing = self._writing(tx, access)
            writing.prepare(new.id for new in documents)
            outcomes = [_edited(writing, new) for new in documents]
            writing.finish()
            return outcomes

        return await self.store.write(self.name, work)

    async def edit_one(self, told: Document, access: Access | None = None) -> Outcome:
        """Write one new revision; raises what stands against it."""

        def work(tx: WriteTransaction) -> Outcome:
            writing = self._writing(tx, access)
            writing.prepare((told.id,))
            outcome = writing.edit(told)
            writing.finish()
            return outcome

        return await self.store.write(self.name, work)

    def held(self, *, waits_for: str | None = None, before: int | None = None, limit: int = 1000) -> list[Held]:
        """Held revisions, oldest first; `before` in seconds since 1970."""
        with self.store.read(self.name) as tx:
            return tx.held(waits_for=waits_for, before=before, limit=limit)

    async def release(self, held: Held, access: Access) -> Verdict:
        """Judge a held revision again.

        Accepted: stored and no longer held. Hold: stays. Refuse: stays until `drop`, so that the caller can first keep
        it for its author.
        """
        new = read_document(held.document, OPEN)

        def work(tx: WriteTransaction) -> Verdict:
            writing = self._writing(tx, access)
            writing.prepare((new.id,))
            try:
                verdict = writing.replicate(new)
            except SyncError as error:
                if error.passing:
                    raise
                verdict = Refuse(error.word, error.sentence)
            if isinstance(verdict, Accept):
                tx.drop_held(held)
            writing.finish()
            return verdict

        return await self.store.write(self.name, work)

    async def drop(self, held: Held) -> None:
        """Forget a held revision."""

        def work(tx: WriteTransaction) -> None:
            tx.drop_held(held)

        await self.store.write(self.name, work)

    def _writing(self, tx: WriteTransaction, access: Access | None) -> Writing:
        return Writing(tx, self.store.index, access, self._now, self.limits)


def _edited(writing: Writing, told: Document) -> Outcome:
    try:
        return writing.edit(told)
    except SyncError as error:
        if error.passing:
            raise
        return Outcome(told.id, "", error.word, error.sentence)
