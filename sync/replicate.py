"""Replication between two peers, in the order of the protocol (CouchDB replication protocol, version 3).

What was written stays written, so a replication may end anywhere: the checkpoint is moved only after the target has
answered for everything before it, and the next run goes on from there.

Documents come with their attachments, so a batch of a few hundred may be small or enormous. How many are fetched at a
time follows from how large the last ones were; what the target finds too large is handed over in halves, and a single
document it finds too large counts as refused, like every other document it will never take.
"""

from collections.abc import AsyncGenerator, Callable, Mapping
from itertools import islice

import msgspec
from msgspec import Struct

from sync.checkpoint import Log, Seq, Session, advanced, common, replication_id
from sync.peer import Peer, PeerError

BATCH = 500
BYTES = 8_000_000
"""Of documents in one request, in either direction, as far as it can be known before."""
_FIRST = 100
"""Documents to fetch when nothing is known of their size yet."""
_TOO_LARGE = 413


class Report(Struct):
    """What one run did."""

    read: int = 0
    written: int = 0
    refused: int = 0
    last_seq: Seq = 0


def nobody(_report: Report) -> None:
    """Tell nobody of progress."""


async def replicate(
    source: Peer,
    target: Peer,
    *,
    session: str,
    batch: int = BATCH,
    live: bool = False,
    progress: Callable[[Report], None] = nobody,
) -> Report:
    """Bring the target everything the source has; `session` is a random name for this run.

    `live` never ends: it waits for changes and brings each as it comes.
    """
    # 2.4.2 Verify peers, generate the replication id, retrieve and compare the logs
    name = replication_id(await source.identity(), await target.identity(), {})
    (source_log, source_rev), (target_log, target_rev) = await source.log(name), await target.log(name)
    since = common(source_log, target_log)
    report = Report(last_seq=since)
    log: Log | None = target_log
    wait = False
    while True:
        # 2.4.3 Locate changed documents: read the feed, compare the differences
        page = await source.changes(since, batch, wait=wait)
        if not page.results:
            if not live:
                return report
            wait = True
            continue
        missing = await target.missing({row.id: row.revisions for row in page.results})
        # 2.4.4 Replicate changes: fetch what is missing, hand it over
        async for documents in _fetched(source, missing):
            report.read += len(documents)
            for part in portions(documents):
                refused = await _hand_over(target, part)
                report.refused += refused
                report.written += len(part) - refused
        # 2.4.5 Record the checkpoint, at the target first: a source that knows more would skip
        since = report.last_seq = page.last_seq
        log = advanced(log, Session(session, since, report.read, report.written, report.refused))
        target_rev = await target.keep(name, log, target_rev)
        source_rev = await source.keep(name, log, source_rev)
        progress(report)


async def _fetched(source: Peer, missing: Mapping[str, list[str]]) -> AsyncGenerator[list[msgspec.Raw]]:
    """What is missing, a bearable number of documents at a time."""
    left, size = iter(missing.items()), _FIRST
    while asked := dict(islice(left, size)):
        documents = await source.fetch(asked)
        yield documents
        weight = sum(len(bytes(one)) for one in documents) / len(asked)
        size = max(1, min(BATCH, int(BYTES / (weight + 1))))


async def _hand_over(target: Peer, documents: list[msgspec.Raw]) -> int:
    """Give documents to the target; how many it refused for good."""
    try:
        return len(await target.write(documents))
    except PeerError as error:
        if error.status != _TOO_LARGE:
            raise
    if len(documents) == 1:
        return 1
    half = len(documents) // 2
    return await _hand_over(target, documents[:half]) + await _hand_over(target, documents[half:])


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
