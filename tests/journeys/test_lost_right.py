"""While Ilze is away an administrator closes a task to her team: her phone forgets the others' words, not hers.

Later the task is open again, and what was refused is sent once more.
"""

import subprocess
import sys
import time
from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.stage.demo import PROCESS, SPANISH, TASK
from tests.journeys.stage.memory import holding
from tests.journeys.stage.person import ARRIVES, Person
from tests.makers import a_server

MINE = "The ticket machine should speak, for people who cannot see."


def forgets(person: Person, word: str) -> None:
    """Wait until no database on this phone holds the word."""
    until = time.monotonic() + ARRIVES / 1000
    while held := holding(person.page, word):
        assert time.monotonic() < until, f"still held: {held}"
        time.sleep(0.5)


def administrator_leaves_task(data: Path, how: str) -> None:
    """While no server runs, the task becomes `open` to citizens or `closed`."""
    decision = [sys.executable, "-m", "tests.journeys.stage.rights", str(data), TASK["en"], how]
    subprocess.run(decision, check=True, timeout=60)


def test_a_right_lost_while_away_removes_what_others_wrote_and_rescues_what_she_wrote(demo_copy, phone_at, tmp_path):
    with a_server(demo_copy, log=tmp_path / "server.log") as server:
        ilze = Person("ilze", phone_at(server.port, "ilze"))
        ilze.signs_in()
        ilze.opens_task(PROCESS, TASK)
        ilze.sees_contribution(SPANISH)
        task = ilze.phone.path
        assert holding(ilze.page, SPANISH), "the control: the words are on the phone"
        ilze.phone.goes_offline()
        ilze.contributes(MINE)
        ilze.sees_state(MINE, "waiting")

    administrator_leaves_task(demo_copy, "closed")
    with a_server(demo_copy, log=tmp_path / "server.log") as server:
        ilze.phone.wire.leads_to(server.port)
        ilze.phone.comes_online()
        ilze.opens("/waiting")
        rescued = ilze.page.get_by_role("main").get_by_role("article").filter(has_text=MINE)
        expect(rescued).to_be_visible(timeout=ARRIVES)
        ilze.phone.picture("rescued", whole=True)
        forgets(ilze, SPANISH)
        ilze.opens(task)
        ilze.sees_state(MINE, "refused")
        expect(ilze.page.get_by_text(SPANISH)).to_have_count(0)
        ilze.phone.picture("task-closed", whole=True)
        ilze.phone.goes_offline()

    administrator_leaves_task(demo_copy, "open")
    with a_server(demo_copy, log=tmp_path / "server.log") as server:
        ilze.phone.wire.leads_to(server.port)
        ilze.phone.comes_online()
        ilze.opens("/waiting")
        rescued.get_by_role("button", name=ilze.says("refused_again")).click()
        ilze.opens(task)
        ilze.sees_contribution(SPANISH)
        ilze.sees_state(MINE, "received")
        assert ilze.contribution(MINE).count() == 1
        ilze.phone.picture("task-open-again", whole=True)
