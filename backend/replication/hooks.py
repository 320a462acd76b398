"""What the replication door asks about people: who is this, which spaces are theirs, what may they do there.

Put together once, when the program starts:

    store = SqliteStore(data / "spaces.db", index=index)          # backend.replication.index
    doorkeeper = Doorkeeper(store)
    hooks = SpaceHooks(doorkeeper, sessions)                      # accounts.sessions.Sessions
    routes = door.routes(store, hooks, prefix="/db")

A space that somebody may not read answers exactly like one that does not exist; who is not signed in is told to sign in
for every name but the commons', whether it exists or not.
"""

from functools import partial
from hashlib import sha256
from typing import Any

from backend.accounts.domain import Person
from backend.accounts.sessions import Sessions
from backend.accounts.tables import Session
from backend.kit.languages import preferred
from backend.kit.remembered import Remembered
from backend.kit.spaces import COMMONS
from backend.replication.access import SpaceAccess
from backend.replication.doorkeeper import Doorkeeper
from sync.errors import NO_DATABASE, UNAUTHORIZED, SyncError
from sync.hooks import Access

_BEGAN = "feed began with"
_KEY = "what the request shows"
_PATIENCE = 3600.0
"""Seconds after which a session that nobody ended is looked at again: it ends by itself one day."""
_SHOWN = ("cookie", "authorization")
"""What a request shows to say whose it is."""


class SpaceHooks:
    """The door's hooks: a request's session becomes an access."""

    def __init__(self, doorkeeper: Doorkeeper, sessions: Sessions) -> None:
        self._doorkeeper = doorkeeper
        self._sessions = sessions
        self._people = Remembered[bytes, Person | None]((Session,), seconds=_PATIENCE, added=False)

    async def access(self, request: Any, database: str) -> SpaceAccess:
        """Return the access of who asks. Raises SyncError: sign in first, or there is no such database."""
        person, language = await self._who(request)
        found = await self._doorkeeper.access(person, database, language)
        if found is None:
            raise SyncError(UNAUTHORIZED if person is None and database != COMMONS else NO_DATABASE)
        return found

    async def databases(self, request: Any) -> list[tuple[str, Access]]:
        """Return the spaces of who asks. Raises SyncError when the session of a feed that stays open has ended."""
        person, language = await self._who(request)
        return [*await self._doorkeeper.all(person, language)]

    async def administers(self, request: Any) -> bool:  # noqa: ARG002 — the engine's signature
        """Spaces are made and removed by the rooms, never over the door."""
        return False

    async def _who(self, request: Any) -> tuple[Person | None, str]:
        """Return who asks. A feed that stays open asks again and again, and ends with the session it began with."""
        state = request.scope["state"]
        if _KEY not in state:
            shown = "\n".join(request.headers.get(name, "") for name in _SHOWN)
            state[_KEY] = sha256(shown.encode()).digest()
        person = await self._people.get(state[_KEY], partial(self._sessions.again, request))
        account = person.id if person else ""
        if state.setdefault(_BEGAN, account) != account:
            raise SyncError(UNAUTHORIZED)
        return person, language_of(person, request)


def language_of(person: Person | None, request: Any) -> str:
    """Return the language to answer in: that of the screens in front of the person, else the one of their account."""
    asked = request.headers.get("accept-language")
    return person.language if person and not asked else preferred(asked)
