"""Bodies of this room's HTTP interface."""

from typing import Annotated

from msgspec import Meta, Struct

from backend.accounts.passwords import MAX_LENGTH


class SignIn(Struct, forbid_unknown_fields=True):
    """E-mail address and password, and which device asks."""

    email: Annotated[str, Meta(min_length=3, max_length=200)]
    password: Annotated[str, Meta(min_length=1, max_length=MAX_LENGTH)]
    device: Annotated[str, Meta(min_length=1, max_length=100, description="Random id the device gave itself.")]


class AccountBody(Struct):
    """The person who is signed in, as only they see it."""

    id: str
    name: str
    language: str


class SessionBody(Struct):
    """Who is signed in on this device; null when nobody is."""

    account: AccountBody | None
