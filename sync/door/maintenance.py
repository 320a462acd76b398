"""Compaction and purging over HTTP, for administrators of the house."""

from typing import Any, cast

from msgspec.json import encode

from sync import revision
from sync.compaction import compact as compact_database
from sync.compaction import drop_blobs
from sync.compaction import purge as purge_document
from sync.door.call import Answer, Call
from sync.door.common import administer
from sync.errors import BAD_REQUEST, TOO_LARGE, SyncError
from sync.store import WriteTransaction


async def compact(call: Call) -> Answer:
    """`POST /{db}/_compact`: answered when it is done."""
    await administer(call)
    call.json_only()
    await compact_database(call.house.store, call.path[0])
    return Answer(b'{"ok":true}\n', 202)


async def purge(call: Call) -> Answer:
    """`POST /{db}/_purge`: `{id: [leaves]}`."""
    await administer(call)
    asked = await call.object()
    if len(asked) > call.house.limits.rows:
        raise SyncError(TOO_LARGE)
    wanted = {name: _revisions(revs) for name, revs in asked.items()}

    def work(tx: WriteTransaction) -> dict[str, list[str]]:
        purged = {name: purge_document(tx, name, revs) for name, revs in wanted.items()}
        drop_blobs(tx)
        return purged

    purged = await call.house.store.write(call.path[0], work)
    return Answer(encode({"purge_seq": None, "purged": purged}) + b"\n", 201)


def _revisions(told: Any) -> list[str]:
    if not isinstance(told, list):
        raise SyncError(BAD_REQUEST, "Revisions of a document must be a list.")
    return [revision.check(one) for one in cast("list[Any]", told)]
