"""Who may read and add files, answered exactly as for documents: same person, same tree, same grants."""

from backend.accounts.domain import Person
from backend.files.domain import Right
from backend.kit.languages import DEFAULT
from backend.replication.doorkeeper import Doorkeeper

NOTHING = Right(read=False, write=False)


class FileRights:
    """Implements `files.domain.Rights`."""

    def __init__(self, doorkeeper: Doorkeeper) -> None:
        self._doorkeeper = doorkeeper

    async def of(self, person: Person | None, space: str, partition: str) -> Right:
        """Return what the person may do with the files of a partition."""
        access = await self._doorkeeper.access(person, space, person.language if person else DEFAULT)
        if access is None:
            return NOTHING
        with self._doorkeeper.store.read(space) as tx:
            return Right(read=access.reading(tx).sees(partition), write=access.may_add(tx, partition))
