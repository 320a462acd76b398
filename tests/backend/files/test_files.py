"""Files over HTTP: sent, resumed, fetched, and missing for who may not read their partition."""

import hashlib
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from backend.files import actions
from tests.backend.visits import Visits, visits
from tests.backend.world import a_process

PHOTO = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40
PAGE = b"<script>alert(document.cookie)</script>"


@dataclass
class Neighbours:
    """Jānis administers, Ilze contributes everywhere, Līga in one task only, Edgars is no member."""

    visits: Visits
    janis: httpx.AsyncClient
    ilze: httpx.AsyncClient
    liga: httpx.AsyncClient
    edgars: httpx.AsyncClient
    walk: str
    paint: str

    def address(self, item: str, content: bytes) -> str:
        return f"/api/v1/files/{self.visits.world.space}/{item}/{hashlib.sha256(content).hexdigest()}"


@pytest.fixture
async def neighbours(tmp_path: Path) -> AsyncIterator[Neighbours]:
    async with visits(tmp_path) as house:
        world = house.world
        people = {name: await world.person(name) for name in ("janis", "ilze", "liga", "edgars")}
        await a_process(world, people["janis"])
        await world.joins(people["ilze"])
        await world.joins(people["liga"], target=world.items["walk"])
        browsers = {name: await house.of(f"{name}@example.org") for name in people}
        yield Neighbours(house, **browsers, walk=world.items["walk"], paint=world.items["paint"])


async def test_a_photo_is_sent_and_fetched(neighbours: Neighbours) -> None:
    where = neighbours.address(neighbours.walk, PHOTO)
    sent = await neighbours.ilze.put(where, content=PHOTO, headers={"content-type": "image/jpeg"})
    assert (sent.status_code, sent.headers["upload-offset"]) == (201, str(len(PHOTO)))
    fetched = await neighbours.liga.get(where)
    assert (fetched.status_code, fetched.content, fetched.headers["content-type"]) == (200, PHOTO, "image/jpeg")
    assert fetched.headers["content-disposition"].startswith("inline")


async def test_a_photo_sent_twice_is_there_once(neighbours: Neighbours) -> None:
    where = neighbours.address(neighbours.walk, PHOTO)
    for _ in range(2):
        assert (await neighbours.ilze.put(where, content=PHOTO)).status_code == 201
    files = [one for one in (neighbours.visits.world.data / "files").rglob("*") if one.is_file()]
    assert [one.name for one in files] == [hashlib.sha256(PHOTO).hexdigest()]


async def test_a_file_whose_bytes_were_lost_can_be_sent_again(neighbours: Neighbours) -> None:
    """Somebody put a backup of the rows back, and not of the files."""
    where = neighbours.address(neighbours.walk, PHOTO)
    await neighbours.ilze.put(where, content=PHOTO)
    shutil.rmtree(neighbours.visits.world.data / "files")
    assert (await neighbours.liga.get(where)).status_code == 404
    assert (await neighbours.ilze.head(where)).status_code == 404
    assert (await neighbours.ilze.put(where, content=PHOTO)).status_code == 201
    assert (await neighbours.liga.get(where)).content == PHOTO


async def test_an_upload_that_broke_off_goes_on_where_it_stopped(neighbours: Neighbours) -> None:
    where, total = neighbours.address(neighbours.walk, PHOTO), len(PHOTO)
    first = await neighbours.ilze.put(where, content=PHOTO[:4000], headers={"content-range": f"bytes 0-3999/{total}"})
    assert first.status_code == 202
    assert (await neighbours.ilze.get(where)).status_code == 404, "half a file is no file"
    asked = await neighbours.ilze.head(where)
    assert (asked.headers["upload-offset"], asked.headers["upload-length"]) == ("4000", str(total))
    assert (await neighbours.liga.head(where)).status_code == 404, "my pieces are mine"
    wrong = await neighbours.ilze.put(
        where, content=PHOTO[5000:], headers={"content-range": f"bytes 5000-{total - 1}/{total}"}
    )
    assert (wrong.status_code, wrong.headers["upload-offset"]) == (409, "4000")
    rest = await neighbours.ilze.put(
        where, content=PHOTO[4000:], headers={"content-range": f"bytes 4000-{total - 1}/{total}"}
    )
    assert rest.status_code == 201
    assert (await neighbours.liga.get(where)).content == PHOTO


async def test_content_that_is_not_what_its_name_says_is_refused_and_forgotten(neighbours: Neighbours) -> None:
    where = neighbours.address(neighbours.walk, PHOTO)
    damaged = await neighbours.ilze.put(where, content=PHOTO[:-1] + b"!")
    assert (damaged.status_code, damaged.json()["code"]) == (422, "digest_differs")
    assert (await neighbours.ilze.head(where)).status_code == 404
    assert (await neighbours.ilze.put(where, content=PHOTO)).status_code == 201


async def test_a_file_one_may_not_read_looks_exactly_like_one_that_is_not_there(neighbours: Neighbours) -> None:
    where, nowhere = neighbours.address(neighbours.paint, PHOTO), neighbours.address(neighbours.paint, PAGE)
    await neighbours.ilze.put(where, content=PHOTO)
    stranger = await neighbours.visits.stranger()
    for browser in (neighbours.liga, neighbours.edgars, stranger):
        there, missing = await browser.get(where), await browser.get(nowhere)
        assert there.status_code == missing.status_code == 404
        assert there.content == missing.content
        assert (await browser.head(where)).status_code == 404
    for browser in (neighbours.liga, neighbours.edgars):
        assert (await browser.put(where, content=PHOTO)).status_code == 404


