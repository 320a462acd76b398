"""Checkpoints: how far a replication has come, written at both ends (CouchDB replication protocol, 2.4.2 and 2.4.5).

Both peers keep the same log under `_local/<replication id>`. A replication may go on only from a sequence both remember
in the same session: if one of them was restored from a backup or emptied, their logs differ and the newest session both
know decides; without one it starts from the beginning. Starting too early costs time; too late would lose documents.
"""

from hashlib import md5
from typing import Any

from msgspec import Struct, field
from msgspec.json import encode

HISTORY = 50
VERSION = 4
Seq = str | int


class Session(Struct):
    """One run of a replication and what it reached."""

    session_id: str
    recorded_seq: Seq = 0
    docs_read: int = 0
    docs_written: int = 0
    doc_write_failures: int = 0


class Log(Struct):
    """The document at both ends; newest session first."""

    session_id: str = ""
    source_last_seq: Seq = 0
    history: list[Session] = field(default_factory=list[Session])
    replication_id_version: int = VERSION


def replication_id(source: str, target: str, options: dict[str, Any]) -> str:
    """The name of this replication: the same peers with the same options find their checkpoint again."""
    return md5(encode([source, target, sorted(options.items())]), usedforsecurity=False).hexdigest()


def common(source: Log | None, target: Log | None) -> Seq:
    """The newest sequence that both ends remember; 0 when they share nothing."""
    if source is None or target is None:
        return 0
    if source.session_id and source.session_id == target.session_id:
        return source.source_last_seq
    known = {session.session_id for session in target.history}
    for session in source.history:
        if session.session_id in known:
            return session.recorded_seq
    return 0


def advanced(log: Log | None, session: Session) -> Log:
    """The log after this session has come as far as it says."""
    older = [one for one in (log.history if log else []) if one.session_id != session.session_id]
    return Log(session.session_id, session.recorded_seq, [session, *older][:HISTORY])
