"""`interlink serve`: one process, bound to loopback unless told otherwise, and never in public without https."""

import asyncio
import gc
import resource
import signal
import socket
from collections.abc import Generator
from contextlib import AsyncExitStack, contextmanager, suppress
from pathlib import Path

import rich_click as click
import uvicorn
import uvloop

from backend.accounts.queries import has_demo_accounts
from backend.app import create_app
from backend.cli.demo import sign_ins
from backend.cli.examination import address, is_public, listen, published_passwords, pwa
from backend.cli.options import data_option, settings_with
from backend.house import House, open_for_work, open_house
from backend.kit.errors import OperatorError
from backend.kit.logs import set_up_logs
from backend.kit.patience import PatientProtocol
from backend.kit.settings import Settings

YOUNG = 10_000
"""Values that may come into being before the collector looks at the youngest."""
PATIENCE = 10
"""Seconds that requests have to end when the server stops."""
KEEP_ALIVE = 75
"""Seconds a connection may rest between two requests; an https proxy in front should let go sooner than that."""
OTHER_FILES = 256
"""Open files beside connections: databases, photos, the program's own."""


@click.command()
@data_option
@click.option("--host", help="Address to listen on (INTERLINK_HOST; 127.0.0.1).")
@click.option("--port", type=int, help="Port to listen on (INTERLINK_PORT; 8000). 0 takes a free one.")
def serve(data: Path | None, host: str | None, port: int | None) -> None:
    """Serve Interlink until it is told to stop."""
    settings = settings_with(data=data, host=host, port=port)
    set_up_logs(settings.log_format, settings.log_level)
    for sentence in address(settings):
        raise OperatorError(sentence)
    try:
        door = listen(settings)
    except OSError as error:
        raise OperatorError(f"Port {settings.port} on {settings.host} cannot be had: {error.strerror}.") from error
    uvloop.run(_serve(settings, door))


async def _serve(settings: Settings, door: socket.socket) -> None:
    with door:
        async with open_house(settings) as house, AsyncExitStack() as work:
            if is_public(settings) and await has_demo_accounts():
                raise OperatorError(published_passwords(settings))
            await work.enter_async_context(open_for_work(house))
            config = uvicorn.Config(
                create_app(house),
                http=PatientProtocol,
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=settings.secure,
                forwarded_allow_ips=settings.trusted_proxies,
                limit_concurrency=_connections(settings),
                timeout_keep_alive=KEEP_ALIVE,
                timeout_graceful_shutdown=PATIENCE,
            )
            await _tell(settings, door)
            _settle_memory()
            await _Server(config, house, work).serve(sockets=[door])


def _settle_memory() -> None:
    """Let the collector of cycles pass over what the program itself is made of, and look less often.

    Requests bring thousands of short-lived values that are part of no cycle; a tenth of the processor went into
    looking at them, and at all modules, again and again.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 10, 10)


def _connections(settings: Settings) -> int:
    """Return how many connections there may be: as many as are wished for, if the system lets us open so many files."""
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wished = settings.connections + OTHER_FILES
    if wished > now:
        files = min(wished, most) if most != resource.RLIM_INFINITY else wished
        with suppress(OSError):  # a hardened service may not
            resource.setrlimit(resource.RLIMIT_NOFILE, (files, most))
            now = files
    return max(1, min(settings.connections, now - OTHER_FILES))


async def _tell(settings: Settings, door: socket.socket) -> None:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    click.echo(f"Interlink is at {settings.public_url or f'http://{host}:{door.getsockname()[1]}'}")
    if await has_demo_accounts():
        click.echo(sign_ins())
    for sentence in pwa(settings):
        click.echo(sentence)


class _Server(uvicorn.Server):
    """Ends waiting feeds when it stops, and leaves the closing of the house to the house."""

    def __init__(self, config: uvicorn.Config, house: House, work: AsyncExitStack) -> None:
        super().__init__(config)
        self._house = house
        self._work = work

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End our own followers, then wake all who wait for changes, so that their requests end by themselves."""
        await self._work.aclose()
        self._house.store.waiting.close()
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """Stop at a signal; uvicorn would raise it again afterwards, and the house would not be closed."""
        loop = asyncio.get_running_loop()
        for one in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(one, self.handle_exit, one, None)
        try:
            yield
        finally:
            for one in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(one)
