"""`_local` documents: a replicator's checkpoints, each person's own. Never replicated, never in a feed."""

from msgspec.json import encode

from sync.door.call import Answer, Call
from sync.door.common import opened
from sync.errors import CONFLICT, FORBIDDEN, NOT_FOUND, TOO_LARGE, SyncError
from sync.hooks import Access
from sync.intake import read_object
from sync.render import json_object
from sync.store import Local, WriteTransaction


async def get(call: Call) -> Answer:
    """`GET /{db}/_local/{id}`."""
    access, _ = await opened(call)
    name = call.path[2]
    with call.house.store.read(call.path[0]) as tx:
        local = tx.local(access.principal, name)
    if local is None:
        raise SyncError(NOT_FOUND)
    return Answer(json_object({"_id": f"_local/{name}", "_rev": f"0-{local.revision}"}, local.body) + b"\n")


async def put(call: Call) -> Answer:
    """`PUT /{db}/_local/{id}`: without a revision it replaces what is there, like CouchDB."""
    access, _ = await opened(call)
    return await keep(call, access, call.path[2], await call.body())


async def keep(call: Call, access: Access, name: str, data: bytes) -> Answer:
    """Keep a checkpoint of a signed-in person; one that nobody owns could be spoiled by anybody."""
    if not access.principal and not await call.house.hooks.administers(call.request):
        raise SyncError(FORBIDDEN)
    if len(data) > call.house.limits.document:
        raise SyncError(TOO_LARGE)
    told = read_object(data)
    rev = told.get("_rev")
    body = encode({member: value for member, value in told.items() if not member.startswith("_")})

    def work(tx: WriteTransaction) -> int:
        local = tx.local(access.principal, name)
        if rev not in (None, "0-0") and (local is None or rev != f"0-{local.revision}"):
            raise SyncError(CONFLICT)
        revision = local.revision + 1 if local and rev else 1
        tx.put_local(access.principal, name, Local(revision, body))
        return revision

    revision = await call.house.store.write(call.path[0], work)
    return Answer(encode({"ok": True, "id": f"_local/{name}", "rev": f"0-{revision}"}) + b"\n", 201)


async def delete(call: Call) -> Answer:
    """`DELETE /{db}/_local/{id}`."""
    access, _ = await opened(call)
    name = call.path[2]

    def work(tx: WriteTransaction) -> bool:
        return tx.delete_local(access.principal, name)

    if not await call.house.store.write(call.path[0], work):
        raise SyncError(NOT_FOUND)
    return Answer(encode({"ok": True, "id": f"_local/{name}", "rev": "0-0"}) + b"\n")
