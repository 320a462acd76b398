"""Asking to join, and answering it, each with a reason."""

from datetime import timedelta

from backend.accounts.audit import note
from backend.accounts.domain import Event, Person
from backend.accounts.post import Post
from backend.kit import errors
from backend.kit.errors import Problem
from backend.kit.ids import new_ulid
from backend.kit.transactions import transaction
from backend.people import queries as standings
from backend.people.actions import teams as team_actions
from backend.people.actions.belonging import enter_process, enter_team
from backend.people.actions.invitations import process_seen, team_to_join
from backend.people.actions.keeper import RightsKeeper
from backend.people.domain import Names, in_language
from backend.people.queries import applications as queries
from backend.people.queries import teams as team_queries
from backend.people.queries.applications import ApplicationRow
from backend.people.queries.organisations import organisation
from backend.people.schemas.applications import ApplicationAnswer, NewApplication
from backend.people.tables import Application

MAIL_LASTS = timedelta(days=3)


async def apply(keeper: RightsKeeper, person: Person, wanted: NewApplication) -> ApplicationRow:
    """Ask to join a public process or a team of a public organisation. Raises Problem: not found where it is not."""
    if (wanted.process is None) is (wanted.team is None):
        raise Problem(errors.INVALID_REQUEST, reason="either process or team is needed")
    if await _is_in(keeper, person, wanted):
        raise Problem(errors.ALREADY_MEMBER)
    made = new_ulid(keeper.now().timestamp())
    names = await name_of_place(keeper, wanted.process, wanted.team)
    async with transaction(Application):
        if await queries.waiting_of(person.id, wanted.process, wanted.team):
            raise Problem(errors.ALREADY_APPLIED)
        await Application(
            id=made,
            process=wanted.process,
            team=wanted.team,
            account=person.id,
            reason=wanted.reason.strip(),
            created=keeper.now(),
        ).save()
        await note(Event.APPLIED, at=keeper.now(), who=person.id, about=person.id, process=wanted.process, thing=made)
        if keeper.herald is not None:
            await keeper.herald.applied(made, wanted.process, wanted.team, names)
    return await _found(made)


async def _is_in(keeper: RightsKeeper, person: Person, wanted: NewApplication) -> bool:
    """Say whether the person is in already. Raises Problem when strangers may not even know of it."""
    if wanted.process is not None:
        if await standings.membership(person.id, wanted.process) is not None:
            return True
        about = await keeper.ground.about(wanted.process) if await standings.process_exists(wanted.process) else None
        if about is None or not about.public:
            raise Problem(errors.NOT_FOUND)
        return False
    team = await team_actions.seen(person, wanted.team or "")
    if await team_queries.in_team(person.id, team.id) is not None:
        return True
    parent = await organisation(team.organisation) if team.organisation else None
    if parent is None or not parent.public:
        raise Problem(errors.NOT_FOUND)
    return False


async def answer(
    keeper: RightsKeeper, post: Post, person: Person, identifier: str, told: ApplicationAnswer
) -> ApplicationRow:
    """Answer an application; the applicant gets a mail when their address is known and theirs. Raises Problem."""
    found = await queries.application(identifier)
    if found is None:
        raise Problem(errors.NOT_FOUND)
    await _check_authority(person, found)
    team = found.team
    if told.accept and found.process is not None:
        team = await team_to_join(person, found.process, told.team)
    processes = {*(await team_queries.processes_of_team(team) if team else ()), *_only(found.process)}
    async with keeper.changing(sorted(processes) if told.accept else [], [found.account]):
        if (await _found(identifier)).state != "waiting":
            raise Problem(errors.ALREADY_ANSWERED)
        await Application.update(
            {
                Application.state: "accepted" if told.accept else "declined",
                Application.answer: told.answer.strip(),
                Application.answered: keeper.now(),
            }
        ).where(Application.id == identifier)
        if told.accept:
            await _let_in(keeper, found, team)
        what = Event.APPLICATION_ACCEPTED if told.accept else Event.APPLICATION_DECLINED
        await note(what, at=keeper.now(), who=person.id, about=found.account, process=found.process, thing=found.id)
        await _write(keeper, post, found, told)
    if keeper.herald is not None:
        await keeper.herald.answered(identifier, found.process)
    return await _found(identifier)


async def _check_authority(person: Person, found: ApplicationRow) -> None:
    """Raise Problem unless the person answers for the place somebody applies to; not even the applicant may."""
    if found.process is not None:
        await process_seen(person, found.process, administrator=True)
    else:
        await team_actions.administered(person, found.team or "")


async def _let_in(keeper: RightsKeeper, found: ApplicationRow, team: str | None) -> None:
    if team is not None:
        await enter_team(team, found.account, keeper.now())
    if found.process is not None:
        await enter_process(found.process, found.account)


async def _write(keeper: RightsKeeper, post: Post, found: ApplicationRow, told: ApplicationAnswer) -> None:
    if found.email is None or not found.email_verified:
        return
    text = "accepted" if told.accept else "declined"
    what = in_language(await name_of_place(keeper, found.process, found.team), found.language)
    said = f"\n«{told.answer.strip()}»\n" if told.answer.strip() else ""
    await post.put(found.email, text, found.language, lasts=MAIL_LASTS, name=found.name, what=what, answer=said)


async def name_of_place(keeper: RightsKeeper, process: str | None, team: str | None) -> Names:
    """Return what people call the process or team that somebody joins."""
    if process is not None:
        about = await keeper.ground.about(process)
        return about.name if about else {}
    found = await team_queries.team(team) if team else None
    return found.names if found else {}


async def _found(identifier: str) -> ApplicationRow:
    found = await queries.application(identifier)
    if found is None:
        raise Problem(errors.NOT_FOUND)
    return found


def _only(one: str | None) -> tuple[str, ...]:
    return (one,) if one else ()
