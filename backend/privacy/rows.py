"""Why each table exists: what the register says of rows, beside the classes that stand at their columns."""

from collections.abc import Mapping
from typing import Final

from backend.files.tables import StoredFile
from backend.kit.types import Erasure, Ground
from backend.people.tables import Membership, Organisation, Process, Team, TeamGrant, TeamMember
from backend.privacy.account_rows import ACCOUNT_REASONS
from backend.privacy.reason import Reason

REASONS: Final[Mapping[type, Reason]] = {
    **ACCOUNT_REASONS,
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
