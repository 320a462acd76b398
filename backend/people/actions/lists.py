"""Many people into a team from one list: first told line by line, then done, all of it or nothing.

Who is known to the one who asks (same team, process or organisation) joins at once. Everybody else is invited by mail,
with an account or without: so the list never tells whether a stranger's address is known here.
"""

from collections.abc import Sequence

from msgspec import Struct

from backend.accounts.audit import note
from backend.accounts.domain import Event, Person
from backend.accounts.post import Post
from backend.accounts.queries import account_with
from backend.kit import errors
from backend.kit.errors import Problem
from backend.kit.mail import MAX_ADDRESS, is_address
from backend.people.actions import teams as team_actions
from backend.people.actions.belonging import enter_team
from backend.people.actions.invitations import create_invitation
from backend.people.actions.keeper import RightsKeeper
from backend.people.actions.letters import invite_by_mail
from backend.people.csv_list import MAX_LINES, Line, TooManyLinesError, WrongColumnsError, read_list, write_list
from backend.people.links import Links
from backend.people.moments import made_at
from backend.people.queries import teams as queries
from backend.people.queries.teams import TeamRow
from backend.people.schemas.invitations import NewInvitation
from backend.people.schemas.teams import CsvOutcome


class Planned(Struct, frozen=True):
    """What happens with one line; `why` is the last part of the key of its sentence."""

    line: Line
    outcome: CsvOutcome
    why: str
    account: str = ""


async def plan_list(person: Person, identifier: str, text: str) -> tuple[TeamRow, list[Planned]]:
    """Return what a list would do with a team that the person administers. Raises Problem for a list as a whole."""
    team = await team_actions.administered(person, identifier)
    try:
        lines = read_list(text)
    except WrongColumnsError as error:
        raise Problem(errors.WRONG_COLUMNS, reason=str(error)) from error
    except TooManyLinesError as error:
        raise Problem(errors.TOO_MANY_LINES, limit=MAX_LINES) from error
    seen: set[str] = set()
    planned: list[Planned] = []
    for line in lines:
        planned.append(await _planned(person, team, line, seen))
        seen.add(line.email.casefold())
    return team, planned


async def _planned(person: Person, team: TeamRow, line: Line, seen: set[str]) -> Planned:
    if not is_address(line.email):
        why = "empty" if not line.email else "long" if len(line.email) > MAX_ADDRESS else "address"
        return Planned(line, "bad", why)
    if line.email.casefold() in seen:
        return Planned(line, "duplicate", "duplicate")
    account = await account_with(line.email.casefold())
    if account is not None and await queries.in_team(account.id, team.id) is not None:
        return Planned(line, "already", "already")
    if account is not None and not team.observers and await queries.known_to(person.id, account.id):
        return Planned(line, "joins", "joins", account.id)
    return Planned(line, "invited", "invited")


async def carry_out(
    keeper: RightsKeeper,
    post: Post,
    links: Links,
    person: Person,
    team: TeamRow,
    planned: Sequence[Planned],
    origin: str,
    language: str,
) -> None:
    """Let in who is known, and write to the others: one invitation with a place for each of them."""
    joining = [one.account for one in planned if one.outcome == "joins"]
    invited = [one.line.email for one in planned if one.outcome == "invited"]
    if await queries.size_of_team(team.id) + len(joining) > team_actions.MOST_MEMBERS:
        raise Problem(errors.TOO_LARGE)
    async with keeper.changing(await queries.processes_of_team(team.id), joining):
        for account in joining:
            await enter_team(team.id, account, keeper.now())
            await note(Event.JOINED, at=keeper.now(), who=person.id, about=account, process=team.process, thing=team.id)
        if invited:
            found = await create_invitation(keeper, person, NewInvitation(team=team.id, uses=len(invited)))
            link = links.link(found.id, origin)
            await invite_by_mail(keeper, post, person, found, link, invited, language)


async def list_of(person: Person, identifier: str) -> str:
    """Return the members of a team as a list, for who administers it: names, no addresses."""
    team = await team_actions.administered(person, identifier)
    rows = [
        (one.name, "yes" if one.administrator else "", f"{made_at(one.id):%Y-%m-%d}")
        for one in await queries.members_of_team(team.id)
    ]
    return write_list(("name", "administrator", "joined"), rows)
