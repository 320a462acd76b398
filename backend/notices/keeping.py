"""How long an inbox remembers: ninety days, and no more than five hundred notices; then both go, notice and «read»."""

from datetime import datetime, timedelta
from typing import Final

from backend.kit.spaces import ALL, SpaceKind, Spaces, space_of
from backend.notices import inbox
from backend.notices.documents import KEEP_DAYS, NOTICE, READ

MOST: Final = 500
"""Notices in one inbox."""
AT_ONCE: Final = 500


class Keeping:
    """Forgets notices."""

    def __init__(self, spaces: Spaces) -> None:
        self._spaces = spaces

    async def tidy(self, now: datetime) -> None:
        """Forget what has had its time, and the oldest of what is too much."""
        before = now - timedelta(days=KEEP_DAYS)
        while rows := await inbox.old(before, AT_ONCE):
            await self._forget(rows)
        for account in await inbox.too_many(MOST):
            while rows := await inbox.beyond(account, MOST, AT_ONCE):
                await self._forget(rows)

    async def _forget(self, rows: list[tuple[str, str, str]]) -> None:
        """Delete documents, then rows: what is killed in between is deleted once more."""
        of: dict[str, list[str]] = {}
        for _, account, notice in rows:
            names = (f"{ALL}:{NOTICE.name}:{notice}", f"{ALL}:{READ.name}:{notice}")
            of.setdefault(space_of(SpaceKind.PERSON, account), []).extend(names)
        for space, names in of.items():
            if await self._spaces.exists(space):
                there = [one for one in names if await self._spaces.read(space, one) is not None]
                await self._spaces.write(space, [{"_id": one, "_deleted": True} for one in there])
        await inbox.forget([identifier for identifier, _, _ in rows])
