"""What is replicated of the catalogue: everybody may read it without signing in, only the server writes it.

A *schema* is the pattern of a process, an *INTERLINKER* a building block for its tasks, a *problem profile* says which
kind of problem a task has and an INTERLINKER answers; that common word is how one finds the other.
"""

from typing import Annotated, Any, Final, Literal

from msgspec import Meta, Struct

from backend.catalogue.quality import Quality
from backend.catalogue.ratings import OPINIONS, RATING
from backend.catalogue.uses import USES
from backend.kit.keys import KeyRule
from backend.kit.spaces import SpaceKind
from backend.kit.types import DocumentType, Envelope, Erasure, Ground, Member, Merge, Partition, Who
from backend.kit.words import FileRef, Label, Language, Text

Word = Annotated[str, Meta(min_length=1, max_length=120)]
ItemKey = Annotated[str, Meta(min_length=1, max_length=200)]
Profiles = Annotated[list[Word], Meta(max_length=200)]
After = Annotated[list[ItemKey], Meta(max_length=100)]
Languages = Annotated[list[Language], Meta(max_length=50)]
Tags = Annotated[
    dict[Language, Annotated[list[Annotated[str, Meta(max_length=200)]], Meta(max_length=50)]], Meta(max_length=50)
]
Licence = Literal["public_domain", "permissive", "copyleft", "non_commercial", "proprietary"]
"""The project's own label for the tool or template described, not the licence of these words."""
Kind = Literal["knowledge", "external_knowledge", "software", "external_software"]
Difficulty = Literal["very_easy", "easy", "medium", "difficult", "very_difficult"]


class SchemaTask(Struct, kw_only=True):
    """A task of a schema; keys are unique among siblings only."""

    key: ItemKey
    name: Label
    description: Text | None = None
    profiles: Profiles
    after: After
    """Keys of the siblings that come before it."""


class SchemaObjective(Struct, kw_only=True):
    """An objective of a schema, its tasks in the order to do them."""

    key: ItemKey
    name: Label
    description: Text | None = None
    profiles: Profiles
    after: After
    tasks: Annotated[list[SchemaTask], Meta(max_length=200)]


class SchemaPhase(Struct, kw_only=True):
    """A phase of a schema, its objectives in the order to reach them."""

    key: ItemKey
    name: Label
    description: Text | None = None
    codelivery: bool
    after: After
    objectives: Annotated[list[SchemaObjective], Meta(max_length=100)]


class Schema(Envelope, kw_only=True):
    """The pattern of a process, its phases in the order to go through them."""

    name: Label
    description: Text | None = None
    licence: Licence
    author_name: Annotated[str, Meta(max_length=200)] = ""
    """Who wrote the schema; `author` is the server, which wrote the document."""
    tags: Tags
    languages: Languages
    """Languages in which every item has a name."""
    phases: Annotated[list[SchemaPhase], Meta(max_length=50)]
    quality: Quality | None = None


Origin = Annotated[str, Meta(pattern=r"^https://[a-z0-9.-]{1,253}(:[0-9]{1,5})?$")]
"""Origin of a web address, lower case, without a path."""


class Integration(Struct):
    """A software INTERLINKER of the original platform: its service, and what could be done with it there."""

    service: Annotated[str, Meta(max_length=120)]
    capabilities: Annotated[list[Word], Meta(max_length=20)]


class Template(Struct):
    """What an asset made from an INTERLINKER begins with, so that it can be used without a network."""

    kind: Literal["page", "checklist"]
    """The kind of asset it becomes."""
    text: Text
    """Markdown; of a checklist, each line that begins with `- ` is one thing to do."""


class Interlinker(Envelope, kw_only=True):
    """A building block of co-production: a template, a guide, a tool."""

    kind: Kind
    name: Label
    description: Text
    """Safe HTML of few elements; still to be cleaned by whoever shows it."""
    overview: Text | None = None
    """One plain sentence."""
    instructions: Text | None = None
    """Markdown."""
    constraints: Text | None = None
    regulations: Text | None = None
    tags: Tags
    profiles: Profiles
    """Problem profiles it answers."""
    difficulty: Difficulty
    licence: Licence
    form: Word | None = None
    format: Word | None = None
    targets: Annotated[list[Word], Meta(max_length=30)]
    types: Annotated[list[Word], Meta(max_length=30)]
    scopes: Annotated[list[Word], Meta(max_length=10)]
    languages: Languages
    """Languages in which it has both a name and a description."""
    links: Text | None = None
    """Web address for each language."""
    logo: FileRef | None = None
    snapshots: Annotated[list[FileRef], Meta(max_length=20)]
    sustainability: bool = False
    templates: Text | None = None
    """Names of template files which the original has and this catalogue does not bundle."""
    tool: Word | None = None
    """The software INTERLINKER that the original opened the template with."""
    integration: Integration | None = None
    context: Origin | None = None
    """Origin of a tool that wants to be told who opens it from a process (`backend/kinds/context.py`)."""
    template: Template | None = None
    author_name: Annotated[str, Meta(max_length=200)] = ""
    """Who made it, of those that people added; `author` is the server, which wrote the document."""
    quality: Quality | None = None


class ProblemProfile(Envelope, kw_only=True):
    """A kind of problem in a co-production, and what would help against it."""

    name: Label
    description: Text | None = None
    functionality: Text | None = None


_SERVER: Final = frozenset({Who.SERVER})


def _commons(name: str, purpose: str, struct: type[Any], members: str) -> DocumentType[Any]:
    return DocumentType(
        name=name,
        key=KeyRule("{name}"),
        purpose=purpose,
        struct=struct,
        spaces=frozenset({SpaceKind.COMMONS}),
        partition=Partition.ALL,
        create=_SERVER,
        edit=_SERVER,
        delete=_SERVER,
        members=dict.fromkeys(members.split(), Member(Merge.OURS_ALONE)),
        ground=Ground.NOT_PERSONAL,
        retention_days=None,
        erasure=Erasure.KEEP,
        export=False,
    )


SCHEMA: Final = _commons(
    "schema",
    "Gives a new process its phases, objectives and tasks.",
    Schema,
    "name description licence author_name tags languages phases quality",
)
INTERLINKER: Final = _commons(
    "interlinker",
    "Describes a building block that helps with a task.",
    Interlinker,
    "kind name description overview instructions constraints regulations tags profiles difficulty licence form format"
    " targets types scopes languages links logo snapshots sustainability templates tool integration context template"
    " author_name quality",
)
PROBLEM_PROFILE: Final = _commons(
    "problem-profile",
    "Names a kind of problem, so that tasks find the building blocks that answer it.",
    ProblemProfile,
    "name description functionality",
)

TYPES: Final[tuple[DocumentType[Any], ...]] = (SCHEMA, INTERLINKER, PROBLEM_PROFILE, RATING, OPINIONS, USES)
