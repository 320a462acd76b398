"""How many processes made something from an INTERLINKER, as everybody may know it: a number, never which.

<item>:<kind>:<ulid> with `made_from`        ──▶           all:uses:<key of the INTERLINKER>
in the space of a process                                  in the commons (written by the server)
"""

from typing import Annotated, Final

from msgspec import Meta

from backend.kit.keys import KeyRule
from backend.kit.spaces import SpaceKind
from backend.kit.types import DocumentType, Envelope, Erasure, Ground, Member, Merge, Partition, Who


class Uses(Envelope, kw_only=True):
    """Where an INTERLINKER was used, counted."""

    processes: Annotated[int, Meta(ge=1)]
    """Processes that hold something made from it."""


_SERVER: Final = frozenset({Who.SERVER})

USES: Final = DocumentType(
    name="uses",
    key=KeyRule("{name}"),
    purpose="Shows everybody in how many processes a building block is used.",
    struct=Uses,
    spaces=frozenset({SpaceKind.COMMONS}),
    partition=Partition.ALL,
    create=_SERVER,
    edit=_SERVER,
    delete=_SERVER,
    members={"processes": Member(Merge.OURS_ALONE)},
    ground=Ground.NOT_PERSONAL,
    retention_days=None,
    erasure=Erasure.KEEP,
    export=False,
)
