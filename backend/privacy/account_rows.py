"""Why the tables about accounts exist."""

from collections.abc import Mapping
from typing import Final

from backend.accounts.tables import (
    Account,
    Audit,
    Challenge,
    EmailCode,
    Identity,
    Mail,
    Passkey,
    Session,
    SyncReport,
)
from backend.kit.types import Erasure, Ground
from backend.privacy.reason import Reason

ACCOUNT_REASONS: Final[Mapping[type, Reason]] = {
    Account: Reason(
        "Lets a person sign in, and be addressed in their language.",
        Ground.PUBLIC_TASK,
        "until the person asks to be forgotten",
        Erasure.TOMBSTONE,
    ),
    Session: Reason(
        "Keeps a device signed in, over weeks without a network, and lets its owner see and end it.",
        Ground.PUBLIC_TASK,
        "until signed out, at most 400 days",
        Erasure.TOMBSTONE,
    ),
    Passkey: Reason(
        "Lets a person sign in without a password.",
        Ground.PUBLIC_TASK,
        "until the person removes it",
        Erasure.TOMBSTONE,
    ),
    Challenge: Reason(
        "Keeps a passkey's answer from being used twice.", Ground.PUBLIC_TASK, "5 minutes", Erasure.TOMBSTONE
    ),
    EmailCode: Reason(
        "Proves that an address belongs to who uses it.", Ground.PUBLIC_TASK, "15 minutes", Erasure.TOMBSTONE
    ),
    Identity: Reason(
        "Recognises a person who signs in by another provider.",
        Ground.PUBLIC_TASK,
        "until the person unlinks it",
        Erasure.TOMBSTONE,
    ),
    SyncReport: Reason(
        "Lets coordinators see whose phone has been silent and has work waiting.",
        Ground.CONSENT,
        "until the person withdraws it, or signs out there",
        Erasure.TOMBSTONE,
    ),
    Mail: Reason(
        "Carries a mail to its recipient.", Ground.PUBLIC_TASK, "until it is sent, at most one day", Erasure.TOMBSTONE
    ),
    Audit: Reason(
        "Lets those concerned see who changed rights and accounts, and when.",
        Ground.LEGAL_OBLIGATION,
        "two years",
        Erasure.DISOWN,
    ),
}
