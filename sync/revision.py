"""Revisions: `generation-digest`, one name for one content with one history.

The generation counts edits from 1; the digest is a hash of parent and content, so two peers that make the same edit
give it the same name and never conflict. Names made elsewhere are taken as they are: CouchDB takes any text as digest.
Winner rules compare `(generation, digest)`; digests compare as bytes, like everywhere in CouchDB's world.
"""

import re
from hashlib import md5
from typing import Any

from sync.errors import BAD_REVISION, SyncError

_VISIBLE = r"[^\x00-\x20\"\\\x7f,\[\]]{0,128}"
"""Up to 128 visible characters that need no escape in JSON or in a list of revisions."""
_DIGEST = re.compile(_VISIBLE)
_FORM = re.compile("[1-9][0-9]{0,8}-" + _VISIBLE)
_GREATEST = 999_999_999


def generation(revision: str) -> int:
    """The number before the dash of a revision that was checked before."""
    return int(revision[: revision.index("-")])


def check(revision: object) -> str:
    """The revision itself when it has the form `generation-digest`; 400 otherwise."""
    if not isinstance(revision, str) or _FORM.fullmatch(revision) is None:
        raise SyncError(BAD_REVISION)
    return revision


def order(revision: str) -> tuple[int, str]:
    """The key by which revisions of equal standing compare."""
    number, _, digest = revision.partition("-")
    return int(number), digest


def path(start: int, digests: list[Any]) -> tuple[str, ...]:
    """Spell `_revisions` (`start`, newest digest first) as revisions, newest first; 400 when it cannot be a history."""
    if not 0 < len(digests) <= start <= _GREATEST:
        raise SyncError(BAD_REVISION)
    try:
        if len(digests) == 1 and _DIGEST.fullmatch(digests[0]):  # most documents were never edited
            return (f"{start}-{digests[0]}",)
        if not all(map(_DIGEST.fullmatch, digests)):
            raise SyncError(BAD_REVISION)
    except TypeError:
        raise SyncError(BAD_REVISION) from None
    return tuple([f"{start - n}-{digest}" for n, digest in enumerate(digests)])


def following(parent: str | None, *, deleted: bool, content: bytes, attachments: list[str]) -> str:
    """The name of a new edit: the same parent, content and attachment digests always give the same name.

    `content` must be written deterministically (sorted members). Like CouchDB's, the digest is an md5: it names, it
    protects nothing.
    """
    digest = md5(usedforsecurity=False)
    for part in (parent or "", "deleted" if deleted else "", *sorted(attachments)):
        digest.update(part.encode() + b"\0")
    digest.update(content)
    return f"{(generation(parent) if parent else 0) + 1}-{digest.hexdigest()}"
