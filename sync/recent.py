"""What changed lately, in memory: followers and waiting readers ask for it again and again, at each commit.

    commit ──▶ the newest changes, in order of their numbers   ──▶ followers (`feed`), waiting readers (`rows`)
           ──▶ the newest number of each partition             ──▶ the wake-up of devices (`info`)
           ──▶ how often the index area was written            ──▶ «may I still read the same?» (`indexed`)

All of it moves at one moment, on the event loop, after a commit is durable and before anybody is woken. So two
questions without a pause between them are answered from one state, as from a snapshot. A document has one place, that
of its newest change: its older one is struck out. What cannot be told from memory (older changes, a purge, new numbers
for a subtree) is answered None, and the caller reads the file.
"""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable

from msgspec import Struct, field
from msgspec.structs import replace

from sync.rows import FeedEntry, Info, Row

MOST = 20_000
"""Changes kept; the older half goes when there are twice as many."""
HEAVY = 10_000
"""Bytes of a row's leaves or tree beyond which it is not kept here."""
LOOK = 1_000
"""Changes of all databases to look at for one reader; who is further behind reads the file."""
DATABASES = 10_000
"""Databases whose numbers are kept."""


class Commit(Struct):
    """What one request did to one database."""

    partitions: dict[str, int] = field(default_factory=dict[str, int])
    """The partitions that were touched → the newest number in each, 0 where nothing got one."""
    rows: list[Row] = field(default_factory=list[Row])
    indexed: bool = False
    moved: bool = False
    """Rows have gone, or got other numbers without being saved."""
    whole: bool = False
    """The database was made, deleted or given another epoch."""


class Known(Struct):
    """The numbers of one database."""

    info: Info
    partitions: dict[str, int]


class Recent:
    """The memory of one store. `load` reads a database's numbers from the file; it raises when there is no such one."""

    def __init__(self, number: int, load: Callable[[str], tuple[Info, dict[str, int]]], *, most: int = MOST) -> None:
        self._load = load
        self._most = most
        self._known: dict[str, Known] = {}
        self._indexed: dict[str, int] = {}
        self._forget(number)

    def committed(self, number: int, commits: Iterable[tuple[str, Commit]]) -> None:
        """Take in what was written, in the order of its numbers; `number` is now the newest."""
        for database, commit in commits:
            if commit.indexed:
                self._indexed[database] = self._indexed.get(database, 0) + 1
            if commit.whole:
                self._known.pop(database, None)
                self._indexed[database] = self._indexed.get(database, 0) + 1
            if commit.moved or commit.whole:
                self._forget(number)
            else:
                self._add(database, commit.rows)
            if known := self._known.get(database):
                for name, newest in commit.partitions.items():
                    known.partitions[name] = max(newest, known.partitions.get(name, 0))
                    known.info.number = max(newest, known.info.number)
        if len(self._changes) > 2 * self._most:
            self._shorten()

    def feed(self, since: int, limit: int) -> list[FeedEntry] | None:
        """Changes of all databases behind `since`, in order; None when that reaches further back than memory."""
        if since < self._floor:
            return None
        found: list[FeedEntry] = []
        for change in self._changes[self._after(since) :]:
            if change is not None:
                found.append(change[0])
                if len(found) == limit:
                    break
        return found

    def rows(self, database: str, since: int) -> list[Row] | None:
        """Rows of one database behind `since`, in order; None when memory does not hold all of them."""
        if since < self._floor:
            return None
        changes = self._changes[self._after(since) :]
        if len(changes) > LOOK:
            return None
        return [change[1] for change in changes if change is not None and change[0].database == database]

    def info(self, database: str, partitions: Collection[str] | None) -> Info:
        """The database with the newest number of these partitions (None: of all); its counts may be old."""
        known = self._known.get(database)
        if known is None:
            if len(self._known) >= DATABASES:
                self._known.clear()
            known = self._known[database] = Known(*self._load(database))
        if partitions is None:
            return known.info
        numbers = known.partitions
        return replace(known.info, number=max((numbers.get(name, 0) for name in partitions), default=0))

    def indexed(self, database: str) -> int:
        """A count that moves with each change of the database's index area."""
        return self._indexed.get(database, 0)

    def _add(self, database: str, rows: list[Row]) -> None:
        heavy = [place for place, row in enumerate(rows) if len(row.tree) > HEAVY or len(row.leaves) > HEAVY]
        if heavy:
            self._forget(rows[heavy[-1]].number)
            rows = rows[heavy[-1] + 1 :]
        places, changes = self._places.setdefault(database, {}), self._changes
        for place, row in enumerate(rows, self._first + len(changes)):
            if (before := places.get(row.id)) is not None:
                changes[before - self._first] = None
            places[row.id] = place
            entry = FeedEntry(database, row.number, row.id, row.rev, row.deleted, row.leaves != "", row.body)
            changes.append((entry, row))
        self._numbers += [row.number for row in rows]

    def _after(self, since: int) -> int:
        """The place in the list where the changes behind `since` begin."""
        return bisect_right(self._numbers, since)

    def _forget(self, number: int) -> None:
        """Hold nothing any more; what is behind `number` will be here again."""
        self._floor = number
        self._first = 0
        self._changes: list[tuple[FeedEntry, Row] | None] = []
        self._numbers: list[int] = []
        self._places: dict[str, dict[str, int]] = {}

    def _shorten(self) -> None:
        gone = len(self._changes) - self._most
        for change in self._changes[:gone]:
            if change is not None:
                del self._places[change[0].database][change[0].id]
        self._floor = self._numbers[gone - 1]
        self._first += gone
        del self._changes[:gone], self._numbers[:gone]
