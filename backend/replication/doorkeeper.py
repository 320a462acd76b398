"""From a person to their access to a space. The door, files and the judge of held revisions ask the same one."""

from backend.accounts.domain import Person
from backend.kit.spaces import COMMONS, SpaceKind, kind_of, space_of
from backend.kit.types import DocumentTypes
from backend.people import queries
from backend.people.access import STRANGER, Standing
from backend.people.domain import MembershipOf
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

    async def access(self, person: Person | None, space: str, language: str) -> SpaceAccess | None:
        """Return the person's access to a space; None where there is none, for whatever reason."""
        named = kind_of(space)
        if named is None:
            return None
        kind, owner = named
        if kind is SpaceKind.COMMONS:
            return self._made(person, kind, "", language) if self.store.exists(space) else None
        if person is None:
            return None
        if kind is SpaceKind.PERSON:
            return await self._own(person, language) if owner == person.id else None
        membership = await queries.membership(person.id, owner)
        if membership is None or not self.store.exists(space):
            return None
        return self._member(membership, await queries.standing_in(membership), language)

    async def all(self, person: Person | None, language: str) -> list[tuple[str, SpaceAccess]]:
        """Return all spaces of a person with the access to each: the commons, their processes, their own."""
        found: list[tuple[str, SpaceAccess]] = []
        if self.store.exists(COMMONS):
            found.append((COMMONS, self._made(person, SpaceKind.COMMONS, "", language)))
        if person is not None:
            for membership, standing in await queries.standings_of(person.id):
                space = space_of(SpaceKind.PROCESS, membership.process)
                if self.store.exists(space):
                    found.append((space, self._member(membership, standing, language)))
            found.append((space_of(SpaceKind.PERSON, person.id), await self._own(person, language)))
        return found

    async def _own(self, person: Person, language: str) -> SpaceAccess:
        """Return the access to the person's own space, made when they first come."""
        space = space_of(SpaceKind.PERSON, person.id)
        if not self.store.exists(space):
            await self.store.create(space)
        return self._made(person, SpaceKind.PERSON, person.id, language)

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
