"""Nobody is told of what they may not open: the one answer about rights is asked when a notice is due."""

from backend.kit.spaces import ALL, process_of
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
        process = process_of(entry.space)
        if not entry.told.member or process is None:
            return True
        standing = await queries.standing_of(account, process)
        if standing.member is None:
            return False
        partition = entry.told.thing.partition(":")[0]
        if partition in (ALL, ADMIN):
            return partition == ALL or standing.administrator
        way = (process,) if partition == process else self._ground.paths(process).get(partition)
        return way is not None and may(standing, Verb.ACCESS, way)
