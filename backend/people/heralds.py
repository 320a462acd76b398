"""Who tells people that they are invited, or that somebody asks to join: the house gives it to this room.

Telling begins in the transaction of what is told, so neither is there without the other.
"""

from typing import Protocol

from backend.people.domain import Names
from backend.people.queries.invitations import InvitationRow


class Herald(Protocol):
    """Tells people; a room further up does it."""

    async def invited(self, found: InvitationRow, path: str, names: Names, email: str) -> None:
        """Tell who has this address, if anybody here has, besides the mail that goes there; `path` is where to join."""
        ...

    async def applied(self, application: str, process: str | None, team: str | None, names: Names) -> None:
        """Tell who answers for a process or a team that somebody asks to join it."""
        ...

    async def answered(self, application: str, process: str | None) -> None:
        """Take that back from all who need not answer any more."""
        ...
