"""Whoever helped can have a paper that says so: their own hours, as the administrators wrote them down."""

import re
import zlib
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from backend.accounts.domain import Person
from backend.codelivery.certificate import Certificate, Hours, certificate_pdf
from backend.codelivery.verified import verified_hours
from backend.kit.languages import LANGUAGES
from tests.backend.codelivery.helpers import TUESDAY, Garden
from tests.backend.visits import visits
from tests.backend.world import a_process, revised, written


class Hall(Garden):
    """The garden with its application in front; Ilze comes to help."""

    ilze: Person
    browser: httpx.AsyncClient

    async def attends(self, person: Person, occurrence: str = TUESDAY, **members: Any) -> dict[str, Any]:
        """Jānis writes down that somebody came."""
        member = await self.world.member(person)
        need = self.need["_id"].split(":")[2]
        said = {"need": need, "member": member, "came": True, **members}
        author = await self.world.member(self.janis)
        document = written(author, "attendance", f"{occurrence}-{member}", partition=self.task, **said)
        await self.send(self.janis, document)
        await self.answered()
        return document

    async def certificate(self, query: str = "", browser: httpx.AsyncClient | None = None) -> httpx.Response:
        return await (browser or self.browser).get(f"/api/v1/spaces/{self.world.space}/certificate{query}")

    async def hours(self, person: Person) -> list[Hours]:
        member = await self.world.member(person)
        return await verified_hours(self.world.spaces, self.world.process, member, date(2026, 1, 1), date(2027, 1, 1))


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[Hall]:
    async with visits(tmp_path) as house:
        janis = await house.world.person("Janis")
        await a_process(house.world, janis)
        hall = Hall(house.world, janis)
        hall.ilze = await hall.volunteer("Ilze")
        hall.browser = await house.of("ilze@example.org")
        hall.other = await house.of("janis@example.org")  # type: ignore[attr-defined]
        await hall.calls(places=5)
        yield hall


async def test_hours_are_those_that_were_written_down_and_nobody_elses(hall: Hall) -> None:
    marta = await hall.volunteer("Marta")
    await hall.asks(hall.ilze, state="done", minutes=600)
    assert await hall.hours(hall.ilze) == [], "what somebody says of themselves is not certified"
    document = await hall.attends(hall.ilze, minutes=95)
    await hall.attends(marta, minutes=30)
    assert await hall.hours(hall.ilze) == [Hours(date(2026, 11, 24), "Walk with us", 95)]
    await hall.send(hall.janis, revised(document, minutes=None))
    assert [one.minutes for one in await hall.hours(hall.ilze)] == [120], "as long as it was meant to take"
    await hall.attends(marta, occurrence=TUESDAY[:-1] + "7", came=False, minutes=30)
    assert [one.minutes for one in await hall.hours(marta)] == [30]


async def test_who_came_without_asking_has_hours_too_also_after_the_call_is_gone(hall: Hall) -> None:
    await hall.attends(hall.ilze, minutes=45)
    await hall.send(hall.janis, {"_id": hall.need["_id"], "_deleted": True, **_after(hall.need)})
    await hall.answered()
    assert [(one.what, one.minutes) for one in await hall.hours(hall.ilze)] == [("", 45)]


def _after(document: dict[str, Any]) -> dict[str, Any]:
    kept = revised({name: document[name] for name in ("_id", "_rev", "_revisions")}, _deleted=True)
    return {name: kept[name] for name in ("_rev", "_revisions")}


async def test_a_certificate_comes_as_pdf_in_the_language_asked_for(hall: Hall) -> None:
    await hall.attends(hall.ilze, minutes=95)
    answer = await hall.certificate("?first=2026-11-01&last=2026-11-30&lang=lv")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-")
    assert b"/Lang (lv)" in answer.content
    other: httpx.AsyncClient = hall.other  # type: ignore[attr-defined]
    refused = await hall.certificate("?first=2026-11-01&last=2026-11-30", other)
    assert (refused.status_code, refused.json()["code"]) == (404, "no_hours")


async def test_a_request_that_makes_no_sense_is_answered_with_a_sentence(hall: Hall) -> None:
    await hall.attends(hall.ilze, minutes=95)
    for query, status in (
        ("", 404),  # the last year, and the walk is next week
        ("?first=2026-12-01&last=2026-11-01", 400),
        ("?first=0001-01-01&last=9999-12-31", 400),
        ("?last=0001-01-01", 404),
        ("?first=soon", 400),
        ("?first=2026-11-01&last=2026-11-30&lang=xx", 400),
        ("?first=2026-11-30&last=2026-12-30", 404),
    ):
        answer = await hall.certificate(query)
        assert answer.status_code == status, (query, answer.text[:100])
        assert answer.json()["detail"], query


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paper_names_its_title_and_language_and_holds_every_letter(language: str) -> None:
    hours = [Hours(date(2026, 11, 1 + day % 28), f"Pastaiga «{day}» ar ģitāru un ķiršiem", 90) for day in range(120)]
    told = Certificate(
        name="Ilze Bērziņa Žīgure",
        process="Mūsu dārzs 🌳 Сад",
        organisation="Madonas novada pašvaldība",
        first=date(2026, 11, 1),
        last=date(2026, 11, 30),
        hours=hours,
        made=datetime(2026, 12, 1, tzinfo=UTC),
        server="https://example.org",
    )
    paper = certificate_pdf(told, language)
    assert f"/Lang ({language})".encode() in paper
    assert b"/DisplayDocTitle true" in paper
    assert len(re.findall(rb"/Type /Page\b", paper)) > 2, "a long list goes on on the next page"
    assert len(paper) < 100_000
    assert certificate_pdf(told, language) == paper
    letters = b"".join(_unpacked(paper))
    for letter in "ģķšņ":
        assert f"<{ord(letter):04X}>".encode() in letters, f"{letter} can be copied and read aloud"


def _unpacked(paper: bytes) -> list[bytes]:
    """The streams of a PDF; the maps from glyphs to letters are among them."""
    found = []
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", paper, re.DOTALL):
        try:
            found.append(zlib.decompress(stream))
        except zlib.error:
            found.append(stream)
    return found
