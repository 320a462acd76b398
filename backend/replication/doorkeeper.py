"""From a person to their access to a space. The door, files and the judge of held revisions ask the same one."""

from functools import partial

from backend.accounts.domain import Person
from backend.kit.remembered import Remembered
from backend.kit.spaces import COMMONS, SpaceKind, space_of
from backend.kit.types import DocumentTypes
from backend.people import queries
from backend.people.access import STRANGER, Standing
from backend.people.domain import MembershipOf
from backend.people.tables import Membership, TeamGrant, TeamMember
from backend.replication.access import SpaceAccess, Trees
from backend.replication.case import Sender
from backend.replication.registry import TYPES
from sync.store import Store


class Doorkeeper:
    """Opens spaces to people: there is one for the whole program."""

    def __init__(self, store: Store, types: DocumentTypes = TYPES) -> None:
        self.store = store
        self._types = types
        self._trees = Trees()
        self._remembered = Remembered[tuple[str, str], dict[str, SpaceAccess]]((Membership, TeamMember, TeamGrant))

    async def access(self, person: Person | None, space: str, language: str) -> SpaceAccess | None:
        """Return the person's access to a space; None where there is none, for whatever reason."""
        found = await self._spaces(person, language)
        return found.get(space) if self.store.exists(space) else None

    async def all(self, person: Person | None, language: str) -> list[tuple[str, SpaceAccess]]:
        """Return all spaces of a person with the access to each: the commons, their processes, their own.

        The accesses are the very same objects until a right of somebody changes.
        """
        found = await self._spaces(person, language)
        return [(name, access) for name, access in found.items() if self.store.exists(name)]

    async def _spaces(self, person: Person | None, language: str) -> dict[str, SpaceAccess]:
        """Return the accesses by the names of the spaces; one's own space is made when it is first asked for."""
        found = await self._remembered.get(
            (person.id if person else "", language), partial(self._asked, person, language)
        )
        if person is not None and not self.store.exists(own := space_of(SpaceKind.PERSON, person.id)):
            await self.store.create(own)
        return found

    async def _asked(self, person: Person | None, language: str) -> dict[str, SpaceAccess]:
        found = {COMMONS: self._made(person, SpaceKind.COMMONS, "", language)}
        if person is not None:
            for membership, standing in await queries.standings_of(person.id):
                space = space_of(SpaceKind.PROCESS, membership.process)
                found[space] = self._member(membership, standing, language)
            own = space_of(SpaceKind.PERSON, person.id)
            found[own] = self._made(person, SpaceKind.PERSON, person.id, language)
        return found

    def _member(self, membership: MembershipOf, standing: Standing, language: str) -> SpaceAccess:
        return SpaceAccess(
            principal=membership.account,
            sender=Sender(
                kind=SpaceKind.PROCESS,
                owner=membership.process,
                id=membership.member,
                standing=standing,
                language=language,
            ),
            types=self._types,
            trees=self._trees,
            gained=membership.gained,
            lost=membership.lost,
        )

    def _made(self, person: Person | None, kind: SpaceKind, owner: str, language: str) -> SpaceAccess:
        principal = person.id if person else ""
        sender = Sender(kind=kind, owner=owner, id=principal, standing=STRANGER, language=language)
        return SpaceAccess(principal=principal, sender=sender, types=self._types, trees=self._trees)
