"""Schemas and building blocks that people add: drafts in their process, published to everybody by its administrators.

    all:own-schema:<ulid>          what a member saved of the process' tree, without people, words and dates
    all:own-interlinker:<ulid>     a building block that a member describes
    all:publication:<same ulid>    an administrator's «everybody may use this», of one revision, with its quality

The server makes the document of the commons from a draft and its publication (`projections/own.py`). A draft that was
changed since is published again or stays as it was published; without its publication it is taken back.
"""

import re
from typing import Annotated, Any, Final, Literal

from msgspec import Meta

from backend.catalogue.documents import Difficulty, Languages, Licence, Profiles, SchemaPhase, Template
from backend.catalogue.domain.soundness import MOST_TASKS, fits_together
from backend.catalogue.quality import Quality
from backend.kit.spaces import SpaceKind
from backend.kit.types import DocumentType, Envelope, Erasure, Ground, Member, Merge, Partition, Personal, Who
from backend.kit.words import Label, Text

_WEB = re.compile(r"https?://[^\s/]+\S*")


class OwnSchema(Envelope, kw_only=True):
    """A schema saved from a process."""

    name: Label
    description: Text | None = None
    licence: Licence
    author_name: Annotated[str, Meta(max_length=200)] = ""
    languages: Languages
    phases: Annotated[list[SchemaPhase], Meta(min_length=1, max_length=50)]

    def __post_init__(self) -> None:
        """Raise ValueError, with the member that is wrong, when no process can be started from it."""
        objectives = [one for phase in self.phases for one in phase.objectives]
        several = [self.phases, *(phase.objectives for phase in self.phases), *(one.tasks for one in objectives)]
        if sum(len(one.tasks) for one in objectives) > MOST_TASKS or not all(fits_together(one) for one in several):
            raise ValueError("phases")


class OwnInterlinker(Envelope, kw_only=True):
    """A building block that people of a process add."""

    kind: Literal["knowledge", "external_knowledge", "external_software"]
    name: Label
    overview: Label
    """One plain sentence."""
    instructions: Text | None = None
    """Markdown."""
    profiles: Profiles
    difficulty: Difficulty
    licence: Licence
    author_name: Annotated[str, Meta(max_length=200)] = ""
    languages: Languages
    links: Label | None = None
    """Web address for each language."""
    template: Template | None = None

    def __post_init__(self) -> None:
        """Raise ValueError for an address that leads to no page."""
        if any(not _WEB.fullmatch(one) for one in (self.links or {}).values()):
            raise ValueError("links")


class Publication(Envelope, kw_only=True):
    """An administrator publishes one revision of a draft; its key is that of the draft."""

    about: Literal["own-schema", "own-interlinker"]
    revision: Annotated[str, Meta(pattern=r"^\d+-[0-9a-f]+$", max_length=80)]
    quality: Quality


_MEMBERS: Final = frozenset({Who.MEMBER})
_OWNERS: Final = frozenset({Who.AUTHOR, Who.ADMINISTRATOR})
_ADMINISTRATORS: Final = frozenset({Who.ADMINISTRATOR})


def _own(
    name: str, purpose: str, struct: type[Any], write: tuple[frozenset[Who], frozenset[Who]], members: dict[str, Member]
) -> DocumentType[Any]:
    create, edit = write
    return DocumentType(
        name=name,
        purpose=purpose,
        struct=struct,
        spaces=frozenset({SpaceKind.PROCESS}),
        partition=Partition.ALL,
        create=create,
        edit=edit,
        delete=edit,
        members=members,
        ground=Ground.PUBLIC_TASK,
        retention_days=None,
        erasure=Erasure.DISOWN,
        export=True,
    )


_DRAFT: Final = (_MEMBERS, _OWNERS)
_LATEST: Final = Member(Merge.LATEST)
_TEXT: Final = Member(Merge.PER_LANGUAGE, Personal.FREE_TEXT)
_COMMON: Final = {
    "name": _TEXT,
    "licence": _LATEST,
    "author_name": Member(Merge.LATEST, Personal.NAME),
    "languages": Member(Merge.UNION),
}

OWN_SCHEMA: Final = _own(
    "own-schema",
    "Keeps a process' tree, without its people, as a pattern that others may begin with.",
    OwnSchema,
    _DRAFT,
    {**_COMMON, "description": _TEXT, "phases": Member(Merge.HARD, Personal.FREE_TEXT)},
)
OWN_INTERLINKER: Final = _own(
    "own-interlinker",
    "Keeps a building block that members of a process describe for others.",
    OwnInterlinker,
    _DRAFT,
    {
        **_COMMON,
        "kind": _LATEST,
        "overview": _TEXT,
        "instructions": _TEXT,
        "profiles": Member(Merge.UNION),
        "difficulty": _LATEST,
        "links": _TEXT,
        "template": Member(Merge.HARD, Personal.FREE_TEXT),
    },
)
PUBLICATION: Final = _own(
    "publication",
    "Says which schemas and building blocks the administrators of a process give to everybody, and of which quality.",
    Publication,
    (_ADMINISTRATORS, _ADMINISTRATORS),
    {
        "about": Member(Merge.FIXED),
        "revision": _LATEST,
        "quality": Member(Merge.LATEST, Personal.FREE_TEXT),
    },
)

TYPES: Final[tuple[DocumentType[Any], ...]] = (OWN_SCHEMA, OWN_INTERLINKER, PUBLICATION)
