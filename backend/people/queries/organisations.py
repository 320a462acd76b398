"""Questions about organisations."""

from typing import Any, cast

import msgspec
from msgspec import Struct

from backend.accounts.tables import Account
from backend.people.domain import Names, TeamCreation, TeamKind
from backend.people.queries import names_of
from backend.people.queries.authority import organisations_of
from backend.people.tables import Organisation, OrganisationAdministrator, OrganisationLogo, Team

_ALL = (
    Organisation.id,
    Organisation.names,
    Organisation.description,
    Organisation.public,
    Organisation.team_kind,
    Organisation.team_creation,
    Organisation.logo,
)


class OrganisationRow(Struct, frozen=True):
    """An organisation."""

    id: str
    names: Names
    description: Names
    public: bool
    team_kind: TeamKind
    team_creation: TeamCreation
    logo: str | None


async def organisation(identifier: str) -> OrganisationRow | None:
    """Return an organisation; None when there is none."""
    rows = await Organisation.select(*_ALL).where(Organisation.id == identifier)
    return _row(rows[0]) if rows else None


async def finds_organisation(account: str, found: OrganisationRow) -> bool:
    """Say whether a person may see an organisation: a public one, or one they belong to."""
    return found.public or found.id in await organisations_of(account)


async def organisations_for(account: str, search: str, after: str, limit: int) -> list[OrganisationRow]:
    """Return the organisations a person finds, oldest first; `search` is part of a name in any language."""
    where = (Organisation.id > after) & (
        Organisation.public.eq(True) | Organisation.id.is_in([*await organisations_of(account), ""])
    )
    if search:
        where &= Organisation.sought.like(f"%{_literally(search.casefold())}%")
    rows = await Organisation.select(*_ALL).where(where).order_by(Organisation.id).limit(limit)
    return [_row(row) for row in rows]


async def administrators_by_name(identifier: str) -> list[tuple[str, str]]:
    """Return account and name of who administers an organisation, who began first comes first."""
    rows = (
        await OrganisationAdministrator.select(
            OrganisationAdministrator.account, OrganisationAdministrator.account.name.as_alias("name")
        )
        .where(OrganisationAdministrator.organisation == identifier)
        .order_by(OrganisationAdministrator.id)
    )
    return [(row["account"], row["name"]) for row in rows]


async def count_teams(identifier: str) -> int:
    """Return how many teams an organisation has."""
    return cast("int", await Team.count().where(Team.organisation == identifier))


async def logo_of(identifier: str) -> tuple[str, bytes] | None:
    """Return media type and bytes of an organisation's picture."""
    rows = await OrganisationLogo.select(OrganisationLogo.type, OrganisationLogo.content).where(
        OrganisationLogo.organisation == identifier
    )
    return (str(rows[0]["type"]), bytes(rows[0]["content"])) if rows else None


async def account_exists(identifier: str) -> bool:
    """Say whether there is such an account."""
    return await Account.exists().where(Account.id == identifier)


def _row(row: dict[str, Any]) -> OrganisationRow:
    told = row | {"names": names_of(row["names"]), "description": names_of(row["description"])}
    return msgspec.convert(told, OrganisationRow, strict=False)


def _literally(search: str) -> str:
    """Return what somebody searches without the signs that mean «anything» to SQL: they match one character there."""
    return search.replace("%", "_")
