"""What the reader hands on: raw structs, each with the file it came from, so that every later doubt can name it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from backend.catalogue.domain.importer.raw import RawInterlinker, RawPhase, RawProfile, RawSchema


@dataclass(frozen=True)
class FoundPhase:
    """One file of a schema's `phases`."""

    file: str
    raw: RawPhase


@dataclass(frozen=True)
class FoundSchema:
    """A schema with its phases in the order of their file names, which means nothing."""

    file: str
    raw: RawSchema
    phases: Sequence[FoundPhase]


@dataclass(frozen=True)
class FoundInterlinker:
    """An INTERLINKER of one kind: instructions and template read, pictures found but not yet read."""

    file: str
    kind: str
    raw: RawInterlinker
    instructions: dict[str, str]
    template: dict[str, str]
    logo: Path | None
    snapshots: Sequence[Path]


@dataclass(frozen=True)
class FoundProfile:
    """One member of the list of problem profiles."""

    file: str
    raw: RawProfile


@dataclass(frozen=True)
class Found:
    """A whole catalogue folder as it was written."""

    schemas: Sequence[FoundSchema]
    interlinkers: Sequence[FoundInterlinker]
    profiles: Sequence[FoundProfile]
