"""Six people in front of the application, and fresh things for each line of the matrix."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from backend.accounts.domain import Person
from backend.accounts.tables import Session
from backend.kit.ids import new_ulid
from backend.people.actions import add_member, add_team
from backend.people.actions.applications import apply
from backend.people.actions.invitations import create_invitation
from backend.people.actions.organisations import create_organisation
from backend.people.schemas.applications import NewApplication
from backend.people.schemas.invitations import NewInvitation
from backend.people.schemas.organisations import NewOrganisation
from tests.backend.codelivery.helpers import a_need
from tests.backend.visits import Visits, visits
from tests.backend.world import World, a_process, contribution

WHO = ("anonymous", "stranger", "reader", "member", "elsewhere", "administrator")
"""Nobody; signed in only; a member without any team; a member who may read and add; the administrator of another
process; the administrator of this one, who shows that the request itself is right."""
FILE = b"a photo of the garden"


@dataclass
class Street:
    """The application with everybody in front of it."""

    visits: Visits
    people: dict[str, Person]
    browsers: dict[str, httpx.AsyncClient]
    secret: str
    """Id of a contribution that only who has access to its task may read."""
    need: str
    """Key of a call for people in the same task."""
    made: int = field(default=0)

    @property
    def world(self) -> World:
        return self.visits.world

    async def someone(self) -> Person:
        """Somebody new, whom nobody misses afterwards."""
        self.made += 1
        return await self.world.person(f"Extra{self.made}")

    async def values(self) -> dict[str, Any]:
        """Fresh things of this process, one of each kind, for the addresses and bodies of one request."""
        keeper, chief = self.visits.house.keeper, self.people["administrator"]
        victim, applicant = await self.someone(), await self.someone()
        team = await add_team(
            name="Fresh", kind="citizen", accounts=[chief.id, victim.id], process=self.world.process, administrators=1
        )
        organisation = await create_organisation(keeper, chief, NewOrganisation({"en": "Private"}))
        invitation = await create_invitation(keeper, chief, NewInvitation(team=team))
        application = await apply(keeper, applicant, NewApplication("Please.", process=self.world.process))
        await self.visits.house.sessions.begin(victim.id, "phone", {})
        [session] = await Session.select(Session.id).where(Session.account == victim.id)
        return {
            "process": self.world.process,
            "space": self.world.space,
            "partition": self.world.items["walk"],
            "task": self.world.items["walk"],
            "item": self.world.items["walk"],
            "need": self.need,
            "team": team,
            "organisation": organisation.id,
            "invitation": invitation.id,
            "application": application.id,
            "account": victim.id,
            "member": await add_member(process=self.world.process, account=victim.id, name="Victim"),
            "device": session["id"],
            "passkey": new_ulid(),
            "credential": new_ulid(),
            "provider": "nobody",
            "sha256": hashlib.sha256(FILE).hexdigest(),
            "id": self.secret,
            "local": "checkpoint",
            "new": f"{self.world.items['walk']}:contribution:{new_ulid()}",
        }


@asynccontextmanager
async def a_street(data: Path) -> AsyncIterator[Street]:
    """Open the application with two processes and everybody in front of it."""
    async with visits(data) as house:
        world = house.world
        people = {name: await world.person(name) for name in WHO[1:]}
        await a_process(world, people["elsewhere"])
        await a_process(world, people["administrator"])
        await world.spaces.write(
            world.space, [{**(world.stored(f"all:process:{world.process}") or {}), "public": True}]
        )
        await add_member(process=world.process, account=people["reader"].id, name="reader")
        author = await world.joins(people["member"])
        secret = contribution(author, world.items["walk"], "The mayor said no.")
        await world.sends(people["member"], secret)
        need = a_need(await world.member(people["administrator"]), world.items["walk"])
        await world.sends(people["administrator"], need)
        browsers = {name: await house.of(f"{name}@example.org") for name in WHO[1:]}
        yield Street(
            house, people, {"anonymous": await house.stranger(), **browsers}, secret["_id"], need["_id"].split(":")[2]
        )
