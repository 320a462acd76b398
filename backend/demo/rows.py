"""The demo's people, teams and rights: made once, in one transaction, and found again by the founder's address."""

from collections.abc import Callable, Iterator
from datetime import datetime

from backend.accounts.passwords import digest_of
from backend.accounts.queries import person_with_password
from backend.accounts.tables import Account
from backend.demo.documents import Cast
from backend.demo.neighbourhood import make_neighbourhood
from backend.demo.story import Person, Story, Team
from backend.kit.errors import OperatorError
from backend.kit.ids import new_owner_id
from backend.kit.transactions import transaction
from backend.people import queries
from backend.people.access import Grant
from backend.people.actions import add_grant, add_member, add_team, found_process, join_team
from backend.people.tables import Process

PASSWORD = "interlink-demo"  # noqa: S105 — published on purpose: a server with it refuses to be public
ADDRESS = "{}@demo.example"

Items = Callable[[str], dict[str, str]]
"""Process id → id of each task by its key in the schema."""


class DemoError(OperatorError):
    """The demo cannot be planted here; the message is a sentence for the operator."""


async def cast_of(story: Story, items: Items, now: datetime) -> Cast:
    """Return the people and teams of the demo; those of an earlier seeding when there are any.

    Raises DemoError where people work already.
    """
    if not await person_with_password(ADDRESS.format(story.founder)):
        if await Account.exists().where(Account.demo.eq(False)):
            raise DemoError("This folder holds people's accounts; the demo, whose passwords all know, needs its own.")
        async with transaction(Process):
            await _make(story, items, now)
    return await _find(story)


async def _make(story: Story, items: Items, now: datetime) -> None:
    accounts = {one.key: await _account(one, now) for one in story.people}
    names = {one.key: one.name for one in story.people}
    process = new_owner_id(now.timestamp())
    founders, *others = story.teams
    founding = await found_process(
        process=process,
        account=accounts[story.founder],
        team_name=founders.name,
        team_kind=founders.kind,
        name=names[story.founder],
        now=now,
    )
    for one in founders.people:
        if one != story.founder:
            await join_team(team=founding.team, account=accounts[one])
    for team in others:
        people = [accounts[one] for one in team.people]
        made = await add_team(name=team.name, kind=team.kind, accounts=people, process=process)
        for grant in _grants(made, team, items(process)):
            await add_grant(process=process, grant=grant)
    for person, name in names.items():
        await add_member(process=process, account=accounts[person], name=name)
    teams = {name["en"]: team.id for team in await queries.teams_of(process) if (name := team.names)}
    cast = Cast(process, accounts, {}, {one.key: teams[one.name["en"]] for one in story.teams})
    await make_neighbourhood(story, cast, now)


async def _account(person: Person, now: datetime) -> str:
    """Make the account of one person; all have the same password, so it is digested once."""
    account = Account(
        id=new_owner_id(now.timestamp()),
        email=ADDRESS.format(person.key),
        name=person.name,
        password=await _digest(),
        language=person.language,
        demo=True,
        created=now,
    )
    await account.save()
    return account.id


async def _digest() -> str:
    """Return the digest of the password: that of an account made before, so that it is computed once."""
    found = await Account.select(Account.password).where(Account.demo.eq(True)).first()
    return found["password"] if found else await digest_of(PASSWORD)


def _grants(team: str, told: Team, items: dict[str, str]) -> Iterator[Grant]:
    yield Grant(team, None, access=True, create=True, delete=False)
    for task in told.reads_only:
        yield Grant(team, items[task], access=True, create=False, delete=False)


async def _find(story: Story) -> Cast:
    found = [(one.key, await person_with_password(ADDRESS.format(one.key))) for one in story.people]
    accounts = {name: person[0].id for name, person in found if person}
    process = (await queries.memberships_of(accounts[story.founder]))[0].process
    members = {one.account: one.member for one in await queries.members_of(process)}
    teams = {one.names.get("en"): one.id for one in await queries.teams_of(process)}
    return Cast(
        process=process,
        accounts=accounts,
        members={name: members[account] for name, account in accounts.items() if account in members},
        teams={one.key: teams[one.name["en"]] for one in story.teams if one.name["en"] in teams},
    )
