"""Why rows of one table exist."""

from msgspec import Struct

from backend.kit.types import Erasure, Ground


class Reason(Struct, frozen=True):
    """Why rows of one table are kept, and until when."""

    purpose: str
    ground: Ground
    retention: str
    erasure: Erasure
