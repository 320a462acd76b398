"""All declared types of documents. A type that is not here does not exist for the gate: nobody may write it."""

from typing import Final

from backend.catalogue import documents as catalogue
from backend.catalogue import own
from backend.codelivery import documents as codelivery
from backend.contributions import documents as contributions
from backend.kinds import documents as kinds
from backend.kit.types import DocumentTypes
from backend.notices import documents as notices
from backend.people import documents as people
from backend.processes import documents as processes
from backend.quarantine import documents as quarantine
from backend.replication import documents as personal
from backend.talk import documents as talk
from backend.work import documents as work

TYPES: Final = DocumentTypes(
    (
        *catalogue.TYPES,
        *own.TYPES,
        *processes.TYPES,
        *contributions.TYPES,
        *kinds.TYPES,
        *talk.TYPES,
        *work.TYPES,
        *codelivery.TYPES,
        *notices.TYPES,
        *people.TYPES,
        *personal.TYPES,
        *quarantine.TYPES,
    ),
)
