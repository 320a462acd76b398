"""Nobody is told of what they may not open: the one answer about rights is asked when a notice is due."""

from backend.kit.spaces import ALL, SpaceKind, kind_of
from backend.notices.inbox import Entry
from backend.people import queries
from backend.people.access import Verb, may
from backend.people.ground import Ground

ADMIN = "admin"


class Rights:
    """Asks rows and trees whether a person may open what a notice is about."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    async def may_open(self, account: str, entry: Entry) -> bool:
        """Say whether the partition of the thing is open to them; what concerns no member is their own matter."""
        space = kind_of(entry.space)
        if not entry.told.member or space is None or space[0] is not SpaceKind.PROCESS:
            return True
        standing = await queries.standing_of(account, space[1])
        if standing.member is None:
            return False
        partition = entry.told.thing.partition(":")[0]
        if partition in (ALL, ADMIN):
            return partition == ALL or standing.administrator
        way = (space[1],) if partition == space[1] else self._ground.paths(space[1]).get(partition)
        return way is not None and may(standing, Verb.ACCESS, way)
