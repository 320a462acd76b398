"""Bodies of this room's HTTP interface: camelCase JSON; what comes in may hold no member that is not named here."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from litestar.params import QueryParameter
from msgspec import UNSET, Meta, Struct, UnsetType

from backend.accounts.passwords import MAX_LENGTH

Email = Annotated[str, Meta(min_length=3, max_length=200)]
Password = Annotated[str, Meta(min_length=1, max_length=MAX_LENGTH)]
DeviceId = Annotated[str, Meta(min_length=1, max_length=100, description="Random id the device gave itself.")]
Name = Annotated[str, Meta(min_length=1, max_length=100, description="How a person wants to be called.")]
Label = Annotated[str, Meta(min_length=1, max_length=60, description="What somebody calls a passkey or a program.")]
LanguageTag = Literal["en", "it", "lv", "es"]
Code = Annotated[str, Meta(pattern=r"^\s*[0-9](\s?[0-9]){5}\s*$", description="The six digits of the mail.")]
Token = Annotated[str, Meta(min_length=1, max_length=200, description="What follows # in the link of an invitation.")]
WebAuthn = Annotated[dict[str, Any], Meta(description="As the browser's `toJSON()` gives it (WebAuthn Level 3 §5.1).")]


Anyway = Annotated[bool | None, QueryParameter(description="Go on although it is the last one.")]


class In(Struct, rename="camel", forbid_unknown_fields=True, kw_only=True):
    """What comes in."""


class Out(Struct, rename="camel", kw_only=True):
    """What goes out."""


# ── signing in ────────────────────────────────────────────────────────────────────────────────────────────────────────


class SignIn(In):
    """`POST /session`: e-mail address and password, and which device asks."""

    email: Email
    password: Password
    device: DeviceId
    credential: Label | None = None
    """Name of a program without cookies: the answer then holds a `token` and sets no cookie."""


class AskCode(In):
    """`POST /session/code`: a six-digit code by mail, good for 15 minutes on this device."""

    email: Email
    language: LanguageTag
    device: DeviceId
    invitation: Token | None = None
    """Lets somebody new in where only who is invited may register."""


class UseCode(In):
    """`PUT /session/code`: the code that came by mail. Somebody new gives a name too (422 `name_needed` without)."""

    email: Email
    code: Code
    device: DeviceId
    name: Name | None = None
    language: LanguageTag | None = None
    invitation: Token | None = None
    credential: Label | None = None


class Join(In):
    """`POST /accounts`: somebody who was invited needs no more than a name."""

    name: Name
    language: LanguageTag
    device: DeviceId
    invitation: Token
    credential: Label | None = None


class UsePasskey(In):
    """`POST /session/passkey`: what `navigator.credentials.get` gave."""

    credential: WebAuthn
    device: DeviceId


class AccountBody(Out):
    """The person who is signed in, as only they see it."""

    id: str
    name: str
    """Empty for somebody new who came by a provider: they choose a name first."""
    language: str
    email: str | None = None
    administrator: bool = False
    """Of the whole server."""
    passkeys: int = 0
    recoverable: bool = True
    """Whether there is a way in again when this device is lost."""
    shares_sync: bool = False
    """Coordinators may see when each phone of this person last synced and how much waits."""


class SessionBody(Out):
    """Who is signed in on this device; `account` is null when nobody is."""

    account: AccountBody | None
    device: str | None = None
    """Id of this session among `GET /devices`."""
    wipe: bool = False
    """This device was reported lost: it deletes what it holds, without asking."""
    disabled: bool = False
    """The account was disabled: nothing syncs, all work is kept on the device."""
    token: str | UnsetType = UNSET
    """Bearer token of a program without cookies; told this once."""


class ProviderBody(Out):
    """Somebody else who may tell who a person is; `GET /session/oidc/<name>` goes there."""

    name: str
    label: str


class ProvidersBody(Out):
    """`GET /session/providers`; and whether somebody new may make an account without an invitation."""

    providers: list[ProviderBody]
    registration: Literal["open", "invited"]
    passkeys: bool
    """Whether this address can have passkeys (https, or localhost)."""


# ── the own account ───────────────────────────────────────────────────────────────────────────────────────────────────


class OwnAccountBody(AccountBody, kw_only=True):
    """`GET /account`."""

    email_verified: bool
    password: bool
    """Whether there is one."""
    providers: list[ProviderBody]
    """Those this account is linked to."""
    created: date


class ChangeAccount(In):
    """`PATCH /account`: only what is given changes."""

    name: Name | UnsetType = UNSET
    language: LanguageTag | UnsetType = UNSET
    shares_sync: bool | UnsetType = UNSET


class ChangeEmail(In):
    """`PUT /account/email`: a code goes to the new address; the old one stays until it is used."""

    email: Email


class ConfirmEmail(In):
    """`PUT /account/email/code`."""

    code: Code


class ChangePassword(In):
    """`PUT /account/password`: `old` is not needed when there was none, or within 15 minutes after a code."""

    password: Annotated[str, Meta(max_length=MAX_LENGTH)]
    old: Password | None = None
    sign_out_others: bool = False


class LocationBody(Out):
    """Where the browser has to go."""

    location: str


# ── passkeys ──────────────────────────────────────────────────────────────────────────────────────────────────────────


class OptionsBody(Out):
    """What the browser is asked with: `PublicKeyCredential.parse…OptionsFromJSON(options)`."""

    options: dict[str, Any]


class AddPasskey(In):
    """`POST /passkeys`: what `navigator.credentials.create` gave, and what the person calls it."""

    credential: WebAuthn
    name: Label


class RenamePasskey(In):
    """`PATCH /passkeys/{id}`."""

    name: Label


class PasskeyBody(Out):
    """One passkey."""

    id: str
    name: str
    created: date
    used: date | None
    synced: bool
    """Whether it is kept in more places than one device (WebAuthn's backup state)."""


class PasskeysBody(Out):
    """`GET /passkeys`, oldest first."""

    passkeys: list[PasskeyBody]


# ── audit, and the server's administrators ────────────────────────────────────────────────────────────────────────────


class AuditLineBody(Out):
    """Something that happened to rights or accounts: who, what, about whom and which; no content, no address."""

    id: str
    at: datetime
    who: str | None
    """Account id; null for the server itself."""
    what: str
    about: str | None
    """Account id of whom it concerns."""
    process: str | None
    thing: str | None
    """Id of the team, grant, invitation, device … it was done to."""
    device: str | None


class AuditBody(Out):
    """A page of lines, newest first; `next` goes into `after` for the next page."""

    lines: list[AuditLineBody]
    next: str | None


class AccountLineBody(Out):
    """One account, as the server's administrators see it."""

    id: str
    name: str
    email: str | None
    administrator: bool
    disabled: bool
    created: date


class AccountsBody(Out):
    """`GET /accounts?search=&after=`: up to 100, by id."""

    accounts: list[AccountLineBody]
    next: str | None


class ChangeOther(In):
    """`PATCH /accounts/{id}`."""

    disabled: bool
