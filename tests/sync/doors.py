"""A door in memory: an HTTP client that talks to the real routes over a real store, and persons with rights."""

from typing import Any

import httpx
from litestar import Litestar

from sync.door import routes
from sync.errors import FORBIDDEN, NO_DATABASE, SyncError
from sync.hooks import ACCEPT, OpenAccess, Reading, Refuse
from sync.limits import Limits


class OpenHouse:
    def __init__(self, store):
        self.store = store

    async def access(self, request, database):
        return OpenAccess()

    async def databases(self, request):
        return [(name, OpenAccess()) for name in self.store.names()]

    async def administers(self, request):
        return True


class Person:
    """Reads `partitions`; may write what does not say "bad"."""

    def __init__(self, principal: str, *partitions: str, gained: int = 0, lost: int = 0):
        self.principal = principal
        self.partitions = frozenset(partitions)
        self.gained, self.lost = gained, lost

    def reading(self, tx):
        return Reading(self.partitions, self.gained, self.lost)

    def judge(self, tx, new, stored):
        return Refuse("content", "That is not allowed.") if new.content.get("n") == "bad" else ACCEPT


class House:
    """Persons are known by the header `Person`; everybody else meets a closed door."""

    def __init__(self, *persons: Person):
        self.persons = {person.principal: person for person in persons}

    async def access(self, request, database):
        person = self.persons.get(request.headers.get("person", ""))
        if person is None or database != "home":
            raise SyncError(NO_DATABASE)
        return person

    async def databases(self, request):
        person = self.persons.get(request.headers.get("person", ""))
        if person is None:
            raise SyncError(FORBIDDEN)
        return [("home", person)]

    async def administers(self, request):
        return False


def a_client(store: Any, house: Any, person: str = "", limits: Limits | None = None) -> httpx.AsyncClient:
    """A client of the door at /db, as `person`."""
    app = Litestar([routes(store, house, limits=limits)], openapi_config=None, logging_config=None)
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    headers = {"Person": person, "Accept": "application/json"}
    return httpx.AsyncClient(transport=transport, base_url="http://door/db", headers=headers, timeout=20)
