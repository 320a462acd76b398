"""Every setting, read once from the environment when the program starts.

A setting `name` is the variable `INTERLINK_NAME`. Its sentence of documentation is its description below; a test
compares them with docs/settings.md.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_type_hints
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta

from backend.kit.errors import OperatorError

PREFIX = "INTERLINK_"
OIDC = "OIDC_"
OTHERS = frozenset({"CATALOGUE", "TEST_CATALOGUE", "SOAK", "SEED", "TEST_POSTGRESQL", "DOMAIN", "UPSTREAM"})
"""Variables with our prefix that the Makefile, the tests and deploy/ read, not the server."""


class SettingsError(OperatorError):
    """A setting that cannot be; the message is a sentence for the person who set it."""


class ProviderSettings(msgspec.Struct, frozen=True, kw_only=True):
    """One provider of OpenID Connect; `INTERLINK_OIDC_<NAME>_…`, with any name of letters."""

    name: str
    issuer: Annotated[str, Meta(min_length=8, max_length=500, description="Issuer of a provider of OpenID Connect.")]
    client_id: Annotated[str, Meta(min_length=1, max_length=200, description="Who we are to this provider.")]
    client_secret: Annotated[
        str | None,
        Meta(description="Our secret there; left out for a client that is public and proves itself by PKCE."),
    ] = None
    label: Annotated[str | None, Meta(description="What people read on its button.")] = None
    hosts: Annotated[str, Meta(description="Further hosts, comma separated, where it answers for tokens and keys.")] = (
        ""
    )


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """All settings with their defaults: good for one person trying Interlink on one machine."""

    data: Annotated[Path, Meta(description="Folder for both databases, files, backups and secrets.")] = Path("data")
    host: Annotated[str, Meta(description="Address to listen on; other machines reach only what is not loopback.")] = (
        "127.0.0.1"
    )
    port: Annotated[int, Meta(ge=0, le=65535, description="Port to listen on; 0 takes a free one.")] = 8000
    public_url: Annotated[
        str | None,
        Meta(description="Address people type, such as https://interlink.example; needed beyond loopback."),
    ] = None
    trusted_proxies: Annotated[
        str,
        Meta(description="Addresses of the https proxies in front, comma separated, whose X-Forwarded-* we believe."),
    ] = "127.0.0.1"
    database_url: Annotated[
        str | None,
        Meta(
            description="postgresql://… for people and rights instead of the SQLite file rows.db. "
            "Still one server process."
        ),
    ] = None
    name: Annotated[str, Meta(min_length=1, max_length=80, description="Name of this server, shown to people.")] = (
        "Interlink"
    )
    registration: Annotated[
        Literal["open", "invited"],
        Meta(description="Who may make an account: everybody (open), or only who was invited (invited)."),
    ] = "open"
    smtp_url: Annotated[
        str | None,
        Meta(description="smtp://user:password@host:587, or smtps:// for TLS; without it mails are files in mail/."),
    ] = None
    mail_from: Annotated[
        str | None,
        Meta(description="Sender of mails; left out, interlink@ and the host of the public address."),
    ] = None
    oidc: tuple[ProviderSettings, ...] = ()
    """Providers of OpenID Connect, by name; they are set one variable each."""
    push_allow: Annotated[
        str,
        Meta(description="host:port of push services that may be called without https or publicly; for tests alone."),
    ] = ""
    static: Annotated[
        Path | None,
        Meta(description="Folder of the built PWA, when it is neither in the wheel nor in pwa/dist."),
    ] = None
    documents_per_minute: Annotated[
        int,
        Meta(ge=1, description="Documents one person may send in a minute, in the long run; twice as many at once."),
    ] = 6000
    megabytes_per_minute: Annotated[
        int,
        Meta(ge=1, description="Megabytes of documents one person may send in a minute, in the same way."),
    ] = 100
    requests_at_once: Annotated[
        int,
        Meta(ge=1, description="Requests of one session that are answered at the same time."),
    ] = 32
    feeds_at_once: Annotated[
        int,
        Meta(ge=1, description="Feeds that one session may keep waiting for changes."),
    ] = 64
    connections: Annotated[
        int,
        Meta(ge=1, description="Connections kept open at the same time, at most; one waiting device is one."),
    ] = 12_000
    log_format: Annotated[
        Literal["console", "json"],
        Meta(description="How log lines look: console for people, json for programs."),
    ] = "console"
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"],
        Meta(description="The least severe log line that is written."),
    ] = "info"

    @property
    def secure(self) -> bool:
        """Whether people reach us by https, so that cookies and headers may say so."""
        return self.public_url is not None and self.public_url.startswith("https://")

    @property
    def origin(self) -> str | None:
        """The web origin of the public address; None when it is whatever the browser used."""
        if self.public_url is None:
            return None
        parts = urlsplit(self.public_url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def sender(self) -> str:
        """The address that mails come from."""
        host = urlsplit(self.public_url).hostname if self.public_url else None
        return self.mail_from or f"interlink@{host or 'localhost'}"


def read_settings(environment: Mapping[str, str], **given: Any) -> Settings:
    """Read the settings; what the command line gave (and is not None) goes before the environment.

    Raises SettingsError with a sentence that names the variable.
    """
    found: dict[str, Any] = {
        name: environment[PREFIX + name.upper()] for name in _PLAIN if environment.get(PREFIX + name.upper())
    }
    found["oidc"] = _providers(environment)
    found |= {name: value for name, value in given.items() if value is not None}
    try:
        return msgspec.convert(found, Settings, strict=False, dec_hook=_decode)
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at `$.")
        raise SettingsError(f"The setting {PREFIX}{where.rstrip('`').upper()} cannot be used: {what}.") from error


def unknown_settings(environment: Mapping[str, str]) -> list[str]:
    """Return the variables with our prefix that nobody reads: mostly a slip of the pen."""
    known = {name.upper() for name in _PLAIN} | OTHERS
    ours = {name.removeprefix(PREFIX) for name in environment if name.startswith(PREFIX)}
    return sorted(PREFIX + name for name in ours - known if _provider_part(name) is None)


def documentation() -> dict[str, str]:
    """Return the sentence of each setting by the name of its variable."""
    hints = get_type_hints(Settings, include_extras=True)
    parts = get_type_hints(ProviderSettings, include_extras=True)
    return {
        **{PREFIX + name.upper(): hints[name].__metadata__[0].description for name in _PLAIN},
        **{f"{PREFIX}{OIDC}NAME_{part.upper()}": parts[part].__metadata__[0].description for part in _PARTS},
    }


_PLAIN = tuple(name for name in Settings.__struct_fields__ if name != "oidc")
_PARTS = tuple(name for name in ProviderSettings.__struct_fields__ if name != "name")


def _provider_part(variable: str) -> tuple[str, str] | None:
    """Take `OIDC_<NAME>_<PART>` apart, in lower case; None when it is nothing of the kind."""
    if not variable.startswith(OIDC):
        return None
    rest = variable.removeprefix(OIDC).lower()
    for part in _PARTS:
        name = rest.removesuffix(f"_{part}")
        if name != rest and name.isalnum():
            return name, part
    return None


def _providers(environment: Mapping[str, str]) -> list[dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for variable, value in environment.items():
        taken = _provider_part(variable.removeprefix(PREFIX)) if variable.startswith(PREFIX) and value else None
        if taken:
            found.setdefault(taken[0], {"name": taken[0]})[taken[1]] = value
    return [found[name] for name in sorted(found)]


def _decode(kind: type, value: Any) -> Any:
    if kind is Path:
        return Path(value)
    raise NotImplementedError(kind)
