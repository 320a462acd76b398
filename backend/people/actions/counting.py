"""Counters of what people gained and lost (design: «gaining and losing access»)."""

from collections.abc import AsyncGenerator, Collection, Mapping
from contextlib import asynccontextmanager

from piccolo.columns import Integer

from backend.kit.transactions import transaction
from backend.people import queries
from backend.people.access import Path, Standing, readable
from backend.people.tables import Membership

_FEW = 20
"""People who are asked for one by one."""
_AT_ONCE = 500
"""Values in one statement; SQLite takes 32,766."""


@asynccontextmanager
async def counting(
    process: str, tree: Mapping[str, Path], accounts: Collection[str] | None = None
) -> AsyncGenerator[None]:
    """Change rights inside this block, and every member's counters move with what they gained and lost by it.

    `tree` gives the path of each item of the process; `accounts` says whose rights can change at all, when it is not
    everybody's. Devices compare the counters with those they know: another
    `gained` makes them read the feed again from its beginning, another `lost` makes them drop what they may no longer
    see.
    """
    async with transaction(Membership):
        before = await _readable_by_member(process, tree, accounts)
        yield
        after = await _readable_by_member(process, tree, accounts)
        both = before.keys() & after.keys()
        await _count(Membership.gained, [member for member in both if after[member] - before[member]])
        await _count(Membership.lost, [member for member in both if before[member] - after[member]])


async def _readable_by_member(
    process: str, tree: Mapping[str, Path], accounts: Collection[str] | None
) -> dict[str, frozenset[str]]:
    """Return the partitions each member reads, but for their own one, which nobody gains or loses."""
    kept: dict[tuple[bool, frozenset[str]], frozenset[str]] = {}
    found: dict[str, frozenset[str]] = {}
    for standing in await _standings(process, accounts):
        if standing.member is not None:
            alike = standing.administrator, standing.teams
            if alike not in kept:
                kept[alike] = readable(standing, tree) - {f"own-{standing.member}"}
            found[standing.member] = kept[alike]
    return found


async def _standings(process: str, accounts: Collection[str] | None) -> list[Standing]:
    if accounts is None or len(accounts) > _FEW:
        return [*(await queries.everybodys_standing(process)).values()]
    return [await queries.standing_of(account, process) for account in accounts]


async def _count(counter: Integer, members: list[str]) -> None:
    for start in range(0, len(members), _AT_ONCE):
        some = Membership.member.is_in(members[start : start + _AT_ONCE])
        await Membership.update({counter: counter + 1}).where(some)
