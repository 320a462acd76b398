"""Schemas and building blocks that the people of a process made and its administrators published → the commons.

The key in the commons is a digest of process and draft: whoever copies the key of a draft elsewhere writes another one.
"""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import to_builtins

from backend.catalogue.documents import INTERLINKER, SCHEMA
from backend.catalogue.domain.importer.text import markdown, safe_html
from backend.catalogue.own import OWN_INTERLINKER, OWN_SCHEMA, PUBLICATION, OwnInterlinker, OwnSchema, Publication
from backend.kit.clock import Clock
from backend.kit.envelope import written_by_server
from backend.kit.ids import DocumentId, key_of, split_id
from backend.kit.spaces import ALL, COMMONS, Spaces, process_of
from backend.kit.types import InvalidDocumentError, UnknownVersionError
from sync.database import Database
from sync.rows import FeedEntry
from sync.store import Store

Json = dict[str, Any]
PREFIX = "own-"
"""Keys of what people added begin with it, in the commons."""
_KINDS = frozenset({OWN_SCHEMA.name, OWN_INTERLINKER.name, PUBLICATION.name})
_SHOWN = (SCHEMA, INTERLINKER)


class OwnModules:
    """Shows everybody what administrators published, as they published it."""

    name = "own"
    kinds = _KINDS

    def __init__(self, store: Store, spaces: Spaces, clock: Clock) -> None:
        self._store = store
        self._spaces = spaces
        self._clock = clock

    async def follow(self, entries: Sequence[FeedEntry]) -> None:
        """Publish or take back what these changes are about."""
        touched = {(one.database, key): None for one in entries if (key := _key(one))}
        for database, key in touched:
            await self._spaces.write(COMMONS, self._documents(database, key))

    def _documents(self, database: str, key: str) -> list[Json]:
        """Return what is to be written: one module, the deletion of what was shown, or nothing."""
        commons = commons_key(database, key)
        gone = [{"_id": str(DocumentId(ALL, kind.name, commons)), "_deleted": True} for kind in _SHOWN]
        if not self._store.exists(database):
            return gone
        space = Database(self._store, database)
        found = space.get(str(DocumentId(ALL, PUBLICATION.name, key)))
        draft = space.get(str(DocumentId(ALL, str(found.content.get("about")), key))) if found else None
        if found is None or draft is None:
            return gone
        if found.content.get("revision") != draft.rev:
            return []
        try:
            return [self._module(PUBLICATION.read(found.as_dict()), draft.as_dict(), commons)]
        except (InvalidDocumentError, UnknownVersionError):
            return []

    def _module(self, publication: Publication, draft: Json, key: str) -> Json:
        if publication.about == OWN_SCHEMA.name:
            kind, members = SCHEMA, _schema(OWN_SCHEMA.read(draft))
        else:
            kind, members = INTERLINKER, _interlinker(OWN_INTERLINKER.read(draft))
        members |= {"quality": to_builtins(publication.quality), "author_name": draft.get("author_name", "")}
        return written_by_server(kind, key, members, lang=draft["lang"], at=self._clock())

    async def forget(self) -> None:
        """Take back what no publication stands behind any more."""
        if not self._store.exists(COMMONS):
            return
        stand = {commons_key(name, key) for name in self._store.names() if process_of(name) for key in self._keys(name)}
        shown = [one["_id"] for kind in _SHOWN for one in await self._spaces.list(COMMONS, ALL, kind.name)]
        gone = [one for one in shown if (key := key_of(one)).startswith(PREFIX) and key not in stand]
        await self._spaces.write(COMMONS, [{"_id": one, "_deleted": True} for one in gone])

    def _keys(self, database: str) -> Iterator[str]:
        """Yield the keys of all publications of a process."""
        prefix = f"{ALL}:{PUBLICATION.name}:"
        for page in Database(self._store, database).pages(prefix):
            yield from (one.id.removeprefix(prefix) for one in page)


def commons_key(database: str, key: str) -> str:
    """Return the key in the commons of a draft of a process."""
    return PREFIX + hashlib.sha256(f"{database}/{key}".encode()).hexdigest()[:24]


def _key(entry: FeedEntry) -> str:
    name = split_id(entry.id)
    return name.key if name and name.type in _KINDS and process_of(entry.database) else ""


def _schema(own: OwnSchema) -> Json:
    return {
        "name": own.name,
        **({"description": own.description} if own.description else {}),
        "licence": own.licence,
        "tags": {},
        "languages": own.languages,
        "phases": to_builtins(own.phases),
    }


def _interlinker(own: OwnInterlinker) -> Json:
    """Return the members of a building block: its one sentence is its description too, its Markdown without HTML."""
    texts: Json = {
        "instructions": {one: markdown(text) for one, text in (own.instructions or {}).items()},
        "links": own.links,
        "template": to_builtins(own.template) if own.template else None,
    }
    empty: Json = {name: [] for name in ("targets", "types", "scopes", "snapshots")}
    return {
        "kind": own.kind,
        "name": own.name,
        "overview": own.overview,
        "description": {one: safe_html(text) for one, text in own.overview.items()},
        "tags": {},
        "profiles": own.profiles,
        "difficulty": own.difficulty,
        "licence": own.licence,
        "languages": own.languages,
        **empty,
        **{name: text for name, text in texts.items() if text},
    }
