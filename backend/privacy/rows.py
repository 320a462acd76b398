"""Why each table exists: what the register says of rows, beside the classes that stand at their columns."""

from collections.abc import Mapping
from typing import Final

from backend.codelivery.tables import CalendarLink, Commitment
from backend.files.tables import FileReference, StoredFile
from backend.kit.types import Erasure, Ground
from backend.notices.tables import Delivery, Inbox, PushSubscription
from backend.people.tables import (
    Application,
    Invitation,
    InvitationUse,
    Membership,
    Organisation,
    OrganisationAdministrator,
    OrganisationLogo,
    Process,
    Team,
    TeamGrant,
    TeamMember,
)
from backend.privacy.account_rows import ACCOUNT_REASONS
from backend.privacy.call_rows import CALL_REASONS
from backend.privacy.reason import Reason

REASONS: Final[Mapping[type, Reason]] = {
    **ACCOUNT_REASONS,
    **CALL_REASONS,
    Organisation: Reason(
        "Names the administrations, associations and companies that work together.",
        Ground.NOT_PERSONAL,
        "as long as it takes part",
        Erasure.KEEP,
    ),
    OrganisationLogo: Reason(
        "Shows the picture by which people know an organisation.",
        Ground.NOT_PERSONAL,
        "as long as the organisation",
        Erasure.KEEP,
    ),
    OrganisationAdministrator: Reason(
        "Says who answers for an organisation and its teams.",
        Ground.PUBLIC_TASK,
        "until the person gives it up",
        Erasure.TOMBSTONE,
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
        "as long as the process, also after leaving it, or until the person asks to be forgotten",
        Erasure.TOMBSTONE,
    ),
    TeamGrant: Reason(
        "Says what a team may do in a process.", Ground.NOT_PERSONAL, "until it is withdrawn", Erasure.KEEP
    ),
    Invitation: Reason(
        "Lets people join by a link; the addresses it was sent to are not kept.",
        Ground.PUBLIC_TASK,
        "as long as its process or team",
        Erasure.DISOWN,
    ),
    InvitationUse: Reason(
        "Keeps one person from taking two places of an invitation.",
        Ground.PUBLIC_TASK,
        "as long as the invitation",
        Erasure.TOMBSTONE,
    ),
    Application: Reason(
        "Carries somebody's wish to join, and the answer.",
        Ground.PUBLIC_TASK,
        "as long as its process or team",
        Erasure.TOMBSTONE,
    ),
    StoredFile: Reason(
        "Finds files, and bounds how much one person keeps on the server.",
        Ground.PUBLIC_TASK,
        "until 90 days after the last document that names it",
        Erasure.DISOWN,
    ),
    FileReference: Reason(
        "Says which documents name a file, because it goes when none does any more.",
        Ground.PUBLIC_TASK,
        "as long as the documents it is made from",
        Erasure.TOMBSTONE,
    ),
    CalendarLink: Reason(
        "Lets calendar programs of a person's own choice fetch what they promised.",
        Ground.CONSENT,
        "until the person revokes it",
        Erasure.TOMBSTONE,
    ),
    Commitment: Reason(
        "Finds what a person promised and the hours they helped, for their calendar and their certificates.",
        Ground.PUBLIC_TASK,
        "as long as the documents it is made from",
        Erasure.TOMBSTONE,
    ),
    PushSubscription: Reason(
        "Sends notices to a device whose owner switched them on there.",
        Ground.CONSENT,
        "until switched off or signed out there, or the push service forgets it",
        Erasure.TOMBSTONE,
    ),
    Delivery: Reason(
        "Carries notices to a device, once each, and tells its owner and the operator what became of them.",
        Ground.CONSENT,
        "30 days, its text until it is sent",
        Erasure.TOMBSTONE,
    ),
    Inbox: Reason(
        "Tells a person each thing once, at the hour, by the road and no more often a day than they wish.",
        Ground.PUBLIC_TASK,
        "90 days",
        Erasure.TOMBSTONE,
    ),
}
