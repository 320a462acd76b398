"""A push service and devices without our code in them: h11 speaks, http_ece decrypts, cryptography verifies."""

import asyncio
import contextlib
import json
import ssl
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import h11
import http_ece
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from push import base64url
from push.guard import Policy


class Device:
    """A browser: it holds the private key and the secret of its subscription."""

    def __init__(self, private: ec.EllipticCurvePrivateKey | None = None, secret: bytes = b"sixteen byte key") -> None:
        self.private = private or ec.generate_private_key(ec.SECP256R1())
        self.secret = secret

    def subscription(self, endpoint: str) -> dict[str, Any]:
        point = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        keys = {"p256dh": base64url.encode(point), "auth": base64url.encode(self.secret)}
        return {"endpoint": endpoint, "expirationTime": None, "keys": keys}

    def decrypt(self, body: bytes) -> bytes:
        return http_ece.decrypt(body, private_key=self.private, auth_secret=self.secret)

    def reads(self, body: bytes) -> dict[str, Any]:
        """The notification in a Declarative Web Push message."""
        message = json.loads(self.decrypt(body))
        assert message["web_push"] == 8030
        return message["notification"]


@dataclass
class Received:
    """One request as it came over the wire."""

    target: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Reply:
    """What the push service says to one request."""

    status: int = 201
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""
    waits: float = 0


@dataclass
class PushService:
    """Answers every message with `reply`, or with what `replies` has for its path; a function is asked each time."""

    port: int = 0
    reply: Reply = field(default_factory=Reply)
    replies: dict[str, Reply | Callable[[Received], Reply]] = field(default_factory=dict)
    received: list[Received] = field(default_factory=list)
    connections: int = 0
    served: list[asyncio.Task] = field(default_factory=list)

    @property
    def allow(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def policy(self) -> Policy:
        return Policy(frozenset({self.allow}))

    def endpoint(self, path: str = "/p/device") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def told(self, path: str) -> list[Received]:
        """What came for one device."""
        return [one for one in self.received if one.target == path]

    def says(self, received: Received) -> Reply:
        found = self.replies.get(received.target, self.reply)
        return found(received) if callable(found) else found

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.served.append(asyncio.current_task())
        connection = h11.Connection(h11.SERVER)
        try:
            while await self._answer_one(connection, reader, writer):
                connection.start_next_cycle()
        except (ConnectionError, h11.RemoteProtocolError, asyncio.CancelledError):
            writer.transport.abort()
        else:
            writer.close()

    async def _answer_one(
        self, connection: h11.Connection, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        received = await _heard(connection, reader)
        if received is None:
            return False
        self.received.append(received)
        reply = self.says(received)
        await asyncio.sleep(reply.waits)
        for answer in (
            h11.Response(status_code=reply.status, headers=[*reply.headers, ("content-length", str(len(reply.body)))]),
            h11.Data(data=reply.body),
            h11.EndOfMessage(),
        ):
            writer.write(connection.send(answer) or b"")
        await writer.drain()
        return connection.our_state is h11.DONE


async def _heard(connection: h11.Connection, reader: asyncio.StreamReader) -> Received | None:
    target, headers, body = "", {}, b""
    while not isinstance(event := connection.next_event(), h11.EndOfMessage):
        match event:
            case h11.NEED_DATA:
                connection.receive_data(await reader.read(65536))
            case h11.Request():
                target = event.target.decode()
                headers = {name.decode(): value.decode() for name, value in event.headers}
            case h11.Data():
                body += event.data
            case h11.ConnectionClosed():
                return None
    return Received(target, headers, body)


@contextlib.asynccontextmanager
async def a_push_service(tls: ssl.SSLContext | None = None, *, port: int = 0) -> AsyncIterator[PushService]:
    """Let one listen on loopback until the block ends."""
    service = PushService()
    server = await asyncio.start_server(service.serve, "127.0.0.1", port, ssl=tls)
    service.port = server.sockets[0].getsockname()[1]
    try:
        yield service
    finally:
        server.close()
        for task in service.served:
            task.cancel()
        await asyncio.gather(*service.served, return_exceptions=True)


def claims_of(authorization: str) -> dict[str, Any]:
    """Verify an Authorization header as a push service does (RFC 8292 §4.2) and return the claims in it.

    Raises InvalidSignature for a claim that is not signed by the key beside it.
    """
    scheme, _, parameters = authorization.partition(" ")
    assert scheme == "vapid"
    values = dict(item.strip().split("=", 1) for item in parameters.split(","))
    signed, _, signature = values["t"].rpartition(".")
    header, claims = (json.loads(base64url.decode(part)) for part in signed.split("."))
    assert header == {"typ": "JWT", "alg": "ES256"}
    raw = base64url.decode(signature)
    der = utils.encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), base64url.decode(values["k"]))
    key.verify(der, signed.encode(), ec.ECDSA(hashes.SHA256()))
    return claims


def key_of(authorization: str) -> str:
    """The public key an Authorization header names."""
    return authorization.rpartition("k=")[2]
