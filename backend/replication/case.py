"""One judgement of the gate as a value: the two versions, who sent the new one, and what surrounds them."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from backend.conflicts.domain.settlement import History
from backend.kit.ids import DocumentId
from backend.kit.spaces import SpaceKind
from backend.kit.texts import say
from backend.kit.types import DocumentType, DocumentTypes
from backend.people.access import Standing
from backend.processes.tree import Lookup
from sync.document import Document
from sync.hooks import Refuse


class Sender(Struct, frozen=True):
    """Who sent a revision, into which kind of space, and what they may do there."""

    kind: SpaceKind
    owner: str
    """Id of the process or of the account whose space this is; empty for the commons."""
    id: str
    """Member id in a process, account id elsewhere; empty for nobody."""
    standing: Standing
    language: str


class Surroundings(Struct, frozen=True):
    """What the gate sees besides the two versions."""

    types: DocumentTypes
    sender: Sender
    lookup: Lookup
    erased: Callable[[str], bool]
    """The erasure ledger: ids that must never come back."""
    history: Callable[[str], History | None]
    """All versions of a document; asked for only when the new one does not follow the winner."""


class Case(Struct, frozen=True):
    """A revision to be judged. `stored` is the winner it would follow, a deleted one too; None: never seen."""

    around: Surroundings
    name: DocumentId
    declaration: DocumentType[Any]
    new: Document
    stored: Document | None

    @property
    def sender(self) -> Sender:
        return self.around.sender

    @property
    def alive(self) -> Document | None:
        """The stored winner unless it is a deletion."""
        return self.stored if self.stored is not None and not self.stored.deleted else None

    def refuse(self, word: str, **values: Any) -> Refuse:
        """Say a lasting no in the sender's language."""
        return refuse(self.sender.language, word, **values)


def refuse(language: str, word: str, **values: Any) -> Refuse:
    """Say a lasting no: `word` for programs, a sentence for the person."""
    return Refuse(word, say(f"refused.{word}", language, **values))
