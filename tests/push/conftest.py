"""A device and a push service without our code in them: http_ece decrypts, cryptography verifies, h11 speaks."""

import asyncio
import contextlib
import json
import ssl
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import h11
import http_ece
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from push import base64url
from push.guard import Policy


class Device:
    """A browser: it holds the private key and the secret of its subscription."""

    def __init__(self, private: ec.EllipticCurvePrivateKey, secret: bytes) -> None:
        self.private = private
        self.secret = secret

    def subscription(self, endpoint: str) -> dict[str, object]:
        point = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        keys = {"p256dh": base64url.encode(point), "auth": base64url.encode(self.secret)}
        return {"endpoint": endpoint, "expirationTime": None, "keys": keys}

    def decrypt(self, body: bytes) -> bytes:
        return http_ece.decrypt(body, private_key=self.private, auth_secret=self.secret)


@dataclass
class Received:
    """One request as it came over the wire."""

    target: str
    headers: dict[str, str]
    body: bytes


@dataclass
class PushService:
    """Answers every message with what the test put into `status`, `headers`, `body` and `waits`."""

    port: int = 0
    status: int = 201
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""
    waits: float = 0
    received: list[Received] = field(default_factory=list)
    connections: int = 0
    served: list[asyncio.Task] = field(default_factory=list)

    @property
    def policy(self) -> Policy:
        return Policy(frozenset({f"127.0.0.1:{self.port}"}))

    def endpoint(self, path: str = "/p/device") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

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
                    return False
        self.received.append(Received(target, headers, body))
        await asyncio.sleep(self.waits)
        for answer in (
            h11.Response(status_code=self.status, headers=[*self.headers, ("content-length", str(len(self.body)))]),
            h11.Data(data=self.body),
            h11.EndOfMessage(),
        ):
            writer.write(connection.send(answer) or b"")
        await writer.drain()
        return connection.our_state is h11.DONE


@contextlib.asynccontextmanager
async def running(tls: ssl.SSLContext | None = None) -> AsyncIterator[PushService]:
    service = PushService()
    server = await asyncio.start_server(service.serve, "127.0.0.1", 0, ssl=tls)
    service.port = server.sockets[0].getsockname()[1]
    try:
        yield service
    finally:
        server.close()
        for task in service.served:
            task.cancel()
        await asyncio.gather(*service.served, return_exceptions=True)


@pytest.fixture
async def push_service() -> AsyncIterator[PushService]:
    async with running() as service:
        yield service


@pytest.fixture
def a_push_service() -> Callable[..., contextlib.AbstractAsyncContextManager[PushService]]:
    return running


@pytest.fixture
def device() -> Device:
    return Device(ec.generate_private_key(ec.SECP256R1()), b"sixteen byte key")


@pytest.fixture
def a_device() -> Callable[[str, str], Device]:
    """Make the device whose private key and secret a standard gives in base64url."""

    def make(private: str, secret: str) -> Device:
        number = int.from_bytes(base64url.decode(private), "big")
        return Device(ec.derive_private_key(number, ec.SECP256R1()), base64url.decode(secret))

    return make


@pytest.fixture
def claims_of() -> Callable[[str], dict[str, object]]:
    """Verify an Authorization header as a push service does (RFC 8292 §4.2) and return the claims in it."""

    def verify(authorization: str) -> dict[str, object]:
        scheme, _, parameters = authorization.partition(" ")
        assert scheme == "vapid"
        values = dict(item.strip().split("=", 1) for item in parameters.split(","))
        signed, _, signature = values["t"].rpartition(".")
        header, claims = (json.loads(base64url.decode(part)) for part in signed.split("."))
        assert header == {"typ": "JWT", "alg": "ES256"}
        raw = base64url.decode(signature)
        der = utils.encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), base64url.decode(values["k"]))
        try:
            key.verify(der, signed.encode(), ec.ECDSA(hashes.SHA256()))
        except InvalidSignature:
            pytest.fail("the claim is not signed by the key beside it")
        return claims

    return verify
