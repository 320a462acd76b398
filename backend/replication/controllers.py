"""HTTP of this room: which spaces there are for who asks, and how much of each would come to the device."""

from typing import Any

from litestar import Controller, Request, get
from litestar.di import NamedDependency
from msgspec import UNSET, Struct, UnsetType

from backend.accounts.sessions import Sessions
from backend.files import queries as files
from backend.kit.spaces import ALL, SpaceKind, Spaces
from backend.processes.documents import PROCESS
from backend.replication.access import SpaceAccess
from backend.replication.doorkeeper import Doorkeeper
from backend.replication.hooks import language_of
from backend.replication.volume import Volumes


class SpaceBody(Struct, rename="camel"):
    """One space as one person sees it."""

    name: str
    kind: SpaceKind
    gained: int
    lost: int
    documents: int
    """How many documents the person may read."""
    bytes: int
    """About how large they are together, as JSON."""
    files: int
    file_bytes: int
    administrator: bool
    """Of this process."""
    member: str | UnsetType = UNSET
    """The person's member id in the process."""
    title: dict[str, str] | UnsetType = UNSET
    """Name of the process in its languages."""


class SpacesBody(Struct):
    """The spaces of one person.

    A device removes a space only when this list, from the same server and for the same account, no longer names it.
    """

    account: str | None
    server: str
    spaces: list[SpaceBody]


class SpaceController(Controller):
    """The spaces of who asks."""

    path = "/spaces"
    tags = ("spaces",)

    @get(summary="My spaces and how large they are")
    async def mine(
        self,
        request: Request[Any, Any, Any],
        sessions: NamedDependency[Sessions],
        doorkeeper: NamedDependency[Doorkeeper],
        volumes: NamedDependency[Volumes],
        spaces: NamedDependency[Spaces],
        server_id: NamedDependency[str],
    ) -> SpacesBody:
        """Answer with the commons alone when nobody is signed in."""
        person = await sessions.person(request)
        found = await doorkeeper.all(person, language_of(person, request))
        listed = [await _space(name, access, volumes, spaces) for name, access in found]
        return SpacesBody(person.id if person else None, server_id, listed)


async def _space(name: str, access: SpaceAccess, volumes: Volumes, spaces: Spaces) -> SpaceBody:
    volume = volumes.of(name, access)
    stored = await files.volume(name, volume.partitions)
    body = SpaceBody(
        name=name,
        kind=access.sender.kind,
        gained=volume.gained,
        lost=volume.lost,
        documents=volume.documents,
        bytes=volume.size,
        files=stored.files,
        file_bytes=stored.size,
        administrator=access.sender.standing.administrator,
    )
    if access.sender.kind is SpaceKind.PROCESS:
        body.member = access.sender.id
        process = await spaces.read(name, f"{ALL}:{PROCESS.name}:{access.sender.owner}")
        body.title = process["name"] if process else UNSET
    return body
