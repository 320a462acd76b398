"""The words of this room: who somebody is, how they came in, and what may be told of it."""

from contextlib import AbstractAsyncContextManager
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from msgspec import Struct


class Person(Struct, frozen=True):
    """Somebody who is signed in."""

    id: str
    name: str
    language: str
    administrator: bool = False
    """Of the whole server, not of a process."""


class Scope(StrEnum):
    """What a session is good for."""

    BROWSER = "browser"
    """A cookie of the app itself: everything."""
    APP = "app"
    """A native app's token: everything, without a cookie."""
    REPLICATION = "replication"
    """The door and the files that belong to documents; nothing else."""
    API = "api"
    """`/api/v1`, but not the door."""


class Proof(StrEnum):
    """How somebody proved who they are when their session began."""

    PASSWORD = "password"  # noqa: S105 — a word, not a password
    CODE = "code"
    PASSKEY = "passkey"
    PROVIDER = "provider"
    INVITATION = "invitation"
    SESSION = "session"
    """Another session of theirs made this one, for a program."""


class Visit(Struct, frozen=True):
    """One session as a request shows it, also when it is good for nothing any more."""

    session: str
    person: Person
    scope: Scope
    proved: str
    began: datetime
    seen: date | None
    """The last day on which it asked for something."""
    lost: bool
    disabled: bool


class Event(StrEnum):
    """What the audit tells. Rooms above add theirs here, so that every word stands once and is translated."""

    SIGNED_IN = "signed_in"
    REGISTERED = "registered"
    DEVICE_SIGNED_OUT = "device_signed_out"
    DEVICE_LOST = "device_lost"
    CREDENTIAL_MADE = "credential_made"
    CREDENTIAL_REVOKED = "credential_revoked"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    PASSKEY_REFUSED = "passkey_refused"
    """A passkey whose counter went backwards: perhaps a copy."""
    PROVIDER_LINKED = "provider_linked"
    PROVIDER_UNLINKED = "provider_unlinked"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 — a word, not a password
    EMAIL_CHANGED = "email_changed"
    ACCOUNT_DISABLED = "account_disabled"
    ACCOUNT_ENABLED = "account_enabled"
    ACCOUNT_DELETED = "account_deleted"
    ORGANISATION_MADE = "organisation_made"
    ORGANISATION_CHANGED = "organisation_changed"
    ORGANISATION_DELETED = "organisation_deleted"
    TEAM_MADE = "team_made"
    TEAM_CHANGED = "team_changed"
    TEAM_DELETED = "team_deleted"
    ADMINISTRATOR_NAMED = "administrator_named"
    ADMINISTRATOR_DISMISSED = "administrator_dismissed"
    JOINED = "joined"
    LEFT = "left"
    REMOVED = "removed"
    ACCESS_ENDED = "access_ended"
    """The time of an observer was over."""
    GRANTS_CHANGED = "grants_changed"
    INVITED = "invited"
    INVITATION_REVOKED = "invitation_revoked"
    APPLIED = "applied"
    APPLICATION_ACCEPTED = "application_accepted"
    APPLICATION_DECLINED = "application_declined"


class Ways(Struct, frozen=True):
    """The ways into one account, besides the sessions it has."""

    email: str | None
    email_verified: bool
    password: bool
    passkeys: int
    synced_passkeys: int
    providers: int

    @property
    def any(self) -> bool:
        """Whether the person could sign in again at all."""
        return bool(self.passkeys or self.providers or self._by_mail)

    @property
    def recoverable(self) -> bool:
        """Whether there is a way in when this device, and a passkey that lives only on it, is gone."""
        return bool(self.synced_passkeys or self.passkeys > 1 or self.providers or self._by_mail)

    @property
    def _by_mail(self) -> bool:
        return self.email is not None and (self.email_verified or self.password)


class Neighbours(Protocol):
    """What this room asks the room of people above it, which it cannot import; put together in `app.py`."""

    async def check_invitation(self, token: str) -> None:
        """Raise Problem, with the reason, for an invitation that lets nobody in now; looking does not use it up."""
        ...

    async def renamed(self, account: str, old: str, new: str) -> None:
        """Rename the person's members, where they did not choose another name, and tell devices."""
        ...

    async def alone_in_charge(self, account: str) -> bool:
        """Say whether a process, team or organisation would have no administrator without this person."""
        ...

    def without(self, account: str) -> AbstractAsyncContextManager[None]:
        """Inside the block, one transaction, the account is deleted; afterwards no space names the person."""
        ...
