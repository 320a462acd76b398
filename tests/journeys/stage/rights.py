"""What an administrator decides while nobody watches: `python -m tests.journeys.stage.rights DATA TASK open|closed`.

It opens one task (its English name) to the teams of citizens, or closes it to them. The server must not be running: a
data folder belongs to one program at a time, which is why this is a program too.
"""

import asyncio
import sys
from pathlib import Path

from backend.accounts import queries as accounts
from backend.house import House, open_house
from backend.kit.settings import read_settings
from backend.kit.spaces import ALL
from backend.people import queries
from backend.people.access import Grant
from backend.people.actions import add_grant
from backend.people.actions.counting import counting
from backend.people.mirror import mirror_rights
from tests.journeys.stage.demo import PROCESS

PREFIX = "process-"


async def decide(data: Path, task_name: str, *, opened: bool) -> None:
    async with open_house(read_settings({}, data=data)) as house:
        space = await _space(house)
        process = space.removeprefix(PREFIX)
        items = [one for kind in ("phase", "objective", "task") for one in await house.spaces.list(space, ALL, kind)]
        parents = {one["_id"].rsplit(":", 1)[1]: one["parent"] for one in items}
        task = next(one["_id"].rsplit(":", 1)[1] for one in items if one["name"].get("en") == task_name)
        async with counting(process, {item: _path(item, parents) for item in parents}):
            for team in await queries.teams_of(process):
                if team.kind == "citizen":
                    grant = Grant(team.id, task, access=opened, create=opened, delete=False)
                    await add_grant(process=process, grant=grant)
        await mirror_rights(house.spaces, process, house.clock())


async def _space(house: House) -> str:
    person = await accounts.person_with_password("ilze@demo.example")
    assert person
    for name, _ in await house.doorkeeper.all(person[0], "en"):
        if name.startswith(PREFIX):
            [process] = await house.spaces.list(name, ALL, "process")
            if process["name"]["en"] == PROCESS["en"]:
                return name
    raise AssertionError("the demo's process is missing")


def _path(item: str, parents: dict[str, str]) -> tuple[str, ...]:
    """From the process down to the item."""
    return (*_path(parents[item], parents), item) if item in parents else (item,)


if __name__ == "__main__":
    asyncio.run(decide(Path(sys.argv[1]), sys.argv[2], opened=sys.argv[3] == "open"))
