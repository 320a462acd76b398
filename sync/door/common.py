"""What several rooms of the door need."""

from urllib.parse import quote

from msgspec.json import encode

from sync.database import Database
from sync.door.call import Answer, Call
from sync.errors import FORBIDDEN, NO_DATABASE, SyncError
from sync.hooks import Access
from sync.writing import Outcome


async def opened(call: Call) -> tuple[Access, Database]:
    """Who asks and the database, which must exist and be readable."""
    access = await call.access()
    if not call.house.store.exists(call.path[0]):
        raise SyncError(NO_DATABASE)
    return access, call.database()


async def administer(call: Call) -> None:
    """Only administrators of the house pass."""
    if not await call.house.hooks.administers(call.request):
        raise SyncError(FORBIDDEN)


def written(outcome: Outcome, database: str, status: int = 201) -> Answer:
    """The answer to one written document."""
    body = encode({"ok": True, "id": outcome.id, "rev": outcome.rev})
    address = f"/{quote(database, safe='')}/{quote(outcome.id, safe='')}"
    return Answer(body + b"\n", status, {"ETag": f'"{outcome.rev}"', "Location": address})
