"""Why each table exists: what the register says of rows, beside the classes that stand at their columns."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from backend.accounts.tables import Account, Session
from backend.files.tables import StoredFile
from backend.kit.types import Erasure, Ground
from backend.people.tables import Membership, Organisation, Process, Team, TeamGrant, TeamMember


class Reason(Struct, frozen=True):
    """Why rows of one table are kept, and until when."""

    purpose: str
    ground: Ground
    retention: str
    erasure: Erasure


REASONS: Final[Mapping[type, Reason]] = {
    Account: Reason(
        "Lets a person sign in, and be addressed in their language.",
        Ground.PUBLIC_TASK,
        "until the person asks to be forgotten",
        Erasure.TOMBSTONE,
    ),
    Session: Reason(
        "Keeps a device signed in, over weeks without a network.",
        Ground.PUBLIC_TASK,
        "until signed out, at most 400 days",
        Erasure.TOMBSTONE,
    ),
    Organisation: Reason(
        "Names the administrations, associations and companies that work together.",
        Ground.NOT_PERSONAL,
        "as long as it takes part",
        Erasure.KEEP,
    ),
    Team: Reason(
        "Names the teams that have rights in processes.", Ground.NOT_PERSONAL, "as long as it exists", Erasure.KEEP
    ),
    TeamMember: Reason(
        "Says who is in which team, because rights are given to teams.",
        Ground.PUBLIC_TASK,
        "until the person leaves the team",
        Erasure.TOMBSTONE,
    ),
    Process: Reason("Says which processes there are.", Ground.NOT_PERSONAL, "as long as the process", Erasure.KEEP),
    Membership: Reason(
        "Joins an account to a process under a random member id, the only name documents know.",
        Ground.PUBLIC_TASK,
        "as long as the process, or until the person asks to be forgotten",
        Erasure.TOMBSTONE,
    ),
    TeamGrant: Reason(
        "Says what a team may do in a process.", Ground.NOT_PERSONAL, "until it is withdrawn", Erasure.KEEP
    ),
    StoredFile: Reason(
        "Finds files, and bounds how much one person keeps on the server.",
        Ground.PUBLIC_TASK,
        "as long as the file",
        Erasure.TOMBSTONE,
    ),
}
