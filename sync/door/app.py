"""The door: CouchDB's HTTP API over a store, mounted in any Litestar application.

`routes(store, hooks, prefix="/db")` is one route handler. It takes the address apart before it is decoded (an id may
hold `%2F`), finds the room, and turns what the room answers or raises into HTTP. No rule of the protocol stands here.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl, unquote_to_bytes

from litestar import Request, asgi
from litestar.handlers import ASGIRouteHandler
from litestar.types import Receive, Scope, Send
from msgspec.json import encode

from sync.door.call import JSON, Answer, Call, House, Stream
from sync.door.rooms import room
from sync.errors import BAD_REQUEST, TOO_LARGE, SyncError
from sync.hooks import Hooks, Meter, no_meter
from sync.limits import Limits
from sync.store import Store

log = logging.getLogger(__name__)
_STANDARD = {"Content-Type": JSON, "Cache-Control": "must-revalidate", "X-Content-Type-Options": "nosniff"}
_INTERNAL = b'{"error":"internal_server_error","reason":"The server made a mistake; it is logged."}\n'


def routes(
    store: Store, hooks: Hooks, *, prefix: str = "/db", limits: Limits | None = None, meter: Meter = no_meter
) -> ASGIRouteHandler:
    """The protocol under `prefix`, for everybody whom `hooks` lets in, as fast as `meter` allows."""
    house = House(store, hooks, limits or Limits(), meter)
    length = len(prefix.rstrip("/"))

    @asgi(prefix, is_mount=True, copy_scope=False)
    async def door(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            answer = await _answer(house, scope, receive, send, length)
        except SyncError as error:
            answer = _refusal(error)
        except Exception:
            log.exception("unexpected error at the replication door")
            answer = Answer(_INTERNAL, 500)
        if isinstance(answer, Answer):
            await _send(send, answer, head=scope["method"] == "HEAD")  # type: ignore[typeddict-item]
        else:
            await _stream(receive, send, answer)

    return door


async def _answer(house: House, scope: Any, receive: Receive, send: Send, length: int) -> Answer | Stream:
    address = scope.get("raw_path") or scope["path"].encode()
    path = tuple(_decoded(part) for part in address.partition(b"?")[0][length:].split(b"/")[1:])
    path = path[:-1] if path and not path[-1] else path
    query = dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    request: Request[Any, Any, Any] = Request(scope, receive=receive, send=send)
    method = "GET" if scope["method"] == "HEAD" else scope["method"]
    body = _reader(receive, headers, house.limits.batch)
    return await room(method, path)(Call(house, request, method, path, query, headers, body))


def _decoded(part: bytes) -> str:
    try:
        text = unquote_to_bytes(part).decode()
    except UnicodeDecodeError:
        raise SyncError(BAD_REQUEST, "The address is not UTF-8.") from None
    if "\0" in text:
        raise SyncError(BAD_REQUEST, "The address holds a zero byte.")
    return text


def _reader(receive: Receive, headers: dict[str, str], limit: int) -> Callable[[], Awaitable[bytes]]:
    """Reads the body once, however often it is asked for."""
    read: list[bytes] = []

    async def body() -> bytes:
        if read:
            return read[0]
        size, parts, more = 0, list[bytes](), True
        announced = headers.get("content-length", "0")
        if announced.isdigit() and int(announced[:18]) > limit:
            raise SyncError(TOO_LARGE, f"A request may have {limit} bytes.")
        while more:
            message: Any = await receive()
            if message["type"] == "http.disconnect":
                raise SyncError(BAD_REQUEST, "The request ended early.")
            parts.append(message.get("body", b""))
            size += len(parts[-1])
            if size > limit:
                raise SyncError(TOO_LARGE, f"A request may have {limit} bytes.")
            more = message.get("more_body", False)
        read.append(b"".join(parts) if len(parts) > 1 else parts[0])
        return read[0]

    return body


def _refusal(error: SyncError) -> Answer:
    headers = {} if error.retry_after is None else {"Retry-After": str(error.retry_after)}
    return Answer(encode({"error": error.word, "reason": error.sentence}) + b"\n", error.status, headers)


def _headers(own: dict[str, str], **more: str) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode(), value.encode("latin-1")) for name, value in (_STANDARD | own | more).items()]


async def _send(send: Any, answer: Answer, *, head: bool) -> None:
    headers = _headers(answer.headers, **{"Content-Length": str(len(answer.body))})
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if head else answer.body, "more_body": False})


async def _stream(receive: Receive, send: Any, stream: Stream) -> None:
    """Send chunks as they come; stop making them when the client has gone."""

    async def sending() -> None:
        await send({"type": "http.response.start", "status": stream.status, "headers": _headers(stream.headers)})
        await send({"type": "http.response.body", "body": b"", "more_body": True})
        try:
            async for chunk in stream.chunks:
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
        except SyncError as error:
            log.info("a feed ended: %s", error.word)  # its reader's session or right did
        except Exception:
            log.exception("a feed ended by an unexpected error")
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def leaving() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    tasks = {asyncio.create_task(sending()), asyncio.create_task(leaving())}
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
