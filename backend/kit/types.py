"""What one type of document is: the single declaration everything about it is made from.

The gate asks it who may write, the merge asks it how two versions of a member become one, the PWA's types, the
export and the privacy register are generated from it. It is pure data: nothing here opens a database. A room writes
its declarations in `documents.py`; a member that a struct has and its declaration lacks is refused when the module
is imported.

Versions. Members are added to a type, never given another meaning; a breaking change adds a struct and raises `v`.
Stored documents are never rewritten: an older one is read through `upcasts`. Members we do not know are kept
(`current` hands them on), because a newer device may have written them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Generic, TypeVar

import msgspec

from backend.kit.keys import RANDOM, KeyRule
from backend.kit.spaces import SpaceKind

MAX_SETTLED = 50
"""Revisions that one choice may lay aside: more than a document ever has versions that people look at."""
Revision = Annotated[str, msgspec.Meta(pattern=r"^[1-9][0-9]{0,8}-[!-~]{1,128}$")]


class Envelope(msgspec.Struct, kw_only=True):
    """The members that every document has."""

    id: str = msgspec.field(name="_id")
    rev: str | None = msgspec.field(name="_rev", default=None)
    type: str
    v: int
    lang: str
    """Language the author wrote in, BCP 47."""
    author: str
    """Member id of whose it is; `server` for what the server writes."""
    by: str
    """Member id of who sent it; differs from the author only under a mandate."""
    device: str
    at: datetime
    """The device's clock when the person acted; never trusted for order."""
    settles: Annotated[list[Revision], msgspec.Meta(max_length=MAX_SETTLED)] = msgspec.field(default_factory=list[str])
    """Revisions of this same document that a person laid aside for this one, when they chose between versions."""


class Partition(StrEnum):
    """Which partition documents of a type live in; the partition says who may read them."""

    ALL = "all"
    ITEM = "item"
    TEAM = "team"
    ADMIN = "admin"
    OWN = "own"


class Who(StrEnum):
    """Who may write. Several together mean: any of them."""

    SERVER = "server"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    ACCESS = "access"
    """Who has the flag `access` on the item of its partition."""
    CREATE = "create"
    """Who has the flag `create` on the item (its own for a tree item, else the item of its partition)."""
    DELETE = "delete"
    """Who has the flag `delete` there."""
    AUTHOR = "author"
    CONTACT = "contact"
    """Whom the document names as the one to turn to."""
    ACCOUNT = "account"
    """The person whose space this is."""


PROGRESS = ("awaiting", "in_progress", "finished")
"""The words of a status, from the first to the last."""


class Merge(StrEnum):
    """How several changes of one member become one, given their common ancestor.

    A member that only one version changed, or that all changed alike, needs no rule: the change stands. A member that
    the declaration does not know merges like a hard one (`backend/conflicts/domain/rules.py`).
    """

    LATEST = "latest"
    """The change in the greatest revision stands; nothing a person would miss is lost.

    Greatest by generation, then by digest, as the tree chooses its winner: every peer finds the same one. No clock
    is asked.
    """
    UNION = "union"
    """Both additions and both removals are kept; an item that one changed and another removed stays."""
    FURTHEST = "furthest"
    """The status further along stands: awaiting, in_progress, finished."""
    PER_LANGUAGE = "per-language"
    """Each language on its own; two changes of one language are a hard conflict."""
    OURS_ALONE = "ours-alone"
    """Only one hand ever writes it, so two changes cannot meet; should they, the greatest revision stands."""
    HARD = "hard"
    """Both are kept and a person chooses."""
    FIXED = "fixed"
    """Never changes after it was made; two that differ are a hard conflict."""


class Personal(StrEnum):
    """Class of personal data in a member or a column."""

    NONE = "none"
    PSEUDONYM = "pseudonym"
    """A random id that only our rows lead back to a person."""
    NAME = "name"
    CONTACT = "contact"
    FREE_TEXT = "free-text"
    """May hold anything a person writes."""
    MEDIA = "media"
    """Photos and files: may show people."""
    ACTIVITY = "activity"
    """When and with what somebody acted."""
    CREDENTIAL = "credential"
    """Kept only as a digest."""


class Ground(StrEnum):
    """Legal ground of the processing, GDPR Art. 6(1)."""

    PUBLIC_TASK = "public-task"
    CONSENT = "consent"
    CONTRACT = "contract"
    LEGAL_OBLIGATION = "legal-obligation"
    NOT_PERSONAL = "not-personal"


class Erasure(StrEnum):
    """What happens to a document when its author asks to be forgotten (Art. 17)."""

    TOMBSTONE = "tombstone"
    """A bare deletion of every leaf, and the id never comes back."""
    BLANK = "blank"
    """Names and free text are emptied, the record stays."""
    DISOWN = "disown"
    """The author becomes «former participant», the shared content stays."""
    KEEP = "keep"
    """Holds nothing about the person."""


