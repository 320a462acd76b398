"""The words of this room: who somebody is."""

from msgspec import Struct


class Person(Struct, frozen=True):
    """Somebody who is signed in."""

    id: str
    name: str
    language: str
    administrator: bool = False
    """Of the whole server, not of a process."""
