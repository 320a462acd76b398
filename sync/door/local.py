"""`_local` documents: a replicator's checkpoints, each person's own. Never replicated, never in a feed."""

from typing import Any

from msgspec import Raw
from msgspec.json import encode

from sync.door.call import Answer, Call
from sync.door.common import opened
from sync.errors import CONFLICT, FORBIDDEN, NOT_FOUND, TOO_LARGE, SyncError
from sync.hooks import Access
from sync.intake import check_id, read_object
from sync.render import json_object
from sync.rows import Local
from sync.store import WriteTransaction
from sync.writing import Outcome

PREFIX = "_local/"


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
    await call.charge(access, 1)
    return _answer(await _keep(call, access, call.path[2], await call.body()), 201)


async def delete(call: Call) -> Answer:
    """`DELETE /{db}/_local/{id}`."""
    access, _ = await opened(call)
    return _answer(await _forget(call, access, call.path[2]), 200)


async def in_batch(call: Call, access: Access, docs: list[Raw]) -> dict[int, Outcome]:
    """Keep the checkpoints in a batch of documents; what became of each, by its place."""
    outcomes: dict[int, Outcome] = {}
    for place, raw in enumerate(docs):
        told = read_object(raw)
        identifier: Any = told.get("_id")
        if not isinstance(identifier, str) or not identifier.startswith(PREFIX):
            continue
        name = identifier.removeprefix(PREFIX)
        try:
            outcomes[place] = await _keep(call, access, name, bytes(raw))
        except SyncError as error:
            if error.passing:
                raise
            outcomes[place] = Outcome(identifier, "", error.word, error.sentence)
    return outcomes


async def _keep(call: Call, access: Access, name: str, data: bytes) -> Outcome:
    """Keep (deleted: forget) a checkpoint of a signed-in person; one that nobody owns could be spoiled by anybody."""
    if not access.principal and not await call.house.hooks.administers(call.request):
        raise SyncError(FORBIDDEN)
    limits = call.house.limits
    check_id(name.lstrip("_") or "-", limits)  # it may begin with "_", as one of 64 of PouchDB's does
    if len(data) > limits.local:
        raise SyncError(TOO_LARGE, f"A _local document may have {limits.local} bytes.")
    told = read_object(data)
    if told.get("_deleted") is True:
        return await _forget(call, access, name)
    rev = told.get("_rev")
    body = encode({member: value for member, value in told.items() if not member.startswith("_")})

    def work(tx: WriteTransaction) -> int:
        local = tx.local(access.principal, name)
        if rev not in (None, "0-0") and (local is None or rev != f"0-{local.revision}"):
            raise SyncError(CONFLICT)
        if local is None and tx.local_count(access.principal) >= limits.locals:
            raise SyncError(FORBIDDEN, "Too many checkpoints are kept here for you already.")
        revision = local.revision + 1 if local and rev else 1
        tx.put_local(access.principal, name, Local(revision, body))
        return revision

    revision = await call.house.store.write(call.path[0], work)
    return Outcome(PREFIX + name, f"0-{revision}")


async def _forget(call: Call, access: Access, name: str) -> Outcome:
    def work(tx: WriteTransaction) -> bool:
        return tx.delete_local(access.principal, name)

    if not await call.house.store.write(call.path[0], work):
        raise SyncError(NOT_FOUND)
    return Outcome(PREFIX + name, "0-0")


def _answer(outcome: Outcome, status: int) -> Answer:
    return Answer(encode({"ok": True, "id": outcome.id, "rev": outcome.rev}) + b"\n", status)