@dataclass(frozen=True)
class Member:
    """One member of a document: how it merges, what it tells about people, and who may change it alone."""

    merge: Merge
    personal: Personal = Personal.NONE
    edit: frozenset[Who] = frozenset()
    """Who may change this member although they may not edit the document otherwise."""
    named_by: str = ""
    """For a union of objects: their member that names them, so that one changed twice is not there twice."""
    within: Mapping[str, Merge] = field(default_factory=dict[str, Merge])
    """For such objects: the rule of their own members, where two changed the same one; else the latest stands."""
    here: bool = False
    """Names a document of the same partition, or that partition's item. What may be read together stays together."""


def _partition(document_id: str) -> str:
    return document_id.partition(":")[0]


Upcast = Callable[[dict[str, Any]], dict[str, Any]]
StructT = TypeVar("StructT", bound=Envelope)

SETTLES = "settles"
"""The one member of the envelope that is asked for as the document's own are: who may not edit may not choose."""
ENVELOPE = {
    "_id": Member(Merge.FIXED),
    "type": Member(Merge.FIXED),
    "v": Member(Merge.LATEST),
    "lang": Member(Merge.LATEST),
    "author": Member(Merge.FIXED, Personal.PSEUDONYM),
    "by": Member(Merge.LATEST, Personal.PSEUDONYM),
    "device": Member(Merge.LATEST, Personal.PSEUDONYM),
    "at": Member(Merge.LATEST, Personal.ACTIVITY),
    SETTLES: Member(Merge.UNION),
}
"""The envelope's members are the same in every type."""

SIGNATURE = frozenset({"lang", "by", "device", "at"})
"""The members that tell of the last act. They belong together, so a merge takes all of them from one version."""


class UnknownVersionError(Exception):
    """A document of a version newer than this server knows."""


class InvalidDocumentError(Exception):
    """A document that does not have the form of its type; the message says where, for developers."""


@dataclass(frozen=True, kw_only=True)
class DocumentType(Generic[StructT]):
    """The declaration of one type."""

    name: str
    purpose: str
    """One sentence for the privacy register: what these documents are for."""
    struct: type[StructT]
    """Form of the newest version."""
    spaces: frozenset[SpaceKind]
    partition: Partition
    create: frozenset[Who]
    edit: frozenset[Who]
    delete: frozenset[Who]
    members: Mapping[str, Member]
    ground: Ground
    retention_days: int | None
    """Days after the end of its process until it is deleted; None: as long as its space lives."""
    erasure: Erasure
    export: bool
    """Whether a person's export contains the documents of this type that are theirs."""
    key: KeyRule = RANDOM
    """What the last part of an id looks like."""
    upcasts: tuple[Upcast, ...] = ()
    """Step n makes version n + 2 out of version n + 1; there are as many steps as older versions."""
    version: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "version", len(self.upcasts) + 1)
        declared = set(self.members)
        present = {one.encode_name for one in msgspec.structs.fields(self.struct)} - set(ENVELOPE) - {"_rev"}
        if declared != present:
            raise TypeError(f"{self.name}: struct and declaration differ in {sorted(declared ^ present)}")

    def member(self, name: str) -> Member | None:
        """Return the declaration of one member, the envelope's included; None for one we do not know."""
        return self.members.get(name) or ENVELOPE.get(name)

    def elsewhere(self, partition: str, content: Mapping[str, Any]) -> str | None:
        """Return the first member that names something outside the document's own partition; None when all stay in."""
        named = ((name, content.get(name)) for name, one in self.members.items() if one.here)
        return next((name for name, said in named if isinstance(said, str) and _partition(said) != partition), None)

    def current(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """Return the document in the newest version, members we do not know kept.

        Raises UnknownVersionError when it is newer than we are.
        """
        version = document.get("v")
        if not isinstance(version, int) or isinstance(version, bool) or not 1 <= version <= self.version:
            raise UnknownVersionError(f"{self.name} v{version}")
        raised = dict(document)
        for step in self.upcasts[version - 1 :]:
            raised = step(raised)
        return raised | {"v": self.version}

    def read(self, document: Mapping[str, Any]) -> StructT:
        """Return the document as the newest struct. Raises InvalidDocumentError or UnknownVersionError."""
        try:
            return msgspec.convert(self.current(document), self.struct)
        except msgspec.ValidationError as error:
            raise InvalidDocumentError(str(error)) from error


class DocumentTypes:
    """All declared types by name."""

    def __init__(self, types: Iterable[DocumentType[Any]]) -> None:
        self._types: dict[str, DocumentType[Any]] = {}
        for one in types:
            if one.name in self._types:
                raise TypeError(f"two declarations of {one.name}")
            self._types[one.name] = one

    def get(self, name: str) -> DocumentType[Any] | None:
        """Return the declaration of a type; None when nobody declared it."""
        return self._types.get(name)

    def __iter__(self) -> Iterator[DocumentType[Any]]:
        return iter(self._types.values())

    def versions(self) -> dict[str, int]:
        """Return the newest version of each type, as `GET /api/v1/meta` tells it."""
        return {name: one.version for name, one in self._types.items()}
