"""Who arrives, and what the rooms above accounts must hear of it: put together once, as `app.py` needs it."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from backend.accounts.codes import Codes
from backend.accounts.passkeys import RelyingParty
from backend.accounts.providers import Providers
from backend.accounts.reception import Reception
from backend.house import House
from backend.kit.spaces import SpaceKind, space_of
from backend.people import queries
from backend.people.actions.joining import invitation_of
from backend.people.links import Links
from backend.people.queries import authority
from backend.people.tables import Membership, OrganisationAdministrator, Team, TeamMember
from backend.projections.opinions import Opinions


class Neighbours:
    """What the room of accounts asks the rooms above it (`accounts.domain.Neighbours`)."""

    def __init__(self, house: House, links: Links) -> None:
        self._house = house
        self._links = links

    async def check_invitation(self, token: str) -> None:
        """Raise Problem, with the reason, for an invitation that lets nobody in now."""
        await invitation_of(self._house.keeper, self._links, token, None)

    async def renamed(self, account: str, old: str, new: str) -> None:
        """Give the person's members the new name where they had the old one, and write it into the spaces."""
        mine = (Membership.account == account) & (Membership.name == old)
        renamed = await Membership.update({Membership.name: new}).where(mine).returning(Membership.process)
        for row in renamed:
            await self._house.keeper.mirror(row["process"])

    async def alone_in_charge(self, account: str) -> bool:
        """Say whether a process, organisation or team of several people would be without an administrator."""
        for one in await queries.memberships_of(account):
            if await authority.administrators_of_process(one.process) == [account]:
                return True
        mine = OrganisationAdministrator.account == account
        for row in await OrganisationAdministrator.select(OrganisationAdministrator.organisation).where(mine):
            if await authority.administrators_of_organisation(row["organisation"]) == [account]:
                return True
        return any([await self._alone_in_team(team, account) for team in await _teams(account)])

    @asynccontextmanager
    async def without(self, account: str) -> AsyncGenerator[None]:
        """Inside the block the account is deleted; afterwards no space names the person, and their own is gone."""
        house, space = self._house, space_of(SpaceKind.PERSON, account)
        processes = [one.process for one in await queries.memberships_of(account)]
        opinions = Opinions(house.store, house.spaces, house.clock)
        async with house.keeper.changing(processes, [account]):
            yield
        rated = opinions.rated_in(space)
        await house.store.delete(space)
        await house.shelf.forget_person(account, space)
        await opinions.take_back(account, rated)

    async def _alone_in_team(self, team: str, account: str) -> bool:
        [row] = await Team.select(Team.organisation, Team.process).where(Team.id == team)
        others = await TeamMember.exists().where((TeamMember.team == team) & (TeamMember.account != account))
        chiefs = await authority.administrators_of_team(team, row["organisation"], row["process"])
        return others and chiefs == {account}


def open_reception(house: House, links: Links) -> Reception:
    """Return what the controllers of accounts ask for."""
    key, settings, clock = house.secrets.session_key, house.settings, house.clock
    return Reception(
        sessions=house.sessions,
        codes=Codes(key=key, post=house.post, clock=clock),
        post=house.post,
        passkeys=RelyingParty(name=settings.name, origin=settings.origin, clock=clock),
        providers=Providers(settings.oidc, key=key, clock=clock),
        neighbours=Neighbours(house, links),
        clock=clock,
        origin=settings.origin,
        open_to_all=settings.registration == "open",
    )


async def _teams(account: str) -> list[str]:
    mine = (TeamMember.account == account) & TeamMember.administrator.eq(True)
    return [row["team"] for row in await TeamMember.select(TeamMember.team).where(mine)]
