"""Which files a document names, and where those lie. Pure.

A file is named by its digest, wherever in the document that stands: no declaration is asked, so a member that a newer
version added counts too. It lies in the document's own space and partition. Work that a person keeps in their own space
on its way to another (a draft, refused work, work handed to administrators; its key begins `<space>~<item or document
id>`) names the files of that other place as well: they are needed there once the work is sent again.
"""

import re
from collections.abc import Iterable

from backend.files.domain import address
from backend.kit.ids import split_id
from backend.kit.spaces import SpaceKind, kind_of

_MEMBER = b'"sha256"'
_DIGEST = re.compile(rb"[0-9a-f]{64}")
_AWAY = re.compile(r"([a-z0-9-]+)~([A-Za-z0-9-]+)(?:[:~].*)?", re.DOTALL)


def files_named(space: str, document_id: str, bodies: Iterable[bytes]) -> frozenset[str]:
    """Return the files that the versions of a document name, each as `<space>/<partition>/<sha256>`."""
    digests = {found.decode() for body in bodies if _MEMBER in body for found in _DIGEST.findall(body)}
    if not digests:
        return frozenset()
    places = _places(space, document_id)
    found = (address(*place, digest) for place in places for digest in digests)
    return frozenset(str(one) for one in found if one)


def _places(space: str, document_id: str) -> set[tuple[str, str]]:
    name, kind = split_id(document_id), kind_of(space)
    if name is None or kind is None:
        return set()
    here = {(space, name.partition)}
    away = _AWAY.fullmatch(name.key) if kind[0] is SpaceKind.PERSON else None
    return here | {(away[1], away[2])} if away else here
