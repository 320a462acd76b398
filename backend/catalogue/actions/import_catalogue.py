"""A catalogue folder → the space `commons`, as a whole or not at all.

Everything is read, cleaned and checked before the first write; the documents then go into one transaction. `Spaces`
leaves alone what says the same already, so a second import makes no revision and no device fetches anything.
Documents that the folder does not name stay: several catalogues share the commons.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from backend.catalogue.actions.pictures import Pictures
from backend.catalogue.actions.translate import interlinker, profile, schema
from backend.catalogue.documents import INTERLINKER, PROBLEM_PROFILE, SCHEMA
from backend.catalogue.domain.importer.found import Found
from backend.catalogue.domain.importer.problem import CatalogueError
from backend.catalogue.domain.importer.read import read_catalogue
from backend.catalogue.domain.importer.references import check_references
from backend.kit.clock import Clock, now
from backend.kit.envelope import written_by_server
from backend.kit.languages import DEFAULT
from backend.kit.spaces import COMMONS, Spaces
from backend.kit.types import DocumentType, InvalidDocumentError

Json = dict[str, Any]
Progress = Callable[[str, int, int], None]
"""Is told the step (reading, pictures, documents), how much of it is done, and of how much."""

MAX_DOCUMENT = 1_000_000
"""Bytes; what the replication door takes of one document."""


@dataclass(frozen=True)
class Counts:
    """What a catalogue holds, and how many new revisions its import made."""

    schemas: int
    phases: int
    objectives: int
    tasks: int
    interlinkers: int
    profiles: int
    pictures: int
    pictures_left_out: int
    """Named or found, but no PNG or JPEG, or too large."""
    written: int


@dataclass(frozen=True)
class Prepared:
    """A catalogue that can be written: nothing of it can fail any more but the disk."""

    documents: Sequence[Json]
    pictures: Pictures


async def import_catalogue(source: Path, spaces: Spaces, progress: Progress, clock: Clock = now) -> Counts:
    """Import the catalogue folder `source` into the commons.

    Raises CatalogueError, before anything is written, at the first thing that cannot be imported.
    """
    progress("reading", 0, 1)
    prepared = prepare(read_catalogue(source), clock())
    progress("reading", 1, 1)
    await spaces.create(COMMONS)
    await prepared.pictures.keep(spaces, partial(progress, "pictures"))
    progress("documents", 0, len(prepared.documents))
    written = await spaces.write(COMMONS, prepared.documents)
    progress("documents", len(prepared.documents), len(prepared.documents))
    return _counts(prepared, written)


def prepare(found: Found, at: datetime) -> Prepared:
    """Make all documents of a catalogue, each checked against its declaration and its references."""
    check_references(found)
    pictures = Pictures()
    documents = [
        *(_document(PROBLEM_PROFILE, profile(one), one.file, at) for one in found.profiles),
        *(_document(INTERLINKER, interlinker(one, pictures), one.file, at) for one in found.interlinkers),
        *(_document(SCHEMA, schema(one), one.file, at) for one in found.schemas),
    ]
    return Prepared(documents, pictures)


def _document(declaration: DocumentType[Any], members: Json, file: str, at: datetime) -> Json:
    """Give the members the envelope of what the server writes, and check the whole."""
    name = members["name"]
    language = DEFAULT if DEFAULT in name else next(iter(name))
    key = members.pop("key")
    try:
        document = written_by_server(declaration, key, members, lang=language, at=at)
    except InvalidDocumentError as error:
        raise CatalogueError(file, "", str(error)) from error
    if len(msgspec.json.encode(document)) > MAX_DOCUMENT:
        raise CatalogueError(file, "", f"makes a document of more than {MAX_DOCUMENT} bytes")
    return document


def _counts(prepared: Prepared, written: int) -> Counts:
    kinds = Counter(document["type"] for document in prepared.documents)
    phases = [phase for document in prepared.documents for phase in document.get("phases", [])]
    objectives = [objective for phase in phases for objective in phase["objectives"]]
    return Counts(
        schemas=kinds[SCHEMA.name],
        phases=len(phases),
        objectives=len(objectives),
        tasks=sum(len(objective["tasks"]) for objective in objectives),
        interlinkers=kinds[INTERLINKER.name],
        profiles=kinds[PROBLEM_PROFILE.name],
        pictures=len(prepared.pictures),
        pictures_left_out=prepared.pictures.left_out,
        written=written,
    )
