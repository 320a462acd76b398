"""Emptying the journal beside the writer.

What is committed stands in the journal (`-wal`) until a checkpoint copies it into the file (sqlite.org/wal.html).
SQLite does that inside the commit which made the journal long: one request then waits for thousands of pages and two
more syncs to the disk. Here it goes in two steps:

    a thread copies what there is, while writing goes on  ▸  the writer copies the little that came meanwhile

Only when all was copied, and between two groups, can the journal begin again from its start; so the second step is the
writer's. Both are passive checkpoints: they wait for no reader, and no reader for them. How long the journal is cannot
be asked, so it is reckoned from the rows that changed; where that is wrong (few but large documents), SQLite still does
it by itself, at `LONGEST`.
"""

import logging
import sqlite3
import threading
from collections.abc import Callable

PAGES = 4_000
"""Reckoned length of the journal at which copying begins; 16 MB."""
LONGEST = 4 * PAGES
"""Pages at which SQLite does it inside a commit."""
ROWS_OF_A_PAGE = 4
PAGES_OF_A_COMMIT = 8
"""Those that each commit touches: counts, and the newest place of each table and index."""
_COPY = "PRAGMA wal_checkpoint(PASSIVE)"

log = logging.getLogger(__name__)


class Journal:
    """The journal of one file. `connect` opens the thread's own connection; all else belongs to the writer's thread."""

    def __init__(self, connection: sqlite3.Connection, connect: Callable[[], sqlite3.Connection]) -> None:
        self._connection = connection
        self._connect = connect
        self._copying: threading.Thread | None = None
        self._rows = connection.total_changes
        self._commits = 0
        connection.execute(f"PRAGMA wal_autocheckpoint = {LONGEST}")

    def committed(self) -> None:
        """Go on with emptying it, if there is need; called after each commit, when its requests were answered."""
        self._commits += 1
        if self._copying is None:
            if self._length() > PAGES:
                self._copying = threading.Thread(target=self._copy, name="store-journal", daemon=True)
                self._copying.start()
        elif not self._copying.is_alive():
            self._copying = None
            self._rows, self._commits = self._connection.total_changes, 0
            _checkpoint(self._connection)

    def close(self) -> None:
        """Wait for the thread."""
        if self._copying is not None:
            self._copying.join()

    def _length(self) -> int:
        return (self._connection.total_changes - self._rows) // ROWS_OF_A_PAGE + self._commits * PAGES_OF_A_COMMIT

    def _copy(self) -> None:
        try:
            connection = self._connect()
        except sqlite3.Error as error:
            log.warning("the journal cannot be copied: %s", error)
            return
        try:
            _checkpoint(connection)
        finally:
            connection.close()


def _checkpoint(connection: sqlite3.Connection) -> None:
    """Copy; on a full disk all stays in the journal, and the next time comes."""
    try:
        connection.execute(_COPY).fetchall()
    except sqlite3.Error as error:
        log.warning("the journal was not copied: %s", error)
