"""A program that is killed in the middle of sending loses nothing: the next one sends what was not written down."""

import asyncio
import signal
import sys
from pathlib import Path

from tests.backend.accounts.town import a_town
from tests.backend.notices.post import Phone, Post, a_post
from tests.backend.postgresql import rows_of
from tests.push_service import PushService, Reply, a_push_service

PHONES = 12
WORKER = """
import asyncio, sys
from pathlib import Path
from backend.house import open_house
from backend.kit.settings import Settings
from tests.backend.accounts.town import Moment

async def main():
    where = {"data": Path(sys.argv[1]), "push_allow": sys.argv[2], "database_url": sys.argv[3] or None}
    async with open_house(Settings(**where), Moment()) as house:
        await house.notices.courier.run()

asyncio.run(main())
"""


async def test_all_that_was_put_arrives_although_the_program_is_killed(tmp_path):
    data, wanted = tmp_path / "data", {f"n{n}" for n in range(10)}
    async with a_post(data) as post:
        phones = [await post.phone(f"p{n}@example.org") for n in range(PHONES)]
        for phone in phones:
            for name in wanted:
                await post.tells(phone, name)
        port = post.service.port

    async with a_push_service(port=port) as service:
        # After a third of them it answers no more, so some are sent, some in the air, some still waiting.
        service.reply = Reply(waits=0)
        service.says = lambda _: Reply(waits=0 if len(service.received) <= PHONES * 10 // 3 else 600)
        await killed_while_it_sends(data, service)
        before = read(phones, service)

    async with a_push_service(port=port) as service, a_town(data, push_allow=service.allow) as town:
        town.clock.later(minutes=2)
        again = await Post(town, service, None).another_courier().carry_due()
        assert 0 < again < PHONES * 10, "what was written down as sent is not sent again"
        after = read(phones, service)
        for phone in phones:
            assert before[phone.path] | after[phone.path] == wanted
            assert await phone.states() == ["sent"] * 10


def read(phones: list[Phone], service: PushService) -> dict[str, set[str]]:
    """Which notices each phone can decrypt from what came."""
    return {
        phone.path: {phone.device.reads(one.body)["data"]["notice"] for one in service.told(phone.path)}
        for phone in phones
    }


async def killed_while_it_sends(data: Path, service: PushService) -> None:
    """Run a worker in a process of its own until more than a third has come, and kill it."""
    worker = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", WORKER, str(data), service.allow, (await rows_of(data)).get("database_url", "")),
        cwd=Path(__file__).parents[3],
    )
    async with asyncio.timeout(120):
        while len(service.received) < PHONES * 10 // 2:
            assert worker.returncode is None
            await asyncio.sleep(0.01)
    worker.send_signal(signal.SIGKILL)
    await worker.wait()
