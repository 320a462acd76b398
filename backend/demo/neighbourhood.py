"""What stands around the demo's process: an organisation with a team of its own, an open invitation, an application."""

from datetime import datetime, timedelta

from backend.demo.documents import Cast
from backend.demo.story import Circle, Story
from backend.demo.story import Invitation as ToldInvitation
from backend.demo.story import Organisation as ToldOrganisation
from backend.kit.ids import new_ulid
from backend.people.actions import add_team, written
from backend.people.tables import Application, Invitation, Organisation, OrganisationAdministrator, Team


async def make_neighbourhood(story: Story, cast: Cast, now: datetime) -> None:
    """Make the rows; called once, inside the transaction of the seeding."""
    if story.organisation:
        organisation = await _organisation(story.organisation, cast.accounts[story.founder], cast)
        await _circle(story.organisation.circle, organisation, cast, now)
    if story.invitation:
        await _invite(story.invitation, cast.accounts[story.founder], cast, now)


async def _circle(circle: Circle, organisation: str, cast: Cast, now: datetime) -> None:
    friends = await add_team(
        name=circle.name,
        kind="citizen",
        accounts=[cast.accounts[circle.by]],
        organisation=organisation,
        administrators=1,
        now=now,
    )
    await Application(
        id=new_ulid(now.timestamp()),
        team=friends,
        account=cast.accounts[circle.applicant],
        reason=circle.reason,
        created=now,
    ).save()


async def _invite(told: ToldInvitation, creator: str, cast: Cast, now: datetime) -> None:
    await Invitation(
        id=new_ulid(now.timestamp()),
        process=cast.process,
        team=cast.teams[told.team],
        role="member",
        creator=creator,
        created=now,
        expires=now + timedelta(days=told.days),
        uses=told.uses,
    ).save()


async def _organisation(told: ToldOrganisation, administrator: str, cast: Cast) -> str:
    made = new_ulid()
    await Organisation(
        id=made,
        names=written(told.name),
        description=written(told.description),
        sought="\n".join(told.name.values()).casefold(),
        public=True,
        team_kind="public_administration",
    ).save()
    await OrganisationAdministrator(id=new_ulid(), organisation=made, account=administrator).save()
    teams = [cast.teams[one] for one in told.teams]
    await Team.update({Team.organisation: made}).where(Team.id.is_in(teams))
    return made
