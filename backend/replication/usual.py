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

from backend.kit.ids import is_ulid
from backend.kit.types import DocumentType, Envelope
from backend.replication.case import Sender
from sync.document import Document

PAIRS = 1000
"""Pairs remembered at most: ids come from outside."""

Ask = Callable[[str, str], DocumentType[Any] | None]
"""The gate's answer for a partition and a type: the declaration, when the sender may create such documents there."""


class Usual:
    """What is usual for one sender in one state of the tree."""

    def __init__(self, sender: Sender, ask: Ask) -> None:
        self._sender = sender.id
        self._ask = ask
        self._forms: dict[tuple[str, str], tuple[DocumentType[Any], type[Envelope]] | None] = {}

    def accepts(self, new: Document) -> bool:
        """Say whether a document that was never seen before may be accepted without more questions."""
        partition, _, rest = new.id.partition(":")
        kind, _, key = rest.partition(":")
        pair = partition, kind
        known = self._forms.get(pair)
        if known is None and pair not in self._forms:
            asked = self._ask(partition, kind) if len(self._forms) < PAIRS else None
            known = self._forms[pair] = (asked, usual_form(asked.struct, asked.version)) if asked else None
        if known is None or new.deleted or new.attachments or not is_ulid(key):
            return False
        declaration, form = known
        try:
            told = msgspec.convert(new.content, form)
        except msgspec.ValidationError:
            return False
        honest = told.by == told.author == self._sender and told.type == kind
        return honest and declaration.elsewhere(partition, new.content) is None


@cache
def usual_form(struct: type[Envelope], version: int) -> type[Envelope]:
    """Return the struct of a type's newest version without the id, which stands outside the body."""
    named = ("id", str, msgspec.field(name="_id", default=""))
    form = msgspec.defstruct(struct.__name__, [named, ("v", Literal[version])], bases=(struct,), kw_only=True)
    return cast("type[Envelope]", form)
