"""A house to measure: processes, and a member who reads 20 partitions of each.

    process ── Field ── Mine     16 tasks    with `all`, the team's and the member's own: 20 partitions
                     └─ Theirs   16 tasks    nothing of this is the member's to see

Everything is made by the house's own rooms before the server starts. What is measured afterwards goes through the whole
application: session cookie, rights from the rows, the gate, the index of the tree, the durable store.
"""

import secrets
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from backend.accounts.tables import Account
from backend.house import House, open_house
from backend.kit.envelope import written_by_server
from backend.kit.ids import new_owner_id, new_ulid
from backend.kit.settings import Settings
from backend.kit.spaces import COMMONS, SpaceKind, space_of
from backend.people.access import Grant
from backend.people.actions import add_grant, add_member, add_team, found_process, join_team
from backend.people.mirror import mirror_rights
from backend.processes.documents import OBJECTIVE, PHASE, PROCESS, TASK
from bench.documents import Place, documents
from sync.database import Database
from sync.intake import read_document
from sync.limits import OPEN

TASKS = 16
OWN_CHANGES = 300
DEVICES = 10
"""Devices of one person, where many wait."""


class Made(NamedTuple):
    """One process: its place for the member, and what nobody but administrators sees of it."""

    mine: Place
    theirs: Place
    team: str


class Furnished(NamedTuple):
    """What was made: who is signed in with which cookie, and where they may write."""

    cookie: str
    places: list[Place]
    feeds: dict[int, Place]
    """Number of documents in a process → where the member reads only `OWN_CHANGES` of them."""
    crowd: list[str]
    """Cookies of people who read the first place too."""


async def furnish(data: Path, *, places: int, feeds: Iterable[int], waiting: int) -> Furnished:
    """Make accounts, sessions, processes and documents in an empty folder."""
    async with open_house(Settings(data=data)) as house:
        await house.spaces.create(COMMONS)
        founder, member = await _account("founder"), await _account("member")
        cookie = await _cookie(house, member)
        made = [await _process(house, founder, member) for _ in range(places)]
        crowd = [await _joined(house, made[0], number) for number in range(waiting // DEVICES)]
        filled = {count: await _filled(house, await _process(house, founder, member), count) for count in feeds}
        return Furnished(cookie, [one.mine for one in made], filled, crowd)


async def _account(name: str) -> str:
    """Make an account without a password: to compute one takes longer than all the rest."""
    known = {"email": f"{name}@example.org", "name": name, "language": "en", "created": datetime.now(UTC)}
    account = Account(id=new_owner_id(), **known)
    await account.save()
    return account.id


async def _cookie(house: House, account: str) -> str:
    cookie = (await house.sessions.begin(account, "bench", {})).cookie
    return f"{cookie.key}={cookie.value}"


async def _process(house: House, founder: str, member: str) -> Made:
    """Found a process with its tree; the member's team may work in «Mine» alone."""
    at, process = datetime.now(UTC), new_owner_id()
    space = space_of(SpaceKind.PROCESS, process)
    phase, mine, theirs = new_ulid(), new_ulid(), new_ulid()
    tasks = {parent: [new_ulid() for _ in range(TASKS)] for parent in (mine, theirs)}
    whole = {"name": {"en": "Bench"}, "languages": ["en"]}
    items = [(PROCESS, process, whole), (PHASE, phase, _item(process))]
    items += [(OBJECTIVE, one, _item(phase)) for one in (mine, theirs)]
    items += [(TASK, one, _item(parent)) for parent, under in tasks.items() for one in under]
    await house.spaces.create(space)
    await house.spaces.write(space, [written_by_server(*one, lang="en", at=at) for one in items])
    await found_process(
        process=process, account=founder, team_name="Founders", team_kind="citizen", name="Founder", now=at
    )
    author = await add_member(process=process, account=member, name="Member")
    team = await add_team(name="Field", kind="citizen", accounts=[member])
    await add_grant(process=process, grant=Grant(team, mine, access=True, create=True, delete=True))
    await mirror_rights(house.spaces, process, at)
    path = f"/{space}"
    return Made(Place(path, tuple(tasks[mine]), author), Place(path, tuple(tasks[theirs]), author), team)


def _item(parent: str) -> dict[str, Any]:
    return {"parent": parent, "order": "a0", "name": {"en": "Item"}}


async def _joined(house: House, made: Made, number: int) -> str:
    """Let another person into the member's team; the answer is their cookie."""
    account = await _account(f"person-{number}-{secrets.token_hex(4)}")
    await add_member(process=made.mine.path.removeprefix("/process-"), account=account, name=f"Person {number}")
    await join_team(team=made.team, account=account)
    return await _cookie(house, account)


async def _filled(house: House, made: Made, count: int) -> Place:
    """Fill a process with documents of others, and `OWN_CHANGES` that the member may read among them."""
    every = count // OWN_CHANGES - 1
    own = documents(made.mine, OWN_CHANGES, first=count)
    database = Database(house.store, made.mine.path[1:], limits=OPEN)
    for others in _batches(documents(made.theirs, count - OWN_CHANGES), every):
        batch = [*others, *islice(own, 1)]
        await database.replicate([read_document(msgspec.json.encode(one), OPEN) for one in batch])
    return made.mine


def _batches(every: Iterator[dict[str, Any]], size: int) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for one in every:
        batch.append(one)
        if len(batch) == size:
            yield batch
            batch = []
    yield batch
