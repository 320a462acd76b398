"""The main way works in Firefox too: sign in, open a task, contribute without a network, be received."""

from tests.journeys.stage.demo import PASSWORD, TASK
from tests.journeys.stage.firefox import a_firefox
from tests.journeys.stage.screens import screens_of
from tests.journeys.stage.wire import Wire
from tests.journeys.stage.words import word

TEXT = "Written in Firefox, on a train."


def test_a_contribution_made_offline_in_firefox_is_received(server, witness, tmp_path, pictures):
    task = screens_of(server).task_path
    with Wire(server.port).laid() as wire, a_firefox(tmp_path / "firefox", proxy=witness.address) as firefox:
        firefox.has_size(360, 800)
        firefox.opens(f"{wire.address}/sign-in")
        firefox.writes(word("en", "email"), "ilze@demo.example")
        firefox.writes(word("en", "password"), PASSWORD)
        firefox.presses("button", word("en", "sign_in"))
        firefox.finds("link", word("en", "dock_today"))
        firefox.opens(f"{wire.address}{task}")
        firefox.finds("heading", TASK["en"])

        firefox.waits_until_kept()
        wire.cut()
        firefox.writes(word("en", "your_contribution"), TEXT)
        firefox.presses("button", word("en", "save_and_send"))
        firefox.sees(TEXT)
        firefox.sees(word("en", "state_waiting_network"))
        firefox.opens(f"{wire.address}{task}")
        firefox.sees(TEXT)

        wire.carries()
        firefox.sees(word("en", "state_received"))
        assert firefox.errors == []
