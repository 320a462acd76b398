"""`python -m sync serve` and `python -m sync replicate`: the engine by itself."""

import argparse
import asyncio
import secrets
import sys
from contextlib import AsyncExitStack, nullcontext
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx
import uvicorn
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from sync.checkpoint import Seq
from sync.door.alone import FILE, InUseError, alone, application, served
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
            _make_ready(arguments.source, arguments.target, create=arguments.create)
            asyncio.run(_replicate(arguments.source, arguments.target, create=arguments.create, live=arguments.live))
    except KeyboardInterrupt:
        print("Stopped. Run it again: it goes on where it was.", file=sys.stderr)  # noqa: T201 — as below
        return 130
    except (SchemaTooNewError, InUseError, PeerError, OSError) as error:
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
    copy.add_argument("--live", action="store_true", help="go on: bring each change as it comes, until stopped")
    return parser


def _make_ready(source: str, target: str, *, create: bool) -> None:
    """Find the folders, before an empty file is made in one that was mistyped."""
    if create and not target.startswith(_WEB):
        Path(target).parent.mkdir(parents=True, exist_ok=True)
    for end in (source, target):
        if not end.startswith(_WEB) and not Path(end).parent.is_dir():
            raise PeerError(0, f"{end}: there is no folder {Path(end).parent}")


def _serve(data: Path | None, port: int) -> None:
    if data is not None:
        data.mkdir(parents=True, exist_ok=True)
    with alone(data) if data else nullcontext():
        uvicorn.run(application(data), host="127.0.0.1", port=port, log_level="warning", timeout_graceful_shutdown=2)


async def _replicate(source: str, target: str, *, create: bool, live: bool) -> None:
    columns = TextColumn("changes"), BarColumn(), MofNCompleteColumn(), TextColumn("· {task.description}")
    async with AsyncExitStack() as stack:
        folders: dict[Path, SqliteStore] = {}
        left, right = [await _opened(end, stack, folders) for end in (source, target)]
        if create:
            await right.create()
        with Progress(*columns) as shown:
            newest = _number(await left.newest())
            bar = shown.add_task(_told(Report()), total=newest)

            def tell(report: Report) -> None:
                done = _number(report.last_seq)
                shown.update(bar, completed=done, total=max(newest, done), description=_told(report))

            report = await replicate(left, right, session=secrets.token_hex(16), live=live, progress=tell)
            shown.update(bar, completed=newest, description=_told(report))
    print(_told(report))  # noqa: T201 — a command line speaks to its user


async def _opened(address: str, stack: AsyncExitStack, folders: dict[Path, SqliteStore]) -> Peer:
    """The peer at an address; a folder is opened once, even for both ends, and closed with the stack."""
    place, _, name = address.rstrip("/").rpartition("/")
    if address.startswith(_WEB):
        client = await stack.enter_async_context(httpx.AsyncClient(base_url=place, timeout=60))
        return Peer(client, unquote(name), label=f"{httpx.URL(place).host}/{name}")
    folder = Path(place or ".")
    if folder not in folders:
        stack.enter_context(alone(folder))
        folders[folder] = SqliteStore(folder / FILE)
        stack.push_async_callback(folders[folder].close)
    door: Any = served(folders[folder])  # Litestar and httpx write the type of an ASGI application differently
    transport = httpx.ASGITransport(app=door)
    client = await stack.enter_async_context(httpx.AsyncClient(transport=transport, base_url="http://folder"))
    return Peer(client, name, label=address)


def _number(seq: Seq) -> int:
    """The number a sequence begins with, as good as it goes."""
    head = str(seq).partition("-")[0]
    return int(head) if head.isdigit() else 0


def _told(report: Report) -> str:
    refused = f", {report.refused} refused" if report.refused else ""
    return f"{report.read} read, {report.written} written{refused}"


if __name__ == "__main__":
    sys.exit(main())
