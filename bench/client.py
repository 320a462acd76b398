"""The one client that measures everybody: HTTP/1.1 on one kept connection, bodies made before the clock runs."""

import http.client
from base64 import b64encode
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import msgspec

PATIENCE = 120  # seconds for one answer
JSON = {"Content-Type": "application/json", "Accept": "application/json", "X-Interlink": "1"}


class Client:
    """One connection to one peer. `base` may carry a path (`/db`) and, for CouchDB, a user and a password."""

    def __init__(self, base: str, headers: Mapping[str, str]) -> None:
        parts = urlsplit(base)
        self._path = parts.path.rstrip("/")
        self._headers = {**JSON, **headers}
        if parts.username:
            token = b64encode(f"{parts.username}:{parts.password or ''}".encode()).decode()
            self._headers["Authorization"] = f"Basic {token}"
        self._connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=PATIENCE)

    def send(self, method: str, path: str, body: bytes | None = None) -> bytes:
        """Return the answer's body; an answer that says no ends the run, since its time would mean nothing."""
        self._connection.request(method, self._path + path, body, self._headers)
        response = self._connection.getresponse()
        answer = response.read()
        if response.status >= http.client.BAD_REQUEST:
            message = f"{method} {path[:80]} was answered {response.status}: {answer[:200]!r}"
            raise RuntimeError(message)
        return answer

    def sized(self, method: str, path: str) -> int:
        """Return how many bytes the whole answer has, status line and headers included (RFC 9112 §3)."""
        self._connection.request(method, self._path + path, None, self._headers)
        response = self._connection.getresponse()
        lines = sum(len(f"{name}: {value}\r\n") for name, value in response.getheaders())
        return len(f"HTTP/1.1 {response.status} {response.reason}\r\n\r\n") + lines + len(response.read())

    def ask(self, method: str, path: str, value: Any = None) -> Any:
        """Send and receive JSON."""
        return msgspec.json.decode(self.send(method, path, None if value is None else msgspec.json.encode(value)))

    def close(self) -> None:
        self._connection.close()
