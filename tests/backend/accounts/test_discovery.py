"""Calls to providers: only where the operator said, never on a redirect, never without an end."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from backend.accounts.discovery import MAX_ANSWER, Caller, ProviderError, allowed_hosts, check_address
from backend.kit.clock import now
from backend.kit.settings import ProviderSettings


@contextmanager
def a_server(status: int = 200, body: bytes = b"", **headers: str) -> Iterator[tuple[str, list[str]]]:
    """Answers everything alike; `{issuer}` in the body is its own address."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body.replace(b"{issuer}", issuer.encode()))

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    issuer = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield issuer, asked
    finally:
        server.shutdown()
        server.server_close()


def caller(issuer: str, hosts: str = "") -> Caller:
    return Caller(ProviderSettings(name="eid", issuer=issuer, client_id="interlink", hosts=hosts), now)


def document(**members: str) -> bytes:
    whole = {
        "issuer": "{issuer}",
        "authorization_endpoint": "{issuer}/auth",
        "token_endpoint": "{issuer}/token",
        "jwks_uri": "{issuer}/jwks",
    }
    return json.dumps(whole | members).encode()


async def test_a_discovery_document_is_asked_for_once(tmp_path):
    with a_server(body=document()) as (issuer, asked):
        eid = caller(issuer)
        assert (await eid.metadata()).jwks_uri == f"{issuer}/jwks"
        await eid.metadata()
    assert asked == ["/.well-known/openid-configuration"]


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data",
        "https://elsewhere.example/token",
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
    ],
)
async def test_no_host_is_called_that_only_a_discovery_document_names(url):
    with a_server(body=document(token_endpoint=url, jwks_uri=url)) as (issuer, asked):
        eid = caller(issuer)
        with pytest.raises(ProviderError):
            await eid.keys(again=False)
        with pytest.raises(ProviderError):
            await eid.exchange("code", "verifier", "callback")
    assert asked == ["/.well-known/openid-configuration"]


async def test_a_redirect_is_not_followed():
    with a_server() as (elsewhere, reached), a_server(302, location=elsewhere) as (issuer, _):
        with pytest.raises(ProviderError, match="302"):
            await caller(issuer).metadata()
        assert reached == []


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"issuer": 5}', b" " * (MAX_ANSWER + 1)], ids=repr)
async def test_an_answer_that_cannot_be_read_or_never_ends_is_refused(body):
    with a_server(body=body) as (issuer, _), pytest.raises(ProviderError):
        await caller(issuer).metadata()


async def test_a_browser_is_not_sent_where_a_token_could_be_overheard():
    body = document(authorization_endpoint="http://eid.example/auth")
    with a_server(body=body) as (issuer, _), pytest.raises(ProviderError, match="https"):
        await caller(issuer).metadata()


def test_the_operator_may_name_further_hosts():
    settings = ProviderSettings(name="g", issuer="https://id.example", client_id="i", hosts="Keys.example, t.example,")
    hosts = allowed_hosts(settings)

    assert hosts == {"id.example", "keys.example", "t.example"}
    check_address("https://keys.example/jwks", hosts)
    with pytest.raises(ProviderError):
        check_address("https://id.example.evil/jwks", hosts)
    with pytest.raises(ProviderError):
        check_address("http://id.example/jwks", hosts)
