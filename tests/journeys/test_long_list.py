"""Five thousand contributions in one task: the phone draws what is near the screen and loses no count."""

import re
import uuid
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.journeys.stage.person import ARRIVES, Person
from tests.journeys.stage.screens import screens_of
from tests.makers import Server, a_client

MANY = 5_000
BATCH = 500
SLOWED = 4  # times, as a cheap phone is
DRAWN = 60  # contributions on a screen of 800 px and around it, at the most
NODES = 9_000  # elements of the whole page; each contribution drawn has about thirty, each ten that are far have four
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def ulid(number: int, began: datetime) -> str:
    """A key that stands in the order of `number`."""
    milliseconds = int((began + timedelta(seconds=number)).timestamp() * 1000)
    time = "".join(LETTERS[(milliseconds >> (5 * place)) & 31] for place in range(9, -1, -1))
    return time + "".join(LETTERS[letter & 31] for letter in uuid.uuid4().bytes)


def everybody_writes(server: Server, process: str, task: str) -> None:
    """Ilze's old phone sends what thousands said, in one go."""
    began = datetime.now(UTC) - timedelta(seconds=MANY)  # after all that the demo says
    with a_client(server, "ilze") as client:
        space = f"process-{process}"
        spaces = client.get("/api/v1/spaces").raise_for_status().json()["spaces"]
        [me] = [one["member"] for one in spaces if one["name"] == space]
        for start in range(0, MANY, BATCH):
            documents = [
                {
                    "_id": f"{task}:contribution:{ulid(number, began)}",
                    "type": "contribution",
                    "v": 1,
                    "lang": "en",
                    "author": me,
                    "by": me,
                    "device": "01J00000000000000000000DEV",
                    "at": (began + timedelta(seconds=number)).isoformat(timespec="seconds").replace("+00:00", "Z"),
                    "text": f"Number {number}: people ask for help with the form.",
                    "files": [],
                }
                for number in range(start, start + BATCH)
            ]
            rows = (
                client.post(f"/db/{space}/_bulk_docs", json={"docs": documents}, timeout=60).raise_for_status().json()
            )
            assert all("rev" in row and "error" not in row for row in rows), rows[:1]


def nodes(person: Person) -> int:
    return person.page.evaluate("document.querySelectorAll('*').length")


def test_five_thousand_contributions_are_drawn_a_screen_at_a_time(anna, server):
    screens = screens_of(server)
    everybody_writes(server, screens.process, screens.task)
    anna.signs_in()
    anna.opens(screens.task_path)
    drawn = anna.page.get_by_role("listitem").and_(anna.page.locator("[aria-posinset]"))
    anna.page.context.new_cdp_session(anna.page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    expect(drawn.first).to_have_attribute("aria-setsize", re.compile(rf"^{MANY // 100}\d\d$"), timeout=ARRIVES)
    assert drawn.count() <= DRAWN
    assert nodes(anna) < NODES

    anna.presses("contributions_newest")
    expect(anna.contribution(f"Number {MANY - 1}:")).to_be_in_viewport()
    expect(anna.contribution(f"Number {MANY - 1}:").locator("xpath=ancestor::*[@aria-posinset]")).to_have_count(1)
    anna.page.mouse.wheel(0, -30_000)
    expect(anna.contribution(f"Number {MANY - 1}:")).to_have_count(0)
    expect(drawn.first).to_be_attached()
    assert drawn.count() <= DRAWN
