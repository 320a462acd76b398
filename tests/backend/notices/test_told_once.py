"""A program that is killed again and again while it tells people tells each of them the same things, once."""

import asyncio
import signal
import sys
from collections import Counter
from pathlib import Path
from random import Random

from backend.accounts.tables import Mail
from backend.kit.ids import new_ulid
from backend.notices.tables import Delivery, Inbox
from backend.projections.everything import follower
from backend.replication.registry import TYPES
from tests.backend.accounts.town import Town, a_town
from tests.backend.notices.village import Village, a_village
from tests.backend.postgresql import rows_of
from tests.backend.world import written

PEOPLE, THINGS, KILLS, FURTHEST = 4, 8, 5, 60
WORKER = """
import asyncio, sys
from pathlib import Path
from backend.house import open_for_work, open_house
from backend.kit.settings import Settings
from backend.notices import inbox
from tests.backend.accounts.town import Moment

left = int(sys.argv[3])

def steps(real):
    async def does(*told, **named):
        await step()
        done = await real(*told, **named)
        await step()
        return done
    return does

async def step():
    global left
    left -= 1
    if left == 0:
        print("here", flush=True)
        await asyncio.Event().wait()  # until it is killed

async def main():
    where = {"data": Path(sys.argv[1]), "push_allow": sys.argv[2], "database_url": sys.argv[4] or None}
    async with open_house(Settings(**where), Moment()) as house:
        for name in ("add", "change", "settle", "supersede"):
            setattr(inbox, name, steps(getattr(inbox, name)))
        house.spaces.write = steps(house.spaces.write)
        house.post.put = steps(house.post.put)
        house.notices.outbox.put = steps(house.notices.outbox.put)
        async with open_for_work(house):
            await asyncio.Event().wait()

asyncio.run(main())
"""


async def test_all_are_told_all_once_although_the_program_is_killed_while_it_tells(tmp_path: Path) -> None:
    data, random = tmp_path / "data", Random(7)
    async with a_village(data) as village:
        people = [await village.villager(f"P{number}") for number in range(PEOPLE)]
        for number, one in enumerate(people):
            await village.wishes(one, cap=20, roads={} if number else {"assigned": "mail"})
        spaces = [one.own for one in people]
        await village.follows()
        await happens(village, [one.member for one in people])
        allow = village.post.service.allow

    for _ in range(KILLS):
        await killed_after(data, allow, random.randint(1, FURTHEST))

    async with a_town(data, push_allow=allow) as town:
        notices = await Inbox.count()
        assert notices < PEOPLE * THINGS, "it was killed before it had told everything"
        await goes_on_to_the_end(town)
        stages = Counter(row["stage"] for row in await Inbox.select(Inbox.stage))
        assert stages == {"gone": PEOPLE * THINGS}
        for space in spaces:
            told = await town.house.spaces.list(space, "all", "notice")
            assert len(told) == len({one["thing"] for one in told}) == THINGS
            assert {one["_rev"].partition("-")[0] for one in told} == {"1"}, "each was written once"
        sent = await Delivery.select(Delivery.session, Delivery.notice)
        assert len(sent) == len({(row["session"], row["notice"]) for row in sent}) == (PEOPLE - 1) * THINGS
        folder = list((data / "mail").glob("*.txt"))
        mails = await Mail.count() + sum("Jums lūdz" in one.read_text() for one in folder)
        assert mails == THINGS


async def happens(village: Village, members: list[str]) -> None:
    """Everybody is asked to do each thing, in one go: what the program finds when it starts."""
    walk = village.world.items["walk"]
    for _ in range(THINGS):
        new = written(village.janis.member, "assignment", new_ulid(), partition=walk, about=walk, people=members)
        assert await village.world.sends(village.janis.person, new) == []


async def killed_after(data: Path, allow: str, steps: int) -> None:
    """Run the server's work for so many steps of telling, and kill it between that one and the next."""
    worker = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", WORKER, str(data), allow, str(steps), (await rows_of(data)).get("database_url", "")),
        cwd=Path(__file__).parents[3],
        stdout=asyncio.subprocess.PIPE,
    )
    assert worker.stdout
    async with asyncio.timeout(120):
        while (line := await worker.stdout.readline()).strip() != b"here":
            assert line, "the work ended by itself"
    worker.send_signal(signal.SIGKILL)
    await worker.wait()


async def goes_on_to_the_end(town: Town) -> None:
    house = town.house
    await follower(house.store, house.spaces, house.clock, TYPES, house.notices.teller).catch_up()
    await house.notices.teller.look_due()
