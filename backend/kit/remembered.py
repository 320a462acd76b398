"""Answers from rows that are asked for again and again, kept in memory until a table they were made from is written.

A phone that replicates asks «who is this, and what may they do?» with each of its requests, ten thousand waiting phones
ask it at each change; the answer changes a few times a year. The engine counts the writes to each table (`Writes`), and
an answer is good as long as the counts are those that stood *before* it was asked for.
Deleting a row may change the rows that refer to it, so an answer watches what its own tables refer to as well.

Only where one process does all the writing can it count them. Over PostgreSQL nothing is remembered.
"""

import re
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Hashable, Iterable
from typing import Any, Generic, TypeVar, cast

from piccolo.table import Table

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
DAY = 86_400.0
MOST = 20_000
"""Answers kept of one kind; when there are more, all are asked for again."""
_WRITE = re.compile(r'\s*(INSERT)?(?:\s+INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)"?', re.IGNORECASE)


class Writes:
    """How often each table was written. A statement that is not understood counts for all."""

    def __init__(self) -> None:
        self._added = Counter[str]()
        self._changed = Counter[str]()
        self._others = 0
        self.noted = 0
        """How often anything was written."""

    def note(self, statement: str) -> None:
        """Count a statement that has changed rows, after its effect can be seen."""
        found = _WRITE.match(statement)
        if found is None:
            self._others += 1
        else:
            (self._added if found[1] else self._changed)[found[2]] += 1
        self.noted += 1

    def of(self, tables: Iterable[str], *, added: bool) -> int:
        """Return a number that moves whenever one of the tables is written, `added`: also by a row more."""
        changed = self._others + sum(self._changed[name] for name in tables)
        return changed + sum(self._added[name] for name in tables) if added else changed


class Remembered(Generic[Key, Value]):
    """Answers of one kind by what was asked.

    `seconds` is how long one is kept, for what changes with time alone. `added` False: a new row does not change an
    answer (somebody's sign-in is not another's); an answer None is then not kept.
    """

    def __init__(
        self,
        tables: Iterable[type[Table]],
        *,
        seconds: float = DAY,
        added: bool = True,
        most: int = MOST,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._tables = tuple(tables)
        self._names = frozenset(one._meta.tablename for one in _with_parents(self._tables))  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] — Piccolo's documented way
        self._seconds = seconds
        self._added = added
        self._most = most
        self._clock = clock
        self._kept: dict[Key, tuple[int, float, Value]] = {}
        self._seen: tuple[Writes, int] | None = None
        self._count = 0

    async def get(self, key: Key, ask: Callable[[], Awaitable[Value]]) -> Value:
        """Return the remembered answer, the very same object, or ask."""
        state = self._state()
        if state is None:
            return await ask()
        now = self._clock()
        kept = self._kept.get(key)
        if kept is not None and kept[0] == state and kept[1] > now:
            return kept[2]
        value = await ask()
        if value is None and not self._added:
            return value
        if len(self._kept) >= self._most:
            self._kept.clear()
        self._kept[key] = state, now + self._seconds, value
        return value

    def _state(self) -> int | None:
        """The count of writes to the tables; None when others may write them too."""
        engine = cast("object", self._tables[0]._meta.db)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] — as above
        writes = getattr(engine, "writes", None)
        if not isinstance(writes, Writes):
            return None
        seen = writes, writes.noted
        if self._seen != seen:
            self._count = writes.of(self._names, added=self._added)
            self._seen = seen
        return self._count


def _with_parents(tables: Iterable[type[Table]]) -> set[type[Table]]:
    """Return the tables and all they refer to, however far."""
    found: set[type[Table]] = set()
    waiting = [*tables]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            columns = cast("list[Any]", one._meta.foreign_key_columns)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] — as above
            waiting += [column._foreign_key_meta.resolved_references for column in columns]  # noqa: SLF001 — as above
    return found
