"""The same in Firefox: Ilze is taken from the process while she is away; her words stay, the others' go."""

import json
import time
from pathlib import Path

from tests.journeys.stage.demo import PASSWORD, SPANISH, TASK
from tests.journeys.stage.firefox import Firefox, a_firefox
from tests.journeys.stage.memory import HOLD
from tests.journeys.stage.office import an_office
from tests.journeys.stage.person import ARRIVES
from tests.journeys.stage.profile import found
from tests.journeys.stage.screens import screens_of
from tests.journeys.stage.wire import Wire
from tests.journeys.stage.words import word

MINE = "Written in Firefox where there was no network."
SPANISH_ONLY = "domicilio"


def holding(firefox: Firefox, sought: str) -> list[str]:
    """Names of the local databases in which this word stands."""
    return json.loads(firefox.evaluates(f"({HOLD})({json.dumps(sought)}).then(JSON.stringify)"))


def forgets(firefox: Firefox, sought: str) -> None:
    until = time.monotonic() + ARRIVES / 1000
    while where := holding(firefox, sought):
        assert time.monotonic() < until, f"still held: {where}"
        time.sleep(0.5)


def test_who_is_taken_from_a_process_keeps_their_own_words_and_no_others(server, witness, tmp_path, pictures):
    task = screens_of(server).task_path
    profile: Path = tmp_path / "firefox"
    with Wire(server.port).laid() as wire:
        with a_firefox(profile, proxy=witness.address) as firefox:
            firefox.has_size(360, 800)
            firefox.opens(f"{wire.address}/sign-in")
            firefox.writes(word("en", "email"), "ilze@demo.example")
            firefox.writes(word("en", "password"), PASSWORD)
            firefox.presses("button", word("en", "sign_in"))
            firefox.finds("link", word("en", "dock_today"))
            firefox.opens(f"{wire.address}{task}")
            firefox.finds("heading", TASK["en"])
            firefox.sees(SPANISH)
        assert found(profile, SPANISH_ONLY)[SPANISH_ONLY], "the search is blind"

        with a_firefox(profile, proxy=witness.address) as firefox:
            firefox.opens(f"{wire.address}{task}")
            firefox.sees(SPANISH)
            assert holding(firefox, SPANISH_ONLY)
            wire.cut()
            firefox.writes(word("en", "your_contribution"), MINE)
            firefox.presses("button", word("en", "save_and_send"))
            firefox.sees(word("en", "state_waiting_network"))
            with an_office(server.address) as office:
                office.takes_from_process("Ilze")
            wire.carries()
            firefox.opens(f"{wire.address}/waiting")
            firefox.sees(MINE)
            firefox.sees(word("en", "refused_gone"))
            forgets(firefox, SPANISH_ONLY)

        with a_firefox(profile, proxy=witness.address) as firefox:
            firefox.opens(f"{wire.address}/waiting")
            firefox.sees(MINE)
            assert holding(firefox, SPANISH_ONLY) == []
        pictures.mkdir(parents=True, exist_ok=True)
        (pictures / "left-on-disk.json").write_text(json.dumps(found(profile, SPANISH_ONLY), indent=2))
