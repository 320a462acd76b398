"""What people do with organisations."""

import hashlib

from msgspec import UNSET
from piccolo.columns import Column

from backend.accounts.audit import note
from backend.accounts.domain import Event, Person
from backend.kit import errors
from backend.kit.errors import Problem
from backend.kit.ids import new_ulid
from backend.kit.transactions import transaction
from backend.people.actions import written
from backend.people.actions.keeper import RightsKeeper
from backend.people.domain import Names
from backend.people.picture import MAX_BYTES, kind_of_picture
from backend.people.queries import authority
from backend.people.queries import organisations as queries
from backend.people.queries.organisations import OrganisationRow
from backend.people.queries.teams import known_to
from backend.people.schemas.organisations import NewOrganisation, OrganisationChange
from backend.people.tables import Organisation, OrganisationAdministrator, OrganisationLogo

_LETTERS = 16
"""Of a picture's digest, in its address."""


async def seen(person: Person, identifier: str) -> OrganisationRow:
    """Return an organisation that a person may see. Raises Problem: not found."""
    found = await queries.organisation(identifier)
    if found is None or not await queries.finds_organisation(person.id, found):
        raise Problem(errors.NOT_FOUND)
    return found


async def administered(person: Person, identifier: str) -> OrganisationRow:
    """Return an organisation that a person may change. Raises Problem: not found, or forbidden."""
    found = await seen(person, identifier)
    if not await authority.administers_organisation(person.id, found.id):
        raise Problem(errors.FORBIDDEN)
    return found


async def create_organisation(keeper: RightsKeeper, person: Person, wanted: NewOrganisation) -> OrganisationRow:
    """Make an organisation that its maker administers."""
    made = new_ulid(keeper.now().timestamp())
    async with transaction(Organisation):
        await Organisation(
            id=made,
            names=written(wanted.name),
            description=written(wanted.description),
            sought=_sought(wanted.name),
            public=wanted.public,
            team_kind=wanted.default_team_kind,
            team_creation=wanted.team_creation,
        ).save()
        await OrganisationAdministrator(id=new_ulid(), organisation=made, account=person.id).save()
        await note(Event.ORGANISATION_MADE, at=keeper.now(), who=person.id, thing=made)
    return await seen(person, made)


async def change_organisation(
    keeper: RightsKeeper, person: Person, identifier: str, wanted: OrganisationChange
) -> OrganisationRow:
    """Change what an organisation is called and how it works."""
    found = await administered(person, identifier)
    changed: dict[Column | str, object] = {}
    if wanted.name is not UNSET:
        changed |= {Organisation.names: written(wanted.name), Organisation.sought: _sought(wanted.name)}
    if wanted.description is not UNSET:
        changed[Organisation.description] = written(wanted.description)
    for column, value in (
        (Organisation.public, wanted.public),
        (Organisation.team_kind, wanted.default_team_kind),
        (Organisation.team_creation, wanted.team_creation),
    ):
        if value is not UNSET:
            changed[column] = value
    if changed:
        async with transaction(Organisation):
            await Organisation.update(changed).where(Organisation.id == found.id)
            await note(Event.ORGANISATION_CHANGED, at=keeper.now(), who=person.id, thing=found.id)
    return await seen(person, identifier)


async def delete_organisation(keeper: RightsKeeper, person: Person, identifier: str) -> None:
    """Delete an organisation that has no teams any more."""
    found = await administered(person, identifier)
    async with transaction(Organisation):
        if await queries.count_teams(found.id):
            raise Problem(errors.HAS_TEAMS)
        await Organisation.delete().where(Organisation.id == found.id)
        await note(Event.ORGANISATION_DELETED, at=keeper.now(), who=person.id, thing=found.id)


async def name_administrator(keeper: RightsKeeper, person: Person, identifier: str, account: str) -> None:
    """Make somebody administrator of an organisation. Raises Problem: not found for a stranger."""
    found = await administered(person, identifier)
    if account in await authority.administrators_of_organisation(found.id):
        return
    if not await queries.account_exists(account) or not await known_to(person.id, account):
        raise Problem(errors.NOT_FOUND)
    async with transaction(Organisation):
        await OrganisationAdministrator(id=new_ulid(), organisation=found.id, account=account).save()
        await note(Event.ADMINISTRATOR_NAMED, at=keeper.now(), who=person.id, about=account, thing=found.id)


async def dismiss_administrator(keeper: RightsKeeper, person: Person, identifier: str, account: str) -> None:
    """Take the administration of an organisation from somebody, but never from the last one."""
    found = await administered(person, identifier)
    async with transaction(Organisation):
        chiefs = await authority.administrators_of_organisation(found.id)
        if account not in chiefs:
            raise Problem(errors.NOT_FOUND)
        if len(chiefs) == 1:
            raise Problem(errors.LAST_ADMINISTRATOR)
        await OrganisationAdministrator.delete().where(
            (OrganisationAdministrator.organisation == found.id) & (OrganisationAdministrator.account == account)
        )
        await note(Event.ADMINISTRATOR_DISMISSED, at=keeper.now(), who=person.id, about=account, thing=found.id)


async def put_logo(keeper: RightsKeeper, person: Person, identifier: str, content: bytes) -> OrganisationRow:
    """Give an organisation a picture. Raises Problem when it is none that we take."""
    found = await administered(person, identifier)
    media_type = kind_of_picture(content)
    if media_type is None:
        raise Problem(errors.NOT_A_PICTURE, limit=f"{MAX_BYTES // 1024} kB")
    digest = hashlib.sha256(content).hexdigest()[:_LETTERS]
    await _set_logo(keeper, person, found.id, digest, (media_type, content))
    return await seen(person, identifier)


async def remove_logo(keeper: RightsKeeper, person: Person, identifier: str) -> None:
    """Take the picture of an organisation away."""
    found = await administered(person, identifier)
    await _set_logo(keeper, person, found.id, None, None)


async def _set_logo(
    keeper: RightsKeeper, person: Person, organisation: str, digest: str | None, picture: tuple[str, bytes] | None
) -> None:
    async with transaction(Organisation):
        await OrganisationLogo.delete().where(OrganisationLogo.organisation == organisation)
        if picture:
            media_type, content = picture
            await OrganisationLogo(id=new_ulid(), organisation=organisation, type=media_type, content=content).save()
        await Organisation.update({Organisation.logo: digest}).where(Organisation.id == organisation)
        await note(Event.ORGANISATION_CHANGED, at=keeper.now(), who=person.id, thing=organisation)


def _sought(names: Names) -> str:
    return "\n".join(names.values()).casefold()
