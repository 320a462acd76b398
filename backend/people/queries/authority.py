"""Who administers what. A team is administered by its own administrators, its organisation's and its process'."""

from backend.people.tables import Membership, OrganisationAdministrator, Team, TeamMember


async def administers_process(account: str, process: str) -> bool:
    """Say whether a person administers a process."""
    return await Membership.exists().where(
        (Membership.account == account)
        & (Membership.process == process)
        & Membership.left.is_null()
        & Membership.administrator.eq(True)
    )


async def administrators_of_process(process: str) -> list[str]:
    """Return the accounts that administer a process."""
    rows = await Membership.select(Membership.account).where(
        (Membership.process == process) & Membership.left.is_null() & Membership.administrator.eq(True)
    )
    return [row["account"] for row in rows]


async def administers_organisation(account: str, organisation: str) -> bool:
    """Say whether a person administers an organisation."""
    return await OrganisationAdministrator.exists().where(
        (OrganisationAdministrator.organisation == organisation) & (OrganisationAdministrator.account == account)
    )


async def administrators_of_organisation(organisation: str) -> list[str]:
    """Return the accounts that administer an organisation, who began first comes first."""
    rows = (
        await OrganisationAdministrator.select(OrganisationAdministrator.account)
        .where(OrganisationAdministrator.organisation == organisation)
        .order_by(OrganisationAdministrator.id)
    )
    return [row["account"] for row in rows]


async def organisations_of(account: str) -> list[str]:
    """Return the organisations a person belongs to: in one of their teams, or as their administrator."""
    teams = await Team.select(Team.organisation).where(
        Team.organisation.is_not_null()
        & Team.id.is_in(TeamMember.select(TeamMember.team).where(TeamMember.account == account))
    )
    administered = await OrganisationAdministrator.select(OrganisationAdministrator.organisation).where(
        OrganisationAdministrator.account == account
    )
    return sorted({row["organisation"] for row in (*teams, *administered)})


async def administrators_of_team(team: str, organisation: str | None, process: str | None) -> set[str]:
    """Return everybody who may change a team, given its organisation and the process it was made for."""
    rows = await TeamMember.select(TeamMember.account).where(
        (TeamMember.team == team) & TeamMember.administrator.eq(True)
    )
    return {
        *(row["account"] for row in rows),
        *(await administrators_of_organisation(organisation) if organisation else ()),
        *(await administrators_of_process(process) if process else ()),
    }
