"""Everything that is made from documents, in the order in which one needs the other."""

from backend.kit.clock import Clock
from backend.kit.spaces import Spaces
from backend.projections.follower import Follower
from backend.projections.members import Members
from backend.projections.published import PublishedProcesses
from sync.store import Store


def follower(store: Store, spaces: Spaces, clock: Clock) -> Follower:
    """Return the one follower of the program; partners of a published process are known from its members."""
    return Follower(store, [Members(store, spaces, clock), PublishedProcesses(store, spaces, clock)])
