"""Replication between two peers, in the order of the protocol (CouchDB replication protocol, version 3).

What was written stays written, so a replication may end anywhere: the checkpoint is moved only after the target has
answered for everything before it, and the next run goes on from there.
"""

from collections.abc import Callable

import msgspec
from msgspec import Struct

from sync.checkpoint import Log, Seq, Session, advanced, common, replication_id
from sync.peer import Peer

BATCH = 500
BYTES = 8_000_000
"""Of documents in one request; a larger batch is handed over in parts."""


class Report(Struct):
    """What one run did."""

    read: int = 0
    written: int = 0
    refused: int = 0
    last_seq: Seq = 0


def nobody(_report: Report) -> None:
    """Tell nobody of progress."""


async def replicate(
    source: Peer, target: Peer, *, session: str, batch: int = BATCH, progress: Callable[[Report], None] = nobody
) -> Report:
    """Bring the target everything the source has; `session` is a random name for this run."""
    # 2.4.2 Verify peers, generate the replication id, retrieve and compare the logs
    name = replication_id(await source.identity(), await target.identity(), {})
    (source_log, source_rev), (target_log, target_rev) = await source.log(name), await target.log(name)
    since = common(source_log, target_log)
    report = Report(last_seq=since)
    log: Log | None = target_log
    while True:
        # 2.4.3 Locate changed documents: read the feed, compare the differences
        page = await source.changes(since, batch)
        if not page.results:
            return report
        missing = await target.missing({row.id: row.revisions for row in page.results})
        # 2.4.4 Replicate changes: fetch what is missing, hand it over
        if missing:
            documents = await source.fetch(missing)
            report.read += len(documents)
            for part in portions(documents):
                refused = await target.write(part)
                report.refused += len(refused)
                report.written += len(part) - len(refused)
        # 2.4.5 Record the checkpoint, at the target first: a source that knows more would skip
        since = report.last_seq = page.last_seq
        log = advanced(log, Session(session, since, report.read, report.written, report.refused))
        target_rev = await target.keep(name, log, target_rev)
        source_rev = await source.keep(name, log, source_rev)
        progress(report)


def portions(documents: list[msgspec.Raw]) -> list[list[msgspec.Raw]]:
    """The documents in requests of bearable size, in their order."""
    parts: list[list[msgspec.Raw]] = []
    size = BYTES
    for document in documents:
        length = len(bytes(document))
        if size + length > BYTES:
            parts.append([])
            size = 0
        parts[-1].append(document)
        size += length
    return parts
