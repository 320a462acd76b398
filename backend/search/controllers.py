"""HTTP of this room: search over what is public or mine."""

import asyncio
import re
from typing import Annotated, Any, Protocol, runtime_checkable

from litestar import Controller, Request, get
from litestar.di import NamedDependency
from litestar.params import FromQuery
from msgspec import Meta, Struct

from backend.accounts.domain import Person
from backend.accounts.sessions import Sessions
from backend.kit import errors
from backend.kit.errors import Problem
from backend.kit.ids import split_id
from backend.kit.languages import DEFAULT
from backend.kit.problems import told
from backend.kit.ratelimit import RateLimit, site_of
from backend.search.actions import Search
from backend.search.domain import question
from backend.search.queries import Found, place
from sync.hooks import Access
from sync.store import Store

PAGE = 20
MAX_QUESTION = 200
"""Characters."""
_AFTER = re.compile("(?:[nb][0-9]{1,18})?")


class SearchLimit(RateLimit):
    """How often one person, or one household without an account, may ask: as fast as one types."""

    def __init__(self) -> None:
        super().__init__(burst=60, seconds=60)


class Piece(Struct):
    """A part of the words around a hit."""

    text: str
    found: bool


class Hit(Struct):
    """A document that says what was asked for."""

    space: str
    id: str
    type: str
    name: dict[str, str]
    """What it is called, by language; of what has no name its first words."""
    snippet: list[Piece]


class Hits(Struct):
    """A page of hits: first what says it in its name, the newest first. How many there are is not counted."""

    hits: list[Hit]
    after: str | None
    """What to ask `after` for the next page; null on the last one."""


@runtime_checkable  # Litestar checks what it injects
class Doors(Protocol):
    """Who may read what; `backend.replication` answers as for documents."""

    @property
    def store(self) -> Store:
        """The store behind the doors."""
        ...

    async def all(self, person: Person | None, language: str) -> list[tuple[str, Access]]:
        """Return all spaces of a person with the access to each."""
        ...


class SearchController(Controller):
    """What is public or mine, by its words."""

    path = "/search"
    tags = ("search",)

    @get(summary="Search", responses=told(errors.INVALID_REQUEST, errors.TOO_MANY_REQUESTS))
    async def search(
        self,
        request: Request[Any, Any, Any],
        sessions: NamedDependency[Sessions],
        doorkeeper: NamedDependency[Doors],
        word_index: NamedDependency[Search],
        search_limit: NamedDependency[SearchLimit],
        q: FromQuery[Annotated[str, Meta(max_length=MAX_QUESTION)]] = "",
        after: FromQuery[Annotated[str, Meta(max_length=19)]] = "",
    ) -> Hits:
        """Answer with documents that say every word of `q`, or a word that begins so; accents and case do not matter.

        Without an account that is what is public; with one, also what the person may read in their processes.
        """
        if len(q) > MAX_QUESTION or not _AFTER.fullmatch(after):
            raise Problem(errors.INVALID_REQUEST, reason="q or after")
        person = await sessions.person(request)
        wait = search_limit.take(person.id if person else site_of(request.client.host if request.client else ""))
        if wait:
            raise Problem(errors.TOO_MANY_REQUESTS, headers={"retry-after": str(int(wait) + 1)}, seconds=int(wait) + 1)
        asked = question(q)
        if asked is None:
            return Hits([], None)
        places = await _readable(doorkeeper, person)
        before = (after[0] == "n", int(after[1:])) if after else None
        found = await asyncio.to_thread(word_index.index.find, asked, places, before=before, limit=PAGE + 1)
        page, more = found[:PAGE], len(found) > PAGE
        return Hits([_hit(one) for one in page], _place(page[-1]) if more else None)


async def _readable(doorkeeper: Doors, person: Person | None) -> set[str]:
    """Return the places the person may read now, asked of the one answer to «who may»."""
    places: set[str] = set()
    for space, access in await doorkeeper.all(person, DEFAULT):
        with doorkeeper.store.read(space) as tx:
            partitions = access.reading(tx).partitions
        places.update(place(space, one) for one in partitions or ())
    return places


def _place(one: Found) -> str:
    return f"{'n' if one.in_name else 'b'}{one.number}"


def _hit(one: Found) -> Hit:
    name = split_id(one.document)
    pieces = [Piece(text, found) for text, found in one.snippet]
    return Hit(one.space, one.document, name.type if name else "", one.name, pieces)
