"""What belongs to the server and not to one database."""

import secrets

from msgspec.json import encode

from sync.door.call import Answer, Call
from sync.errors import BAD_QUERY, FORBIDDEN, NOT_FOUND, SyncError
from sync.intake import read_object

UUIDS = 1000


async def welcome(call: Call) -> Answer:
    """`GET /`: PouchDB knows a CouchDB by `couchdb`, and names its checkpoints after `uuid`."""
    body = {"couchdb": "Welcome", "version": "3.5.0", "uuid": call.house.store.uuid, "vendor": {"name": "Interlink"}}
    return Answer(encode(body))


async def up(_: Call) -> Answer:
    """`GET /_up`."""
    return Answer(b'{"status":"ok"}')


async def session(_: Call) -> Answer:
    """`GET /_session`: sign-in is not the engine's; its answer names nobody."""
    return Answer(b'{"ok":true,"userCtx":{"name":null,"roles":[]},"info":{"authentication_handlers":[]}}\n')


async def no_session(_: Call) -> Answer:
    """`POST /_session`: 404 tells CouchDB's replicator to go on with the name and password in its address."""
    raise SyncError(NOT_FOUND)


async def uuids(call: Call) -> Answer:
    """`GET /_uuids`: at most 1,000 (CVE-2014-2668)."""
    count = call.number("count", 1, UUIDS + 1)
    if count > UUIDS:
        raise SyncError(BAD_QUERY, f"count must not be more than {UUIDS}.")
    return Answer(
        encode({"uuids": [secrets.token_hex(16) for _ in range(count)]}), headers={"Cache-Control": "no-store"}
    )


async def databases(call: Call) -> Answer:
    """`GET /_all_dbs`: mine."""
    return Answer(encode(sorted(name for name, _ in await call.house.hooks.databases(call.request))))


async def replicate(call: Call) -> Answer:
    """`POST /_replicate`: a server that calls addresses it is given would be a way into its network."""
    read_object(await call.body())
    raise SyncError(FORBIDDEN, "This server starts no replications; run `python -m sync replicate`.")