async def test_the_same_photo_in_another_partition_is_another_file(neighbours: Neighbours) -> None:
    await neighbours.ilze.put(neighbours.address(neighbours.paint, PHOTO), content=PHOTO)
    mine = neighbours.address(neighbours.walk, PHOTO)
    assert (await neighbours.liga.head(mine)).status_code == 404
    assert (await neighbours.liga.put(mine, content=PHOTO)).status_code == 201


async def test_who_only_reads_adds_no_files(neighbours: Neighbours) -> None:
    world = neighbours.visits.world
    await world.joins(await world.person("Anna"), create=False)
    anna = await neighbours.visits.of("anna@example.org")
    where = neighbours.address(neighbours.walk, PHOTO)
    assert (await anna.put(where, content=PHOTO)).status_code == 403
    everybodys = f"/api/v1/files/commons/all/{hashlib.sha256(PHOTO).hexdigest()}"
    assert (await neighbours.janis.put(everybodys, content=PHOTO)).status_code == 403


async def test_a_page_with_a_script_is_only_ever_saved(neighbours: Neighbours) -> None:
    where = neighbours.address(neighbours.walk, PAGE)
    await neighbours.ilze.put(where, content=PAGE, headers={"content-type": "text/html"})
    fetched = await neighbours.ilze.get(where)
    assert fetched.headers["content-disposition"].startswith("attachment")
    assert fetched.headers["content-security-policy"].startswith("sandbox")
    assert fetched.headers["x-content-type-options"] == "nosniff"
    assert "no-store" in fetched.headers["cache-control"]


async def test_what_only_says_it_is_a_picture_is_not_shown(neighbours: Neighbours) -> None:
    drawing = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    where = neighbours.address(neighbours.walk, drawing)
    await neighbours.ilze.put(where, content=drawing, headers={"content-type": "image/svg+xml"})
    fetched = await neighbours.ilze.get(where)
    assert fetched.headers["content-type"] == "application/octet-stream"
    assert fetched.headers["content-disposition"].startswith("attachment")


async def test_pictures_of_the_catalogue_are_open_to_everybody(neighbours: Neighbours) -> None:
    digest = await neighbours.visits.world.spaces.put_file("commons", "all", PHOTO, "image/jpeg")
    fetched = await (await neighbours.visits.stranger()).get(f"/api/v1/files/commons/all/{digest}")
    assert fetched.content == PHOTO
    assert "immutable" in fetched.headers["cache-control"]


@pytest.mark.parametrize(
    "path", ["commons/all/abc", "commons/..%2f..%2frows.db/" + "a" * 64, "..%5c/all/" + "a" * 64, "x/all/" + "a" * 64]
)
async def test_names_that_are_no_names_lead_nowhere(neighbours: Neighbours, path: str) -> None:
    assert (await neighbours.ilze.get(f"/api/v1/files/{path}")).status_code == 404


@pytest.mark.parametrize("told", ["bytes 0-5/", "bytes 5-3/10", "bytes 0-3/99", "lines 0-9/10", "bytes 0-9/5"])
async def test_a_range_that_does_not_fit_its_body_is_refused(neighbours: Neighbours, told: str) -> None:
    where = neighbours.address(neighbours.walk, PHOTO)
    answer = await neighbours.ilze.put(where, content=PHOTO[:10], headers={"content-range": told})
    assert answer.status_code == 400


async def test_a_file_that_is_too_large_is_refused_before_it_is_taken(neighbours: Neighbours) -> None:
    told = {"content-range": "bytes 0-9/10000001"}
    answer = await neighbours.ilze.put(neighbours.address(neighbours.walk, PHOTO), content=PHOTO[:10], headers=told)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


async def test_uploads_that_never_end_count_too_until_they_are_forgotten(
    neighbours: Neighbours, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MAX_OF_A_PERSON", len(PHOTO))
    begun = {"content-range": f"bytes 0-3999/{len(PHOTO)}"}
    paint = neighbours.address(neighbours.paint, PHOTO)
    assert (await neighbours.ilze.put(paint, content=PHOTO[:4000], headers=begun)).status_code == 202
    walk = neighbours.address(neighbours.walk, PHOTO)
    assert (await neighbours.ilze.put(walk, content=PHOTO)).json()["code"] == "quota_reached"
    neighbours.visits.world.clock.pass_days(31)
    assert (await neighbours.ilze.put(walk, content=PHOTO)).status_code == 201
    assert (await neighbours.ilze.head(paint)).status_code == 404


async def test_one_person_cannot_fill_the_disk(neighbours: Neighbours, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MAX_OF_A_PERSON", len(PHOTO) + 1)
    assert (await neighbours.ilze.put(neighbours.address(neighbours.walk, PHOTO), content=PHOTO)).status_code == 201
    more = await neighbours.ilze.put(neighbours.address(neighbours.paint, PHOTO), content=PHOTO)
    assert (more.status_code, more.json()["code"]) == (507, "quota_reached")
    assert (await neighbours.liga.put(neighbours.address(neighbours.walk, PHOTO), content=PHOTO)).status_code == 201
