"""Bodies of the addresses of devices and programs."""

from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import Meta

from backend.accounts.schemas import In, Label, Out

ProgramScope = Literal["replication", "api"]


class DeviceBody(Out):
    """A device on which the person is signed in."""

    id: str
    name: str
    """Browser and system, «Chrome, Android»; for a program the name it was given."""
    kind: Literal["phone", "tablet", "computer", "program", "unknown"]
    created: date
    last_seen: date
    here: bool
    """The device that asks."""
    lost: bool
    """Reported lost; wiped at its next contact."""


class DevicesBody(Out):
    """`GET /devices`: the one that asks first, then by last seen."""

    devices: list[DeviceBody]


class SpaceReport(In):
    """How far one space is on this device."""

    space: Annotated[str, Meta(min_length=1, max_length=100)]
    waiting: Annotated[int, Meta(ge=0, le=1_000_000)]
    last_sync: datetime | None = None


class SyncReportBody(In):
    """`POST /devices/here/report`; kept only for who agreed (`sharesSync`)."""

    spaces: Annotated[list[SpaceReport], Meta(max_length=200)]


class AddCredential(In):
    """`POST /credentials`: a way in for a program, limited to one purpose."""

    name: Label
    scope: ProgramScope


class CredentialBody(Out):
    """A program's way in; its token is told only when it is made."""

    id: str
    name: str
    scope: ProgramScope
    created: date
    last_seen: date | None


class NewCredentialBody(CredentialBody):
    """The answer to `POST /credentials`: `Authorization: Bearer <token>`, or Basic with account id and token."""

    account: str
    token: str


class CredentialsBody(Out):
    """`GET /credentials`, oldest first."""

    credentials: list[CredentialBody]
