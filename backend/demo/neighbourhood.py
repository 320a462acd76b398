"""What stands around the demo's process: an organisation with a team of its own, an open invitation, an application."""

from datetime import datetime, timedelta

from backend.demo.documents import Cast
from backend.demo.story import Story
from backend.kit.ids import new_ulid
from backend.people.actions import add_team, written
from backend.people.tables import Application, Invitation, Organisation, OrganisationAdministrator, Team


async def make_neighbourhood(story: Story, cast: Cast, now: datetime) -> None:
    """Make the rows; called once, inside the transaction of the seeding."""
    organisation = await _organisation(story, cast)
    circle = story.organisation.circle
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
    await Invitation(
        id=new_ulid(now.timestamp()),
        process=cast.process,
        team=cast.teams[story.invitation.team],
        role="member",
        creator=cast.accounts[story.founder],
        created=now,
        expires=now + timedelta(days=story.invitation.days),
        uses=story.invitation.uses,
    ).save()


async def _organisation(story: Story, cast: Cast) -> str:
    told = story.organisation
    made = new_ulid()
    await Organisation(
        id=made,
        names=written(told.name),
        description=written(told.description),
        sought="\n".join(told.name.values()).casefold(),
        public=True,
        team_kind="public_administration",
    ).save()
    await OrganisationAdministrator(id=new_ulid(), organisation=made, account=cast.accounts[story.founder]).save()
    teams = [cast.teams[one] for one in told.teams]
    await Team.update({Team.organisation: made}).where(Team.id.is_in(teams))
    return made
