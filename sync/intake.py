r"""From a client's bytes to a `Document`: everything doubtful ends here.

One parser reads a document once. Two parsers that disagree on a repeated key have handed out administrator rights
before (CVE-2017-12635), so repeated keys are refused, in nested objects too. Devices send compact JSON: if the value
written again is the text that came, no key was repeated, and the body written again is the sender's own bytes. From
any other text the members are cut out one by one. There a repeated key shows by the colons: what is written again has
as many as the text, unless a member was dropped or a colon escaped (`\u003a`); only then every object is looked at.

A whole request can be plain like that, and nearly all are (PouchDB, CouchDB's replicator): then one comparison has
spoken for all its documents (`read_plain`), and of each the usual members are taken off and the body is written
(`usual`). A document with anything else to it goes the long way, alone.

Also refused: text that is no Unicode, numbers that are no JSON, nesting beyond the limit, unknown underscore members.
"""

import json
import re
from typing import Any, cast

import msgspec

from sync import attachment, revision
from sync.document import Attachment, Document
from sync.errors import BAD_ID, BAD_JSON, BAD_MEMBER, BAD_REQUEST, TOO_LARGE, SyncError
from sync.limits import Limits

_READ = msgspec.json.Decoder()
_SPLIT = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ENCODE = msgspec.json.Encoder().encode
_KNOWN = {"_id", "_rev", "_deleted", "_revisions", "_attachments"}
_IGNORED = {"_local_seq", "_revs_info", "_conflicts", "_deleted_conflicts"}
_KEPT = {f"_replication_{name}" for name in ("id", "state", "state_reason", "state_time", "stats")}
"""What replicators of older CouchDBs wrote into their job documents; kept like members of the body."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_RESERVED = "_design/"
"""`_local/` is reserved too, but names no document: the door keeps those apart."""


def read_json(data: bytes | msgspec.Raw) -> Any:
    """JSON as Python values; 400 when it is none, or nested too deep for the parser."""
    try:
        return _READ.decode(data)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        raise SyncError(BAD_JSON) from None


def read_object(data: bytes | msgspec.Raw) -> dict[str, Any]:
    """A JSON object; 400 for everything else."""
    value = read_json(data)
    if not isinstance(value, dict):
        raise SyncError(BAD_REQUEST, "Request body must be a JSON object")
    return cast("dict[str, Any]", value)


def read_document(
    data: bytes | msgspec.Raw, limits: Limits, identifier: str | None = None, parts: attachment.Parts | None = None
) -> Document:
    """A document as a client sends it; `identifier` from the address wins over `_id`.

    `path` holds what the client told: `_revisions`, else `_rev` alone, else nothing.
    """
    value = read_json(data)
    if not isinstance(value, dict):
        raise SyncError(BAD_REQUEST, "Document must be a JSON object")
    content = cast("dict[str, Any]", value)
    text = bytes(data)
    if text.count(b"{") + text.count(b"[") > limits.depth and _depth(content) > limits.depth:
        raise SyncError(BAD_REQUEST, f"A document may be nested {limits.depth} levels deep.")
    plain = _is_plain(text, content)
    special = {name: content.pop(name) for name in [name for name in content if name[:1] == "_"]}
    if not special.keys() <= _KNOWN:
        content |= {name: special.pop(name) for name in special.keys() & _KEPT}
        unknown = special.keys() - _KNOWN - _IGNORED
        if unknown:
            raise SyncError(BAD_MEMBER, f"Bad special document member: {min(unknown)}")
    body = _ENCODE(content) if plain else _splice(text)
    if len(body) > limits.document:
        raise SyncError(TOO_LARGE, f"A document may have {limits.document} bytes.")
    deleted = special.get("_deleted", False)
    if not isinstance(deleted, bool):
        raise SyncError(BAD_MEMBER, "_deleted must be a boolean.")
    listed: dict[str, Attachment] = {}
    if "_attachments" in special:
        listed = attachment.read(special["_attachments"], limits, parts)
    name = check_id(special.get("_id") if identifier is None else identifier, limits)
    return Document(name, _path(special, limits), deleted, body, listed, content)


def read_plain(data: bytes) -> dict[str, Any] | None:
    """A request as Python values, when its text is just what would be written here: no object names a member twice."""
    try:
        value = _READ.decode(data)
        plain = isinstance(value, dict) and _ENCODE(value) == data
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None
    return cast("dict[str, Any]", value) if plain else None


def usual(value: Any, limits: Limits) -> Document | None:
    """A replicated document out of a plain request, when it has an id, a history and members of its own.

    None: it has something else to it, or something wrong; `value` is then unchanged and `read_document` says more.
    """
    if not isinstance(value, dict):
        return None
    content = cast("dict[str, Any]", value)
    name, rev, told = content.pop("_id", None), content.pop("_rev", None), content.pop("_revisions", None)
    body = _ENCODE(content)
    if (
        told is not None
        and isinstance(name, str)
        and name[:1] not in ("_", "")
        and len(name) <= limits.identifier
        and name.isprintable()
        and len(body) <= limits.document
        and (body.find(b"_") < 0 or body.find(b'"_') < 0)  # one letter is found much faster than two
        and (_is_flat(body) or body.count(b"{") + body.count(b"[") <= limits.depth)
    ):
        try:
            return Document(name, _history(told, limits), False, body, {}, content)
        except SyncError:
            pass
    content |= {"_id": name, "_revisions": told, "_rev": rev}
    return None


def check_id(identifier: object, limits: Limits) -> str:
    """The id of a document; 400 when it is none."""
    if not isinstance(identifier, str):
        raise SyncError(BAD_ID)
    if not identifier:
        raise SyncError(BAD_ID, "Document id must not be empty")
    if identifier[0] == "_" and (not identifier.startswith(_RESERVED) or identifier == _RESERVED):
        raise SyncError(BAD_ID, "Only reserved document ids may start with underscore.")
    if len(identifier) > limits.identifier or _CONTROL.search(identifier):
        raise SyncError(BAD_ID, "Document id is too long or holds control characters.")
    return identifier


def _path(special: dict[str, Any], limits: Limits) -> tuple[str, ...]:
    told = special.get("_revisions")
    if told is None:
        rev = special.get("_rev")
        return () if rev is None else (revision.check(rev),)
    return _history(told, limits)


def _history(told: Any, limits: Limits) -> tuple[str, ...]:
    """What `_revisions` tells."""
    try:
        start, digests = told["start"], told["ids"]
    except (TypeError, KeyError):
        raise SyncError(BAD_MEMBER, "_revisions is not well formed.") from None
    if type(start) is not int or not isinstance(digests, list):
        raise SyncError(BAD_MEMBER, "_revisions is not well formed.")
    history = cast("list[Any]", digests)
    return revision.path(start, history if len(history) <= limits.path else history[: limits.path])


def _is_plain(text: bytes, content: dict[str, Any]) -> bool:
    """Whether the text is just what would be written here; 400 when an object names a member twice."""
    again = _ENCODE(content)
    if again == text:
        return True
    if text.count(b":") != again.count(b":") or b"\\u003" in text:
        json.loads(text, object_pairs_hook=_unique)
    return False


def _is_flat(body: bytes) -> bool:
    """Whether an object surely has nothing nested in it; to count brackets takes longer than to find none."""
    return body.find(b"[") < 0 and body.rfind(b"{") <= 0


def _splice(text: bytes) -> bytes:
    """The object without its underscore members, the others in the sender's own bytes."""
    parts: list[bytes | msgspec.Raw] = [b"{"]
    for name, value in _SPLIT.decode(text).items():
        if name[:1] != "_" or name in _KEPT:
            parts += (_ENCODE(name), b":", value, b",")
    if len(parts) == 1:
        return b"{}"
    parts[-1] = b"}"
    return b"".join(parts)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise SyncError(BAD_REQUEST, "An object names the same member twice.")
    return found


def _depth(value: object) -> int:
    """Levels of arrays and objects, counted without recursion."""
    depth, level = -1, [value]
    while level:
        depth += 1
        below: list[object] = []
        for one in level:
            if isinstance(one, dict):
                below += cast("dict[str, object]", one).values()
            elif isinstance(one, list):
                below += cast("list[object]", one)
        level = below
    return depth
