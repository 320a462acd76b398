"""Everything that is made from documents, in the order in which one needs the other."""

from backend.kit.clock import Clock
from backend.kit.spaces import Spaces
from backend.kit.types import DocumentTypes
from backend.notices.telling import NoticeTeller
from backend.projections.calls import Calls
from backend.projections.commitments import Commitments
from backend.projections.files import NamedFiles
from backend.projections.follower import Follower
from backend.projections.members import Members
from backend.projections.notices import Notices
from backend.projections.opinions import Opinions
from backend.projections.own import OwnModules
from backend.projections.places import Places
from backend.projections.published import PublishedProcesses
from backend.projections.quarantine import Quarantined
from backend.projections.uses import UsesOfInterlinkers
from backend.quarantine.actions import Quarantine
from sync.store import Store


def follower(
    store: Store, spaces: Spaces, clock: Clock, types: DocumentTypes, teller: NoticeTeller | None = None
) -> Follower:
    """Return the one follower of the program; partners of a published process are known from its members.

    Without a teller nobody is told of anything.
    """
    projections = (
        Quarantined(Quarantine(spaces, types), clock),
        Places(store, spaces, clock),
        Commitments(spaces),
        Members(store, spaces, clock, types),
        PublishedProcesses(store, spaces, clock),
        OwnModules(store, spaces, clock),
        Opinions(store, spaces, clock),
        UsesOfInterlinkers(store, spaces, clock),
        NamedFiles(store, clock, types),
        *([Calls(store, teller, clock), Notices(store, spaces, teller, clock)] if teller else []),
    )
    return Follower(store, projections)
