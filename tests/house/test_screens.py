"""No screen of the app escapes the tests that look at all of them."""

import re
from pathlib import Path

from tests.journeys.stage.screens import Screens

ROUTER = Path(__file__).parents[2] / "pwa" / "src" / "routes" / "router.ts"
NOT_AMONG_THEM = {
    "/inbox/:id",  # nobody is told anything in the demo before the test begins: test_push_chromium opens one
}
ID = "an-id"
SCREENS = Screens(
    process=ID,
    objective=ID,
    task=ID,
    call=f"/processes/{ID}/tasks/{ID}/needs/{ID}",
    interlinker=ID,
    schema=ID,
    made=f"/processes/{ID}/items/{ID}/{ID}/{ID}",
    invitation="/join#a-token",
    team=ID,
    organisation=ID,
)


def test_every_address_of_the_app_is_among_the_screens_that_are_looked_at() -> None:
    addresses = set(re.findall(r"^  '(/[^']*)':", ROUTER.read_text(), re.MULTILINE))
    looked_at = SCREENS.of_a_stranger() | SCREENS.of_a_member() | SCREENS.of_an_administrator()
    paths = {re.split(r"[?#]", path)[0] for path in looked_at.values()}
    assert len(addresses) > len(NOT_AMONG_THEM)
    missed = {one for one in addresses if not any(_leads(path, one) for path in paths)}
    assert missed == NOT_AMONG_THEM


def _leads(path: str, address: str) -> bool:
    """Say whether a path is one of this address: `:id` stands for an id."""
    return re.sub(r":\w+", ID, address) == path
