"""Every change of who belongs and who may what goes through here, so that nobody has to be told twice.

    paths of trees ▸ BEGIN ▸ counters before ▸ the change ▸ counters after ▸ COMMIT ▸ mirrors ▸ open feeds look again

Counters move in the change's own transaction. Mirrors are written after it, from what is there then: a crash in between
leaves them behind, and the next change or the next start writes them again.
"""

from collections.abc import AsyncGenerator, Collection
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime

from backend.kit.clock import Clock
from backend.kit.spaces import SpaceKind, Spaces, space_of
from backend.kit.transactions import transaction
from backend.people import queries
from backend.people.actions.counting import counting
from backend.people.ground import Ground
from backend.people.heralds import Herald
from backend.people.mirror import mirror_known_members, mirror_rights
from backend.people.tables import Membership


class RightsKeeper:
    """Changes rights so that everybody concerned hears of it; one for the whole program."""

    def __init__(self, spaces: Spaces, ground: Ground, clock: Clock) -> None:
        self._spaces = spaces
        self._clock = clock
        self.ground = ground
        self.herald: Herald | None = None
        """Who tells people of invitations and applications; nobody when the program only makes rows."""

    def tells(self, herald: Herald) -> None:
        """Tell people through this from now on."""
        self.herald = herald

    def now(self) -> datetime:
        """Return the present moment."""
        return self._clock()

    @asynccontextmanager
    async def changing(
        self, processes: Collection[str], people: Collection[str] = (), *, everybody: bool = False
    ) -> AsyncGenerator[None]:
        """Change, inside the block, rights of these accounts in these processes, and which processes they are in.

        `everybody`: what changes (a grant, a team's kind) may concern any member.
        """
        paths = {process: self.ground.paths(process) for process in processes}
        known = {process: set(await queries.members_ever(process, people)) for process in processes}
        async with transaction(Membership), AsyncExitStack() as counted:
            for process in processes:
                whose = None if everybody else people
                await counted.enter_async_context(counting(process, paths[process], whose))
            yield
        for process in processes:
            await self.mirror(process, None if everybody else known[process])
            self.ground.rights_changed(process)
        for account in people:
            self.ground.person_changed(account)

    async def mirror(self, process: str, members: Collection[str] | None = None) -> None:
        """Write teams, grants and members (these, or all who are named) of a process into its space, as they are."""
        if await self._spaces.exists(space_of(SpaceKind.PROCESS, process)):
            await mirror_rights(self._spaces, process, self._clock())
            await mirror_known_members(self._spaces, process, self._clock(), members)

    async def mirror_everything(self) -> None:
        """Write the mirrors of all processes: what a crash between a change and its mirror left behind."""
        for process in await queries.processes():
            await self.mirror(process)
