"""Three phones and two servers: whatever they do in whatever order, they end with the same."""

import asyncio
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from backend.conflicts import queries
from backend.conflicts.domain.ancestry import Ancestry
from backend.conflicts.domain.merge import Hard
from backend.conflicts.domain.settlement import joined
from backend.replication.registry import TYPES
from sync.stores.memory import MemoryStore
from tests.backend.conflicts.servers import SPACE, TASK, Engine, tells
from tests.backend.conflicts.versions import ANCESTOR, content

EDITS: list[dict[str, Any]] = [
    {"status": "in_progress"},
    {"status": "finished"},
    {"name": {"en": "Walls", "it": "Dipingere"}},
    {"name": {"en": "Doors", "it": "Dipingere"}},
    {"name": {"en": "Paint", "it": "Muri"}},
    {"profiles": ["p", "q", "r"]},
    {"profiles": []},
    {"order": "a5"},
    {"due": "2027-01-01"},
    {"_deleted": True},
]


class History:
    """Phones edit what they are shown and meet a server now and then; so do the servers."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.servers = [Engine(MemoryStore()) for _ in range(2)]
        self.phones = [Engine(MemoryStore()) for _ in range(3)]

    async def happens(self) -> None:
        for one in (*self.servers, *self.phones):
            await one.opens()
        for step in range(self.random.randint(4, 24)):
            phone, server = self.random.choice(self.phones), self.random.choice(self.servers)
            if self.random.random() < 0.5:
                await self.edits(phone, step)
            elif self.random.random() < 0.7:
                await meet(phone, server)
            else:
                await tells(*self.random.sample(self.servers, 2))
        for _ in range(4):
            await meet(*self.random.sample(self.servers, 2))
            for phone in self.phones:
                await meet(phone, self.random.choice(self.servers))
        for server in self.servers:
            await server.settles()  # one that only listened at the end looks at what it heard, as its follower does

    async def edits(self, phone: Engine, step: int) -> None:
        """Change what is shown; after a deletion somebody may make the task again."""
        shown = phone.database.get(TASK)
        edit = self.random.choice(EDITS) if shown else {"status": "awaiting"}
        whole = (shown.content if shown else content(ANCESTOR)) | {"device": f"{step}"} | edit
        await phone.database.write([{"_id": TASK, "_deleted": True} if "_deleted" in edit else {"_id": TASK, **whole}])


async def meet(one: Engine, server: Engine) -> None:
    await tells(one, server)
    await server.settles()
    await tells(server, one)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32))
def test_everybody_ends_with_the_same_and_nothing_is_left_beside_it_but_contradictions(seed: int) -> None:
    history = History(seed)
    asyncio.run(history.happens())
    ends = [one.trees() for one in (*history.servers, *history.phones)]
    assert all(one == ends[0] for one in ends)
    for server in history.servers:
        with server.store.read(SPACE) as tx:
            found = queries.history(tx, TYPES, TASK)
            assert found is not None
            living = [leaf for leaf in found.tree.leaves() if not found.tree.nodes[leaf].deleted]
            assert bool(queries.listed(tx, None)[0]) is (len(living) > 1)
            ancestry = Ancestry(found.tree)
            pairs = [(one, other) for one in living for other in living if one < other]
            assert all(isinstance(joined(found, ancestry, pair), Hard) for pair in pairs)
