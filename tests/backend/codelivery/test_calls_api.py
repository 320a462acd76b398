"""What coordinators see of the calls of a need: who was asked, who answered, how far the notices came."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from piccolo.query.base import Query

from backend.accounts.tables import Account, Session
from backend.codelivery import call_rows
from backend.kit.ids import new_ulid
from backend.notices import call_controllers
from backend.notices.domain import State
from backend.notices.tables import Delivery
from tests.backend.codelivery.calling import Square
from tests.backend.codelivery.helpers import TUESDAY
from tests.houses import a_browser

NAMES = ("Ilze", "Marta", "Pēteris", "Anna", "Juris")


def stranger(square: Square) -> httpx.AsyncClient:
    return a_browser(square.house)


async def of(square: Square, email: str) -> httpx.AsyncClient:
    """Somebody's browser, signed in; the way through the password is proved elsewhere."""
    [account] = await Account.select(Account.id).where(Account.email == email)
    cookie = (await square.house.sessions.begin(account["id"], "phone", {})).cookie
    client = stranger(square)
    client.cookies.set(cookie.key, cookie.value or "")
    return client


async def asks(square: Square, client: httpx.AsyncClient, after: str = "") -> httpx.Response:
    item, _, key = square.garden.need["_id"].split(":")
    return await client.get(f"/api/v1/spaces/{square.garden.world.space}/calls/{item}/{key}", params={"after": after})


async def shown(square: Square) -> dict[str, Any]:
    return (await asks(square, await of(square, "jānis@example.org"))).json()


async def delivered(square: Square, member: str, notice: str, state: State, reason: str = "") -> None:
    """What became of a notice on a device of somebody."""
    account, now = square.people[member].id, square.now()
    await square.house.sessions.begin(account, state, {})
    mine = Session.select(Session.id).where(Session.account == account)
    session = (await mine.order_by(Session.id, ascending=False).limit(1))[0]["id"]
    moments = dict.fromkeys(("due", "expires", "lease", "touched", "queued"), now)
    said = {"notice": notice, "kind": "needed", "state": state, "reason": reason}
    row = Delivery(id=f"{session}-{notice}", session=session, **said, **moments)
    await Delivery.insert(row)


async def test_a_coordinator_sees_waves_answers_and_what_did_not_arrive(square: Square) -> None:
    await square.volunteers(*NAMES, zone="Europe/Riga")
    await square.calls()
    [(_, first)] = await square.waves()
    yes, no, silent = sorted(first)
    notice = (await square.asked())[0].notice
    await delivered(square, yes, notice, State.SHOWN)
    await delivered(square, yes, notice, State.ACTED)
    await delivered(square, silent, notice, State.FAILED, "gone")
    await square.garden.asks(square.people[no], state="withdrawn")
    await square.later(minutes=7)
    await square.garden.asks(square.people[yes])
    await square.later(minutes=3)

    body = await shown(square)
    assert body["after"] is None
    [call] = body["occurrences"]
    assert call["id"] == TUESDAY
    assert (call["open"], call["handed"], call["next"]) == (0, None, None)
    [wave] = call["waves"]
    assert (wave["number"], wave["why"]) == (1, "first")
    assert wave["asked"] == [
        {"member": yes, "answer": "yes", "afterSeconds": 600, "reached": "acted", "reason": None},
        {"member": no, "answer": "no", "afterSeconds": 420, "reached": "inbox", "reason": None},
        {"member": silent, "answer": "none", "afterSeconds": None, "reached": "failed", "reason": "gone"},
    ]


async def test_a_notice_that_waits_for_the_morning_is_on_its_way(square: Square) -> None:
    [ilze] = await square.volunteers("Ilze", quiet={"start": "00:00", "end": "23:59"})
    await square.calls()
    [call] = (await shown(square))["occurrences"]
    assert [(one["member"], one["reached"]) for one in call["waves"][0]["asked"]] == [(ilze, "queued")]


async def test_only_administrators_see_it_and_what_is_not_there_is_missing(square: Square) -> None:
    [ilze] = await square.volunteers("Ilze")
    await square.calls()
    assert (await asks(square, await of(square, "ilze@example.org"))).status_code == 403
    await square.garden.world.person("Stranger")
    assert (await asks(square, await of(square, "stranger@example.org"))).status_code == 404
    assert (await asks(square, stranger(square))).status_code == 401
    chief = await of(square, "jānis@example.org")
    for path in (
        f"{square.garden.world.space}/calls/{square.garden.task}/{new_ulid()}",
        "commons/calls/x/y",
        "x/calls/x/y",
    ):
        assert (await chief.get(f"/api/v1/spaces/{path}")).status_code == 404
    for after in ("x", f"{TUESDAY}-x-{ilze}", f"{TUESDAY}-1-", "é-1-m"):
        assert (await asks(square, chief, after)).status_code == 400


async def test_pages_follow_each_other_and_leave_nobody_out(square: Square, monkeypatch: pytest.MonkeyPatch) -> None:
    members = await square.volunteers(*NAMES)
    keys = ["01KC0000000000000000000000", "01KC0000000000000000000001"]
    await square.calls(places=2, occurrences=[square.occurrence(key, 7) for key in keys])
    await square.later(days=3)
    whole = await shown(square)
    everybody = [
        (one["id"], wave["number"], who["member"])
        for one in whole["occurrences"]
        for wave in one["waves"]
        for who in wave["asked"]
    ]
    assert {who for _, _, who in everybody} == {*members}

    monkeypatch.setattr(call_controllers, "MOST", 2)
    chief, after, found, pages = await of(square, "jānis@example.org"), "", [], 0
    while after is not None:
        page = (await asks(square, chief, after)).json()
        found += [
            (one["id"], wave["number"], who["member"])
            for one in page["occurrences"]
            for wave in one["waves"]
            for who in wave["asked"]
        ]
        after, pages = page["after"], pages + 1
    assert found == everybody
    assert pages > 2


async def test_it_asks_the_rows_as_often_for_hundreds_as_for_one(
    square: Square, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = 0
    real = Query.run

    async def counted(self: Any, *args: Any, **how: Any) -> Any:
        nonlocal asked
        asked += 1
        return await real(self, *args, **how)

    monkeypatch.setattr(Query, "run", counted)
    chief = await of(square, "jānis@example.org")
    times: list[int] = []
    for count in (1, 8):
        await square.volunteers(*(f"P{count}{number}" for number in range(count)))
        await square.calls(
            occurrences=[square.occurrence(f"01KC00000000000000000{count:03}{number:02}", 3) for number in range(count)]
        )
        asked = 0
        await asks(square, chief)
        times.append(asked)
    assert times[0] == times[1] <= 10


async def test_an_answer_before_the_question_took_no_time(square: Square) -> None:
    await square.volunteers("Ilze")
    await square.calls()
    [row] = await square.asked()
    await call_rows.note_answer(row, "yes", row.at - timedelta(seconds=5))
    [call] = (await shown(square))["occurrences"]
    assert call["waves"][0]["asked"][0]["afterSeconds"] == 0
