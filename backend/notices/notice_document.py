"""The document by which the inbox of a person shows a notice."""

from datetime import datetime

from msgspec import to_builtins

from backend.kit.envelope import rfc3339, written_by_server
from backend.kit.languages import DEFAULT
from backend.notices.documents import NOTICE
from backend.notices.inbox import Entry
from backend.notices.roads import about_of


def document_of(entry: Entry, told: datetime, *, withdrawn: bool = False) -> dict[str, object]:
    """Return the document of what was told at a moment; the same moment gives the same document."""
    members = {
        "kind": entry.told.kind,
        "word": entry.told.word,
        "space": entry.space,
        "thing": entry.told.thing,
        "path": entry.path,
        "facts": to_builtins(entry.facts),
        "about": to_builtins(about_of(entry)),
        "told": rfc3339(told),
        "until": rfc3339(entry.told.until),
        "withdrawn": withdrawn,
    }
    return written_by_server(NOTICE, entry.told.id, members, lang=DEFAULT, at=told)
