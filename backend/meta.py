"""What an app asks a server before anything else: is it well, who is it, which documents does it understand."""

from importlib.metadata import PackageNotFoundError, version

from litestar import get
from litestar.di import NamedDependency
from msgspec import Struct

from backend.accounts import queries as accounts
from backend.kit.languages import LANGUAGES

OLDEST_CLIENT = "0.1.0"
"""Oldest released app that this server fully serves; an older one may still send and export its work."""


class Health(Struct):
    """The server answers and reaches its rows."""

    status: str


class ServerBody(Struct):
    """This server towards devices: they keep each server's data apart by its id."""

    id: str
    name: str
    version: str


class Meta(Struct, rename="camel"):
    """What this server is and understands."""

    server: ServerBody
    documents: dict[str, int]
    """Newest version of each type of document."""
    oldest_client: str
    languages: list[str]
    demo: bool
    """Whether accounts with published passwords exist."""


def our_version() -> str:
    """Return the version of Interlink that is installed."""
    try:
        return version("interlink")
    except PackageNotFoundError:
        return "0"


@get("/health", tags=["server"], summary="Whether the server is well")
async def health() -> Health:
    """Answer when rows can be read; a server that cannot is a 500 or does not answer at all."""
    await accounts.has_demo_accounts()
    return Health("ok")


@get("/meta", tags=["server"], summary="What this server is and understands")
async def meta(server: NamedDependency[ServerBody], documents: NamedDependency[dict[str, int]]) -> Meta:
    """Answer the same to everybody, signed in or not."""
    return Meta(server, documents, OLDEST_CLIENT, list(LANGUAGES), demo=await accounts.has_demo_accounts())
