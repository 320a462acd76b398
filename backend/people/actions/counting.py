"""Counters of what people gained and lost (design: «gaining and losing access»)."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager

from piccolo.columns import Integer

from backend.kit.transactions import transaction
from backend.people import queries
from backend.people.access import Path, readable
from backend.people.tables import Membership

_AT_ONCE = 500
"""Values in one statement; SQLite takes 32,766."""


@asynccontextmanager
async def counting(process: str, tree: Mapping[str, Path]) -> AsyncGenerator[None]:
    """Change rights inside this block, and every member's counters move with what they gained and lost by it.

    `tree` gives the path of each item of the process. Devices compare the counters with those they know: another
    `gained` makes them read the feed again from its beginning, another `lost` makes them drop what they may no longer
    see.
    """
    async with transaction(Membership):
        before = await _readable_by_member(process, tree)
        yield
        after = await _readable_by_member(process, tree)
        both = before.keys() & after.keys()
        await _count(Membership.gained, [member for member in both if after[member] - before[member]])
        await _count(Membership.lost, [member for member in both if before[member] - after[member]])


async def _readable_by_member(process: str, tree: Mapping[str, Path]) -> dict[str, frozenset[str]]:
    return {member: readable(one, tree) for member, one in (await queries.everybodys_standing(process)).items()}


async def _count(counter: Integer, members: list[str]) -> None:
    for start in range(0, len(members), _AT_ONCE):
        some = Membership.member.is_in(members[start : start + _AT_ONCE])
        await Membership.update({counter: counter + 1}).where(some)
