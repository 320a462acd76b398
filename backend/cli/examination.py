"""Each thing that can be wrong with a set-up, as one function from the settings to sentences."""

import os
import shutil
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from backend.app import built_pwa
from backend.house import SPACES
from backend.kit.mail import is_address, smtp_parts, smtp_port
from backend.kit.secrets import readable_by_others
from backend.kit.settings import Settings, unknown_settings
from backend.rows import ROWS, migration_ids
from sync.stores.sqlite.schema import STEPS, version

PATIENCE = 3.0
"""Seconds for a mail server to answer."""
LEAST_FREE = 500_000_000
"""Bytes of disk below which photos soon find no place."""


def examine(settings: Settings) -> list[str]:
    """Return a sentence for each thing that is wrong; none when all is well."""
    return [
        *unread_settings(),
        *folder(settings),
        *secrets(settings),
        *schema(settings),
        *port(settings),
        *address(settings),
        *demo(settings),
        *mail(settings),
        *providers(settings),
        *push(settings),
        *pwa(settings),
    ]


def unread_settings() -> Iterator[str]:
    """Find variables that nobody reads."""
    for name in unknown_settings(os.environ):
        yield f"{name} is not a setting; docs/settings.md lists them all."


def folder(settings: Settings) -> Iterator[str]:
    """Find a data folder that cannot hold data."""
    data = settings.data
    nearest = next(one for one in (data, *data.absolute().parents) if one.exists())
    if data.exists() and not data.is_dir():
        yield f"{data} is a file; the data needs a folder."
    elif not os.access(nearest, os.W_OK | os.X_OK):
        yield f"{data} cannot be written by this user."
    elif (free := shutil.disk_usage(nearest).free) < LEAST_FREE:
        yield f"The disk of {data} has only {free // 1_000_000} MB left."


def secrets(settings: Settings) -> Iterator[str]:
    """Find secrets that others may read."""
    for file in readable_by_others(settings.data):
        yield f"Other users can read {file}; run: chmod 600 {file}"


def schema(settings: Settings) -> Iterator[str]:
    """Find databases that are older or newer than this program."""
    for file, done, known in steps(settings.data):
        if done > known:
            yield f"{file} was written by a newer version of Interlink; install that version, or put a backup back."
        elif done < known:
            yield f"{file} is not migrated yet; the next start does it, after a backup."


def port(settings: Settings) -> Iterator[str]:
    """Find a port that somebody else listens on."""
    try:
        listen(settings).close()
    except OSError:
        yield f"Port {settings.port} on {settings.host} is taken or not allowed; choose another with --port."


def address(settings: Settings) -> Iterator[str]:
    """Find an address that strangers reach without https."""
    if not is_loopback(settings.host) and not settings.secure:
        yield (
            f"{settings.host} can be reached from other machines, but INTERLINK_PUBLIC_URL names no https:// address: "
            "put an https proxy in front (deploy/Caddyfile) and set it."
        )
    elif settings.public_url is not None and not settings.secure:
        yield "INTERLINK_PUBLIC_URL must begin with https://, or be left out on this machine alone."


def demo(settings: Settings) -> Iterator[str]:
    """Find accounts with published passwords behind a public address."""
    if is_public(settings) and _has_demo(settings.data / ROWS):
        yield published_passwords(settings)


def published_passwords(settings: Settings) -> str:
    """Return why a server with the demo may not be public."""
    return f"{settings.data} holds the demo, whose passwords everybody knows: use a new folder in public."


def mail(settings: Settings) -> Iterator[str]:
    """Find a mail server that cannot be reached, and a public server that sends no mail."""
    if settings.smtp_url is None:
        if is_public(settings):
            yield "INTERLINK_SMTP_URL is not set: codes and invitations by mail stay in a folder, and reach nobody."
        return
    try:
        parts = smtp_parts(settings.smtp_url)
    except ValueError as error:
        yield f"INTERLINK_SMTP_URL cannot be used: {error}."
        return
    if not is_address(settings.sender):
        yield f"Mails cannot come from {settings.sender}: set INTERLINK_MAIL_FROM to one e-mail address."
    try:
        socket.create_connection((parts.hostname or "", smtp_port(parts)), PATIENCE).close()
    except OSError:
        yield f"The mail server {parts.hostname}:{smtp_port(parts)} does not answer."


def providers(settings: Settings) -> Iterator[str]:
    """Find providers of OpenID Connect that could be overheard."""
    for one in settings.oidc:
        issuer = urlsplit(one.issuer)
        if issuer.scheme != "https" and not is_loopback(issuer.hostname or ""):
            yield f"The issuer of {one.name} must begin with https://: {one.issuer}"


def push(settings: Settings) -> Iterator[str]:
    """Find push services that are let through although they are not on the public Internet."""
    if settings.push_allow:
        yield (
            f"INTERLINK_PUSH_ALLOW lets messages go to {settings.push_allow} without https, and anybody who is "
            "signed in name that address: it is for tests alone."
        )


def is_public(settings: Settings) -> bool:
    """Say whether strangers reach the server."""
    return settings.secure or not is_loopback(settings.host)


def pwa(settings: Settings) -> Iterator[str]:
    """Find a missing build of the app."""
    if built_pwa(settings) is None:
        yield "The app is not built, so browsers find nothing here; run: make build"


def is_loopback(host: str) -> bool:
    """Say whether only this machine reaches an address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def listen(settings: Settings) -> socket.socket:
    """Take the port. Raises OSError when it cannot be had."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    return socket.create_server((settings.host, settings.port), family=family, backlog=2048)


def steps(data: Path) -> Iterator[tuple[Path, int, int]]:
    """Yield each database of a folder with the steps its schema has done, and the steps we know."""
    rows, spaces = data / ROWS, data / SPACES
    ours = migration_ids()
    if rows.exists():
        ran = {name for (name,) in _ask(rows, "SELECT name FROM migration")}
        yield rows, len(ours) + 1 if ran - ours else len(ran), len(ours)
    if spaces.exists():
        with closing(sqlite3.connect(f"file:{spaces}?mode=ro", uri=True)) as connection:
            yield spaces, version(connection), len(STEPS)


def _has_demo(rows: Path) -> bool:
    return rows.exists() and bool(_ask(rows, "SELECT 1 FROM account WHERE demo LIMIT 1"))


def _ask(file: Path, question: str) -> list[tuple[str]]:
    """Read a database that is perhaps not migrated, or not ours."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        try:
            return connection.execute(question).fetchall()
        except sqlite3.DatabaseError:
            return []
