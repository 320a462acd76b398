"""A push service on this machine, as browsers and servers know one, without our code in it.

    our server ── POST, RFC 8030 ──▶ this ── WebSocket, autopush's protocol ──▶ Firefox

It checks what real ones check: who signed (RFC 8292), for whom, how long; how large the body is (RFC 8030 §7.2). It
keeps what a browser that is away has not got, and forgets an address when the browser gives it up.
"""

import asyncio
import base64
import json
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidSignature
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from tests.push_service import PushService, Received, Reply, claims_of, key_of

WITHIN = 40.0  # seconds; for a browser on a loaded machine
TAKES = 4096  # bytes of a body


@dataclass
class Channel:
    """One subscription of one browser."""

    id: str
    browser: str
    key: str
    gone: bool = False


@dataclass
class LocalPushService(PushService):
    """Where browsers connect is `address`; where servers post, `endpoint`."""

    socket_port: int = 0
    channels: dict[str, Channel] = field(default_factory=dict)
    waiting: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """By browser: what it has not acknowledged."""
    here: dict[str, ServerConnection] = field(default_factory=dict)
    acknowledged: list[int] = field(default_factory=list)
    """The codes browsers gave: 100 shown to the page's worker, 101 could not be decrypted."""
    sending: set[asyncio.Task] = field(default_factory=set)

    @property
    def address(self) -> str:
        return f"ws://127.0.0.1:{self.socket_port}/"

    def settings(self) -> dict[str, Any]:
        """What makes Firefox use this one, answer «allow» when it is asked, and show notices without a desktop."""
        return {
            "dom.push.serverURL": self.address,
            "dom.push.testing.allowInsecureServerURL": True,
            "dom.push.connection.enabled": True,
            "dom.push.testing.ignorePermission": True,
            "permissions.default.desktop-notification": 1,
            "alerts.useSystemBackend": False,
        }

    def subscribed(self) -> list[str]:
        """Paths of the addresses that are in use."""
        return [path for path, one in self.channels.items() if not one.gone]

    def takes_for(self, path: str, key: str) -> None:
        """Give this address to a browser that is never here: what comes for it is looked at by the test."""
        self.channels[path] = Channel(path, path, key)

    def waits_until(self, seen: Callable[[], Any], what: str) -> None:
        until = time.monotonic() + WITHIN
        while not seen():
            assert time.monotonic() < until, f"never: {what}"
            time.sleep(0.05)

    # What servers say.

    def says(self, received: Received) -> Reply:
        channel = self.channels.get(received.target)
        if channel is None or channel.gone:
            return Reply(404 if channel is None else 410)
        if wrong := self._wrong(channel, received):
            return wrong
        message = {
            "messageType": "notification",
            "channelID": channel.id,
            "version": uuid.uuid4().hex,
            "data": base64.urlsafe_b64encode(received.body).rstrip(b"=").decode(),
            "headers": {"encoding": received.headers["content-encoding"]},
        }
        self.waiting.setdefault(channel.browser, []).append(message)
        if connection := self.here.get(channel.browser):
            task = asyncio.ensure_future(_sent(connection, message))
            self.sending.add(task)
            task.add_done_callback(self.sending.discard)
        return Reply(201, [("Location", f"/m/{message['version']}")])

    def _wrong(self, channel: Channel, received: Received) -> Reply | None:
        if len(received.body) > TAKES:
            return Reply(413)
        if not received.headers.get("ttl", "").isdigit() or received.headers.get("content-encoding") != "aes128gcm":
            return Reply(400)
        try:
            claims = claims_of(received.headers["authorization"])
        except (InvalidSignature, KeyError, ValueError, AssertionError):
            return Reply(401)
        ours, lives = claims["aud"] == f"http://{self.allow}", 0 < claims["exp"] - time.time() <= 24 * 3600
        named = key_of(received.headers["authorization"]).rstrip("=")
        return None if ours and lives and named == channel.key.rstrip("=") else Reply(403)

    # What browsers say.

    async def listens(self, connection: ServerConnection) -> None:
        browser = ""
        with suppress(ConnectionClosed):  # browsers end without a farewell
            async for text in connection:
                said = json.loads(text)
                browser = said.get("uaid") or browser or uuid.uuid4().hex
                if answer := self._answer(said, browser):
                    await connection.send(json.dumps(answer))
                if said.get("messageType") == "hello":
                    self.here[browser] = connection
                    for message in self.waiting.get(browser, []):
                        await connection.send(json.dumps(message))
        if self.here.get(browser) is connection:
            del self.here[browser]

    def _answer(self, said: dict[str, Any], browser: str) -> dict[str, Any] | None:
        match said.get("messageType"):
            case "hello":
                return {"messageType": "hello", "uaid": browser, "status": 200, "use_webpush": True, "broadcasts": {}}
            case "register":
                path = f"/p/{uuid.uuid4().hex}"
                self.channels[path] = Channel(said["channelID"], browser, said.get("key", ""))
                found = {"channelID": said["channelID"], "status": 200, "pushEndpoint": self.endpoint(path)}
                return {"messageType": "register", **found}
            case "unregister":
                for one in self.channels.values():
                    one.gone |= one.id == said["channelID"]
                return {"messageType": "unregister", "channelID": said["channelID"], "status": 200}
            case "ack":
                done = {update["version"] for update in said["updates"]}
                left = [one for one in self.waiting.get(browser, []) if one["version"] not in done]
                self.waiting[browser] = left
                self.acknowledged += [update["code"] for update in said["updates"]]
                return None
            case None | "ping":
                return {}
            case _:
                return None


async def _sent(connection: ServerConnection, message: dict[str, Any]) -> None:
    with suppress(ConnectionClosed):  # it waits for the browser then
        await connection.send(json.dumps(message))


@contextmanager
def a_local_push_service() -> Iterator[LocalPushService]:
    """Let one run in a thread of its own until the block ends."""
    service, ready, over = LocalPushService(), Future[None](), threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(_run(service, ready, over)), daemon=True)
    thread.start()
    ready.result(WITHIN)
    try:
        yield service
    finally:
        over.set()
        thread.join(WITHIN)


async def _run(service: LocalPushService, ready: "Future[None]", over: threading.Event) -> None:
    server = await asyncio.start_server(service.serve, "127.0.0.1", 0)
    service.port = server.sockets[0].getsockname()[1]
    sockets: Server = await serve(service.listens, "127.0.0.1", 0, max_size=None)
    service.socket_port = next(iter(sockets.sockets)).getsockname()[1]
    ready.set_result(None)
    await asyncio.to_thread(over.wait)
    sockets.close()
    server.close()
    for task in service.served:
        task.cancel()
    await asyncio.gather(*service.served, return_exceptions=True)
    await sockets.wait_closed()
