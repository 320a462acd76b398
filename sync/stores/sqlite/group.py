"""One writer's thread for one file: requests that wait together are committed together.

    loop ──submit──▶ queue ──▶ BEGIN │ SAVEPOINT request RELEASE │ SAVEPOINT request RELEASE │ COMMIT ──▶ answers

A request that fails is rolled back to its savepoint and the others go on. Nobody is answered before the commit, which
with `synchronous = FULL` is on the disk; one sync to the disk then serves many small requests. A commit that fails (a
full disk) takes the whole group back, and each of its requests is told so.
"""

import asyncio
import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Any

from sync.errors import BEHIND, NO_SPACE, SyncError
from sync.recent import Commit
from sync.stores.sqlite.journal import Journal
from sync.stores.sqlite.writer import Counters

GROUP = 256
"""Requests of one commit at most."""
PATIENCE = 0.03
"""Seconds after which a group is committed although more requests wait."""

log = logging.getLogger(__name__)


Commits = dict[str, Commit]
"""Databases and what a request did to each."""

Work = Callable[[Counters], tuple[Any, Commits]]


class Request:
    """Work to be done in a transaction, and who waits for the result."""

    __slots__ = ("commits", "error", "future", "result", "work")

    def __init__(self, work: Work, future: asyncio.Future[Any]) -> None:
        self.work = work
        self.future = future
        self.result: Any = None
        self.error: BaseException | None = None
        self.commits: Commits = {}


class Writer:
    """The thread, its connection and its queue. `committed` runs on the loop after each commit, before the answers."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        journal: Journal,
        loop: asyncio.AbstractEventLoop,
        committed: Callable[[int, list[Request]], None],
    ) -> None:
        self._connection = connection
        self._journal = journal
        self._loop = loop
        self._committed = committed
        self._queue: SimpleQueue[Request | None] = SimpleQueue()
        self.counters = Counters(*connection.execute("SELECT number, body FROM state").fetchone())
        self._thread = threading.Thread(target=self._run, name="store-writer", daemon=True)
        self._thread.start()

    def submit(self, work: Work) -> asyncio.Future[Any]:
        """Queue work; the future holds its result once it is durable."""
        future = self._loop.create_future()
        self._queue.put(Request(work, future))
        return future

    def close(self) -> None:
        """Finish what is queued and end."""
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        going = True
        while going:
            request = self._queue.get()
            group: list[Request] = []
            before = Counters(self.counters.number, self.counters.body)
            try:
                if request is not None:
                    self._connection.execute("BEGIN IMMEDIATE")
                going = self._collect(request, group)
                if group:
                    self._commit(before)
            except sqlite3.Error as error:
                if request is not None and not group:
                    group.append(request)
                self._undo(group, before, error)
            if group:
                self._loop.call_soon_threadsafe(self._answer, self.counters.number, group)
                self._journal.committed()
        self._journal.close()

    def _collect(self, request: Request | None, group: list[Request]) -> bool:
        """Do requests until none waits or the group is full; False when the writer is to end."""
        end = time.monotonic() + PATIENCE
        while request is not None:
            group.append(request)
            self._do(request)
            if len(group) >= GROUP or time.monotonic() > end:
                return True
            try:
                request = self._queue.get_nowait()
            except Empty:
                return True
        return False

    def _do(self, request: Request) -> None:
        number, body = self.counters.number, self.counters.body
        self._connection.execute("SAVEPOINT request")
        try:
            request.result, request.commits = request.work(self.counters)
        except sqlite3.OperationalError:
            raise
        except Exception as error:  # noqa: BLE001 — whatever a request's own work raises belongs to its caller
            request.error = error
            self.counters.number, self.counters.body = number, body
            self._connection.execute("ROLLBACK TO request")
        self._connection.execute("RELEASE request")

    def _commit(self, before: Counters) -> None:
        now = self.counters
        if now != before:
            self._connection.execute("UPDATE state SET number = ?, body = ?", (now.number, now.body))
        self._connection.execute("COMMIT")

    def _undo(self, group: list[Request], before: Counters, error: sqlite3.Error) -> None:
        log.error("a group of %d writes was taken back: %s", len(group), error)
        full = getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL
        self.counters.number, self.counters.body = before.number, before.body
        for request in group:
            request.error = SyncError(NO_SPACE if full else BEHIND, retry_after=60)
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def _answer(self, number: int, group: list[Request]) -> None:
        self._committed(number, group)
        for request in group:
            if request.future.cancelled():
                continue
            if request.error is None:
                request.future.set_result(request.result)
            else:
                request.future.set_exception(request.error)
