"""HTTP of this room: what is kept about people, readable by everybody and by programs."""

from litestar import Controller, get
from litestar.di import NamedDependency

from backend.privacy.register import Register


class PrivacyController(Controller):
    """What is kept about people."""

    path = "/privacy"
    tags = ("privacy",)

    @get("/records.json", summary="What is kept about people, why, and how long", cache_control=None)
    async def records(self, register: NamedDependency[Register]) -> Register:
        """Answer with the register; the same for everybody."""
        return register
