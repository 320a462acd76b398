"""Which address is which room: the table of the protocol's resources."""

from sync.door import (
    attachments,
    bulk,
    bulk_get,
    changes,
    databases,
    documents,
    listing,
    local,
    maintenance,
    server,
    updates,
)
from sync.door.call import Room
from sync.errors import BAD_REQUEST, METHOD_NOT_ALLOWED, NO_JAVASCRIPT, NOT_FOUND, SyncError

_SERVER: dict[str, dict[str, Room]] = {
    "": {"GET": server.welcome},
    "_up": {"GET": server.up},
    "_session": {"GET": server.session, "POST": server.no_session},
    "_uuids": {"GET": server.uuids},
    "_all_dbs": {"GET": server.databases},
    "_db_updates": {"GET": updates.updates},
    "_replicate": {"POST": server.replicate},
}
_DATABASE: dict[str, Room] = {
    "GET": databases.info,
    "PUT": databases.create,
    "DELETE": databases.delete,
    "POST": databases.post,
}
_RESOURCES: dict[str, dict[str, Room]] = {
    "_all_docs": {"GET": listing.all_docs, "POST": listing.all_docs},
    "_bulk_docs": {"POST": bulk.bulk_docs},
    "_bulk_get": {"POST": bulk_get.bulk_get},
    "_changes": {"GET": changes.changes, "POST": changes.changes},
    "_compact": {"POST": maintenance.compact},
    "_ensure_full_commit": {"POST": databases.full_commit},
    "_missing_revs": {"POST": bulk.missing_revs},
    "_purge": {"POST": maintenance.purge},
    "_revs_diff": {"POST": bulk.revs_diff},
    "_revs_limit": {"GET": databases.revs_limit, "PUT": databases.revs_limit},
    "_security": {"GET": databases.security},
}
_DOCUMENT: dict[str, Room] = {
    "GET": documents.get,
    "PUT": documents.put,
    "DELETE": documents.delete,
    "COPY": documents.copy,
}
_LOCAL: dict[str, Room] = {"GET": local.get, "PUT": local.put, "DELETE": local.delete}
_ATTACHMENT: dict[str, Room] = {"GET": attachments.get, "PUT": attachments.put, "DELETE": attachments.delete}
_PROGRAMS = {"_view", "_show", "_list", "_update", "_rewrite", "_search", "_info"}


def room(method: str, path: tuple[str, ...]) -> Room:
    """The room for a method and a decoded address; 404 or 405 when there is none."""
    table = _table(path)
    found = table.get(method)
    if found is None:
        raise SyncError(METHOD_NOT_ALLOWED, f"Only {', '.join(sorted({'HEAD', *table}))} allowed")
    return found


def _table(path: tuple[str, ...]) -> dict[str, Room]:
    first = path[0] if path else ""
    if not first or first.startswith("_"):
        if len(path) > 1 or first not in _SERVER:
            raise SyncError(NOT_FOUND)
        return _SERVER[first]
    if len(path) == 1:
        return _DATABASE
    if path[1].startswith("_"):
        return _special(path)
    return _DOCUMENT if len(path) == 2 else _ATTACHMENT  # noqa: PLR2004 — database, document


def _special(path: tuple[str, ...]) -> dict[str, Room]:
    """Addresses whose second part begins with an underscore."""
    match path[1:]:
        case ["_local", _]:
            return _LOCAL
        case ["_local", _, *_]:
            raise SyncError(BAD_REQUEST, "_local documents do not accept attachments.")
        case ["_design", _]:
            return _DOCUMENT
        case ["_design", _, program, *_] if program in _PROGRAMS:
            raise SyncError(NO_JAVASCRIPT)
        case ["_design", _, *_]:
            return _ATTACHMENT
        case ["_partition", _, "_all_docs"]:
            return {"GET": listing.of_partition}
        case [resource] if resource in _RESOURCES:
            return _RESOURCES[resource]
        case _:
            raise SyncError(NOT_FOUND)
