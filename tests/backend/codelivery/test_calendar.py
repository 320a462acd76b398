"""What somebody promised, in the calendar program of their choice: theirs alone, up to date, and revocable."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from icalendar import Calendar

from backend.accounts.domain import Person
from backend.accounts.tables import Account
from backend.codelivery.tables import CalendarLink, Commitment
from backend.people.tables import Membership
from backend.projections.everything import follower
from backend.replication.registry import TYPES
from tests.backend.codelivery.helpers import TUESDAY, Garden, a_claim, a_need
from tests.backend.statements import statements
from tests.backend.visits import Visits, visits
from tests.backend.world import a_process, deleted

WALK = {"name": "Walk with us", "place": {"name": "Library", "address": "Skolas iela 12"}}


class Desk(Garden):
    """The garden with its application in front, and a calendar program that has no cookie."""

    house: Visits
    ilze: Person
    browser: httpx.AsyncClient
    program: httpx.AsyncClient

    async def link(self) -> str:
        answer = await self.browser.post("/api/v1/calendar")
        assert answer.status_code == 201, answer.text
        return answer.json()["path"]

    async def fetched(self, link: str) -> list[Any]:
        """The events that a program finds at a link, after the server has done what follows from writing."""
        await self.answered()
        answer = await self.program.get(link)
        assert answer.status_code == 200, answer.text
        return Calendar.from_ical(answer.text).walk("VEVENT")


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with visits(tmp_path) as house:
        janis = await house.world.person("Janis")
        await a_process(house.world, janis)
        desk = Desk(house.world, janis)
        desk.house = house
        desk.ilze = await desk.volunteer("Ilze")
        desk.browser, desk.program = await house.of("ilze@example.org"), await house.stranger()
        yield desk


async def test_a_yes_is_in_the_calendar_with_its_place_and_its_time_on_the_wall(desk: Desk) -> None:
    await desk.calls(**WALK)
    await desk.asks(desk.ilze)
    link = await desk.link()
    [event] = await desk.fetched(link)
    assert (event["SUMMARY"], event["LOCATION"]) == ("Walk with us", "Library, Skolas iela 12")
    assert event["STATUS"] == "CONFIRMED"
    assert event["DTSTART"].params["TZID"] == "Europe/Riga"
    assert event.start.astimezone(UTC) == datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert event.start.hour == 14, "what the clock in Rīga shows"
    assert event["UID"] == f"{TUESDAY}@interlink"
    assert event["URL"].endswith(f"?at={TUESDAY}")
    calendar = Calendar.from_ical((await desk.program.get(link)).text)
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Riga"]


async def test_who_waits_sees_that_it_is_the_waiting_list_and_who_moves_up_that_it_is_sure(desk: Desk) -> None:
    await desk.calls(**WALK)
    marta = await desk.volunteer("Marta")
    await desk.asks(marta)
    await desk.asks(desk.ilze)
    link = await desk.link()
    [waiting] = await desk.fetched(link)
    assert (waiting["STATUS"], waiting["SUMMARY"]) == ("TENTATIVE", "Waiting list: Walk with us")
    await desk.asks(marta, state="withdrawn")
    [sure] = await desk.fetched(link)
    assert (sure["STATUS"], sure["UID"]) == ("CONFIRMED", waiting["UID"])
    assert sure["SEQUENCE"] > waiting["SEQUENCE"]


async def test_a_moved_time_is_the_same_event_and_newer_and_a_cancelled_one_is_said_to_be(desk: Desk) -> None:
    await desk.calls(**WALK)
    await desk.asks(desk.ilze)
    link = await desk.link()
    [before] = await desk.fetched(link)
    moved = [{"id": TUESDAY, "start": "2026-11-25T12:00:00Z", "end": "2026-11-25T14:00:00Z"}]
    await desk.changes(occurrences=moved)
    [after] = await desk.fetched(link)
    assert after["UID"] == before["UID"]
    assert after.start.day == 25
    assert after["SEQUENCE"] > before["SEQUENCE"]
    await desk.changes(cancelled=True)
    [cancelled] = await desk.fetched(link)
    assert (cancelled["STATUS"], cancelled["SEQUENCE"] > after["SEQUENCE"]) == ("CANCELLED", True)


async def test_what_was_taken_back_is_cancelled_and_a_plain_no_never_appears(desk: Desk) -> None:
    await desk.calls(**WALK)
    await desk.asks(desk.ilze)
    link = await desk.link()
    assert len(await desk.fetched(link)) == 1
    await desk.asks(desk.ilze, state="withdrawn")
    [gone] = await desk.fetched(link)
    assert gone["STATUS"] == "CANCELLED"

    await desk.send(desk.janis, deleted(desk.need))
    desk.claims.clear()
    await desk.calls(occurrences=[{**desk.need["occurrences"][0], "id": TUESDAY[:-1] + "5"}])
    await desk.asks(desk.ilze, TUESDAY[:-1] + "5", state="withdrawn")
    assert await desk.fetched(link) == []


async def test_nobody_else_is_in_it(desk: Desk) -> None:
    await desk.calls(**WALK, places=3, contact=await desk.world.member(desk.janis), text="Ask Jānis, 29 123 456.")
    marta = await desk.volunteer("Marta")
    await desk.asks(marta)
    await desk.asks(desk.ilze, note="My knee hurts.")
    link = await desk.link()
    assert len(await desk.fetched(link)) == 1
    told = (await desk.program.get(link)).text
    for word in ("Marta", "Jānis", "Janis", "29 123", "knee", await desk.world.member(marta)):
        assert word not in told


async def test_an_unchanged_calendar_is_not_sent_again(desk: Desk) -> None:
    await desk.calls(**WALK)
    await desk.asks(desk.ilze)
    link = await desk.link()
    await desk.fetched(link)
    tag = (await desk.program.get(link)).headers["etag"]
    desk.world.clock.pass_days(1)
    same = await desk.program.get(link, headers={"if-none-match": f'"other", W/{tag}'})
    assert (same.status_code, same.content) == (304, b"")
    await desk.asks(desk.ilze, state="withdrawn")
    await desk.answered()
    assert (await desk.program.get(link, headers={"if-none-match": tag})).status_code == 200


async def test_the_link_is_shown_once_kept_as_a_digest_and_leads_nowhere_when_revoked(desk: Desk) -> None:
    assert (await desk.browser.get("/api/v1/calendar")).json() == {"made": None}
    first = await desk.link()
    assert (await desk.browser.get("/api/v1/calendar")).json()["made"]
    [row] = await CalendarLink.select()
    assert not any(first.split("/")[-1].removesuffix(".ics") in str(value) for value in row.values())
    second = await desk.link()
    assert [(await desk.program.get(one)).status_code for one in (first, second)] == [404, 200]
    assert (await desk.browser.delete("/api/v1/calendar")).status_code == 204
    assert (await desk.program.get(second)).status_code == 404


async def test_who_left_or_was_shut_out_has_nothing_in_it(desk: Desk) -> None:
    await desk.calls(**WALK)
    await desk.asks(desk.ilze)
    link = await desk.link()
    assert len(await desk.fetched(link)) == 1
    await Membership.update({Membership.left: desk.world.clock()}).where(Membership.account == desk.ilze.id)
    assert await desk.fetched(link) == []
    await Account.update({Account.disabled: True}).where(Account.id == desk.ilze.id)
    assert (await desk.program.get(link)).status_code == 404


async def test_any_other_address_leads_nowhere(desk: Desk) -> None:
    for file in ("x", "x.ics", ".ics", "a" * 5_000 + ".ics", "%00.ics", "%F0%9F%8C%B3.ics"):
        assert (await desk.program.get(f"/api/v1/calendar/{file}")).status_code == 404, file[:20]


async def test_a_zone_nobody_knows_is_told_in_world_time(desk: Desk) -> None:
    await desk.calls(name="A\nB\x07C", zone="Europe")
    await desk.asks(desk.ilze)
    [event] = await desk.fetched(await desk.link())
    assert event.start == datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert event["SUMMARY"] == "A B C"


async def test_whoever_fetches_all_the_time_is_asked_to_wait(desk: Desk) -> None:
    link = await desk.link()
    codes = [(await desk.program.get(link)).status_code for _ in range(62)]
    assert codes[:60] == [200] * 60
    assert codes[-1] == 429


async def test_a_rebuild_finds_the_same_commitments_again(desk: Desk) -> None:
    await desk.calls(**WALK)
    await desk.asks(desk.ilze)
    await desk.answered()
    before = await Commitment.select()
    await follower(desk.world.store, desk.world.spaces, desk.world.clock, TYPES).rebuild()
    assert len(before) == 1
    assert await Commitment.select() == before


async def test_it_asks_the_same_questions_however_many_processes_somebody_takes_part_in(desk: Desk) -> None:
    link = await desk.link()
    await desk.calls(**WALK)
    await desk.asks(desk.ilze)

    async def questions() -> int:
        await desk.answered()
        with statements() as sent:
            await desk.program.get(link)
        return len(sent)

    await questions()  # asks for rights too, which are remembered
    few = await questions()
    for number in range(12):
        await a_process(desk.world, desk.janis)
        member = await desk.world.joins(desk.ilze, create=False)
        if number % 4 == 0:
            need = a_need(await desk.world.member(desk.janis), desk.world.items["walk"])
            named = need["_id"].split(":")[2]
            claim = a_claim(member, desk.world.items["walk"], need=named, state="asked")
            await desk.send(desk.janis, need)
            await desk.send(desk.ilze, claim)
    await questions()
    assert 0 < await questions() == few
    assert len(await desk.fetched(link)) == 4
