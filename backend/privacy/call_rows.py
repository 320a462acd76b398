"""Why the tables about calls for people exist."""

from collections.abc import Mapping
from typing import Final

from backend.codelivery.call_tables import Asked, NeedCall, Reminder
from backend.kit.types import Erasure, Ground
from backend.privacy.reason import Reason

CALL_REASONS: Final[Mapping[type, Reason]] = {
    NeedCall: Reason(
        "Says how far the call for people of each occurrence is, and when to look again.",
        Ground.NOT_PERSONAL,
        "as long as the process",
        Erasure.KEEP,
    ),
    Asked: Reason(
        "Keeps anybody from being asked twice or too often, and shows coordinators who was asked and answered.",
        Ground.PUBLIC_TASK,
        "as long as the process, or until the person asks to be forgotten",
        Erasure.TOMBSTONE,
    ),
    Reminder: Reason(
        "Reminds people before what they were asked to do is due.",
        Ground.NOT_PERSONAL,
        "until it is due, done or withdrawn",
        Erasure.KEEP,
    ),
}
