"""A database as a whole (CouchDB, `/{db}`)."""

import re
import secrets
from typing import Any

from msgspec.json import encode

from sync import changes
from sync.door.call import Answer, Call
from sync.door.common import administer, opened, written
from sync.errors import BAD_NAME, BAD_REQUEST, DATABASE_EXISTS, NO_DATABASE, SyncError
from sync.hooks import Reading
from sync.intake import read_document, read_json
from sync.rows import Info
from sync.store import WriteTransaction

_NAME = re.compile(r"[a-z][a-z0-9_$()+/-]{0,237}")
_REVS_LIMIT = 100_000


async def info(call: Call) -> Answer:
    """`GET /{db}`; a restricted reader is told the numbers of what may be read."""
    access, _ = await opened(call)
    with call.house.store.read(call.path[0]) as tx:
        reading = access.reading(tx)
        return Answer(encode(described(tx.info(reading.partitions), reading)))


def described(info: Info, reading: Reading) -> dict[str, Any]:
    """The description of a database for one reader."""
    return {
        "db_name": info.name,
        "instance_start_time": "0",
        "update_seq": changes.spell(info.number, info, reading),
        "purge_seq": info.purges,
        "doc_count": info.documents,
        "doc_del_count": info.deleted,
        "gained": reading.gained,
        "lost": reading.lost,
        "sizes": {"file": 0, "external": 0, "active": 0},
        "compact_running": False,
        "disk_format_version": 8,
        "props": {},
        "cluster": {"q": 1, "n": 1, "w": 1, "r": 1},
    }


async def create(call: Call) -> Answer:
    """`PUT /{db}`."""
    await administer(call)
    if _NAME.fullmatch(call.path[0]) is None:
        raise SyncError(BAD_NAME)
    if not await call.house.store.create(call.path[0]):
        raise SyncError(DATABASE_EXISTS)
    return Answer(b'{"ok":true}\n', 201, {"Location": "/" + call.path[0]})


async def delete(call: Call) -> Answer:
    """`DELETE /{db}`."""
    await administer(call)
    if "rev" in call.query:
        raise SyncError(BAD_REQUEST, "You tried to DELETE a database with a ?=rev parameter. Did you mean a document?")
    if not await call.house.store.delete(call.path[0]):
        raise SyncError(NO_DATABASE)
    return Answer(b'{"ok":true}\n')


async def post(call: Call) -> Answer:
    """`POST /{db}`: a new document, whose id the server gives when it has none."""
    access, database = await opened(call)
    told = await call.object()
    document = read_document(await call.body(), call.house.limits, told.get("_id", secrets.token_hex(16)))
    await call.charge(access, 1)
    return written(await database.edit_one(document, access), call.path[0])


async def full_commit(call: Call) -> Answer:
    """`POST /{db}/_ensure_full_commit`: nothing is answered here before it is durable."""
    await opened(call)
    return Answer(b'{"ok":true,"instance_start_time":"0"}\n', 201)


async def security(call: Call) -> Answer:
    """`GET /{db}/_security`: rights are the house's, not a document's."""
    await opened(call)
    return Answer(b'{"members":{"roles":[]},"admins":{"roles":[]}}\n')


async def revs_limit(call: Call) -> Answer:
    """`GET` and `PUT /{db}/_revs_limit`."""
    if call.method == "GET":
        await opened(call)
        with call.house.store.read(call.path[0]) as tx:
            return Answer(b"%d\n" % tx.info().revs_limit)
    await administer(call)
    limit: Any = read_json(await call.body())
    if not isinstance(limit, int) or isinstance(limit, bool) or not 0 < limit <= _REVS_LIMIT:
        raise SyncError(BAD_REQUEST, "Rev limit has to be an integer greater than 0.")

    def work(tx: WriteTransaction) -> None:
        tx.set_revs_limit(limit)

    await call.house.store.write(call.path[0], work)
    return Answer(b'{"ok":true}\n')
