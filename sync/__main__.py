"""`python -m sync serve` and `python -m sync replicate`: the engine by itself."""

import argparse
import asyncio
import secrets
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx
import uvicorn
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from sync.checkpoint import Seq
from sync.door.alone import FILE, application, served
from sync.errors import SchemaTooNewError
from sync.peer import Peer, PeerError
from sync.replicate import Report, replicate
from sync.stores.sqlite import SqliteStore

_WEB = ("http://", "https://")


def main() -> int:
    """Read the command line and do what it says; 2 when that was not possible."""
    arguments = _parser().parse_args()
    try:
        if arguments.command == "serve":
            _serve(arguments.data, arguments.port)
        else:
            for folder in (
                Path(end).parent for end in (arguments.source, arguments.target) if not end.startswith(_WEB)
            ):
                folder.mkdir(parents=True, exist_ok=True)
            asyncio.run(_replicate(arguments.source, arguments.target, create=arguments.create))
    except (SchemaTooNewError, PeerError, OSError) as error:
        print(error, file=sys.stderr)  # noqa: T201 — a command line speaks to its user
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sync", description="A CouchDB-compatible server and replicator.")
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="serve a folder of databases, open to this machine")
    serve.add_argument("--data", type=Path, help="folder that keeps the databases (without it they are forgotten)")
    serve.add_argument("--port", type=int, default=5984)
    copy = commands.add_parser("replicate", help="bring a target everything a source has")
    for end in ("source", "target"):
        copy.add_argument(end, help="http(s)://…/database, or DIR/database for a folder of this machine")
    copy.add_argument("--create", action="store_true", help="make the target database when it is missing")
    return parser


def _serve(data: Path | None, port: int) -> None:
    if data is not None:
        data.mkdir(parents=True, exist_ok=True)
    uvicorn.run(application(data), host="127.0.0.1", port=port, log_level="warning", timeout_graceful_shutdown=2)


async def _replicate(source: str, target: str, *, create: bool) -> None:
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    async with opened(source) as left, opened(target) as right:
        if create:
            await right.create()
        with Progress(*columns) as shown:
            bar = shown.add_task("changes", total=_number(await left.newest()))
            report = await replicate(
                left,
                right,
                session=secrets.token_hex(16),
                progress=lambda report: shown.update(bar, completed=_number(report.last_seq)),
            )
            shown.update(bar, completed=_number(report.last_seq))
    _tell(report)


@asynccontextmanager
async def opened(address: str) -> AsyncGenerator[Peer]:
    """The peer at an address; a folder is opened, and closed again."""
    place, _, name = address.rstrip("/").rpartition("/")
    if address.startswith(_WEB):
        async with httpx.AsyncClient(base_url=place, timeout=60) as client:
            yield Peer(client, unquote(name), label=f"{httpx.URL(place).host}/{name}")
        return
    folder = Path(place or ".")
    store = SqliteStore(folder / FILE)
    door: Any = served(store)  # Litestar and httpx write the type of an ASGI application differently
    transport = httpx.ASGITransport(app=door)
    try:
        async with httpx.AsyncClient(transport=transport, base_url="http://folder") as client:
            yield Peer(client, name, label=address)
    finally:
        await store.close()


def _number(seq: Seq) -> int:
    """The number a sequence begins with, as good as it goes."""
    head = str(seq).partition("-")[0]
    return int(head) if head.isdigit() else 0


def _tell(report: Report) -> None:
    refused = f", {report.refused} refused" if report.refused else ""
    print(f"{report.read} read, {report.written} written{refused}")  # noqa: T201 — a command line speaks to its user


if __name__ == "__main__":
    sys.exit(main())
