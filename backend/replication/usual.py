"""The usual case, judged at less cost: a new document of the newest version, in the sender's own name.

Nearly all of what devices send is like that, and most of what the gate asks of it depends on its type and its partition
alone: is it well placed, is the item known and not removed, may the sender create there? That is asked once for each
pair (`gate.open_to`) and remembered. What is left for each document is its own: the key, the envelope, the form of its
members, read by msgspec in one step.

The shortcut can only accept. Whatever is the least bit unusual goes the whole way through the gate, which gives the
verdict and finds the word for it. What was remembered lives as long as the sender's access and one state of the tree.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, Literal, cast

import msgspec
from msgspec import Struct

from backend.kit.ids import is_ulid
from backend.kit.types import DocumentType, Envelope
from backend.replication.case import Sender
from sync.document import Document

PAIRS = 1000
"""Pairs remembered at most: ids come from outside."""

Ask = Callable[[str, str], DocumentType[Any] | None]
"""The gate's answer for a partition and a type: the declaration, when the sender may create such documents there."""


class Form(Struct, frozen=True):
    """What documents of one type in one partition look like."""

    struct: type[Envelope]
    partition: str
    naming: DocumentType[Any] | None
    """The declaration of a type whose documents name other things, which must lie in their partition."""


class Usual:
    """What is usual for one sender in one state of the tree. `erased`: some ids must never come back; then look."""

    def __init__(self, sender: Sender, ask: Ask, *, erased: bool) -> None:
        self.erased = erased
        self._sender = sender.id
        self._ask = ask
        self._forms: dict[str, Form | None] = {}

    def accepts(self, new: Document) -> bool:
        """Say whether a document that was never seen before may be accepted without more questions."""
        place, _, key = new.id.rpartition(":")
        known = self._forms.get(place)
        if known is None and place not in self._forms:
            known = self._forms[place] = self._form(place) if len(self._forms) < PAIRS else None
        if known is None or new.deleted or new.attachments or not is_ulid(key):
            return False
        try:
            told = msgspec.convert(new.content, known.struct)
        except msgspec.ValidationError:
            return False
        honest = told.by == told.author == self._sender
        return honest and (known.naming is None or known.naming.elsewhere(known.partition, new.content) is None)

    def _form(self, place: str) -> Form | None:
        partition, _, kind = place.partition(":")
        asked = self._ask(partition, kind)
        if asked is None:
            return None
        names_things = any(one.here for one in asked.members.values())
        return Form(usual_form(asked.struct, kind, asked.version), partition, asked if names_things else None)


@cache
def usual_form(struct: type[Envelope], kind: str, version: int) -> type[Envelope]:
    """Return the struct of a type's newest version without the id, which stands outside the body."""
    named = ("id", str, msgspec.field(name="_id", default=""))
    told = [named, ("type", Literal[kind]), ("v", Literal[version])]
    form = msgspec.defstruct(struct.__name__, told, bases=(struct,), kw_only=True)
    return cast("type[Envelope]", form)
