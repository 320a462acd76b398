"""Search finds what one may read, in four languages, and tells nothing of the rest: no hit, no count, no words."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.kit.envelope import written_by_server
from backend.processes.documents import PUBLISHED_PROCESS
from backend.search.actions import Search
from backend.search.domain import MAX_WORDS, question, words
from backend.search.queries import Index
from tests.backend.visits import Visits, visits
from tests.backend.world import World, a_process, contribution, deleted, revised, written

SECRET = "The šķūnis behind the mill is being sold to Rossi."


@dataclass
class Town:
    """Jānis administers a garden; Ilze is in all of it, Līga in one task, Marta in none of it."""

    visits: Visits
    people: dict[str, Any]
    members: dict[str, str]
    said: dict[str, Any]

    @property
    def world(self) -> World:
        return self.visits.world

    async def of(self, name: str) -> httpx.AsyncClient:
        return await self.visits.of(f"{name}@example.org") if name else await self.visits.stranger()

    async def asks(self, name: str, q: str, **more: str) -> Any:
        answer = await (await self.of(name)).get("/api/v1/search", params={"q": q, **more})
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def finds(self, name: str, q: str) -> list[str]:
        await self.visits.house.search.catch_up()
        return [hit["id"] for hit in (await self.asks(name, q))["hits"]]


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with visits(tmp_path) as house:
        world = house.world
        people = {name: await world.person(name) for name in ("janis", "ilze", "liga", "marta")}
        await a_process(world, people["janis"])
        members = {
            "janis": await world.member(people["janis"]),
            "ilze": await world.joins(people["ilze"]),
            "liga": await world.joins(people["liga"], target=world.items["walk"]),
        }
        said = contribution(members["ilze"], world.items["paint"], SECRET)
        assert await world.sends(people["ilze"], said) == []
        yield Town(house, people, members, said)


@pytest.mark.parametrize("asked", ["šķūnis", "skunis", "SKUN", "rossi mill", "mill ros", "  mill,  (sold) "])
async def test_words_are_found_without_their_accents_by_their_beginning_and_in_any_order(
    town: Town, asked: str
) -> None:
    assert await town.finds("ilze", asked) == [town.said["_id"]]


async def test_who_may_not_read_it_is_told_nothing_of_it(town: Town) -> None:
    """Not the hit, not that there are any, not a word around it; neither others' members nor the public."""
    await town.visits.house.search.catch_up()
    nothing = {"hits": [], "after": None}
    for name in ("liga", "marta", ""):
        for asked in ("šķūnis", "rossi", "being sold"):
            assert await town.asks(name, asked) == nothing, name


async def test_words_of_other_places_stay_out_of_what_stands_around_a_hit(town: Town) -> None:
    mine = contribution(town.members["liga"], town.world.items["walk"], "The mill is loud.")
    assert await town.world.sends(town.people["liga"], mine) == []
    await town.visits.house.search.catch_up()
    answer = await town.asks("liga", "mill")
    assert [hit["id"] for hit in answer["hits"]] == [mine["_id"]]
    assert "Rossi" not in json.dumps(answer)
    assert [piece["text"] for piece in answer["hits"][0]["snippet"] if piece["found"]] == ["mill"]


async def test_a_right_that_went_takes_its_hits_along_at_once(town: Town) -> None:
    assert await town.finds("ilze", "rossi")
    janis = await town.of("janis")
    left = await janis.delete(f"/api/v1/processes/{town.world.process}/members/{town.members['ilze']}")
    assert left.status_code == 204
    assert await town.finds("ilze", "rossi") == []


async def test_what_is_changed_or_deleted_is_found_as_it_is_now(town: Town) -> None:
    assert await town.finds("ilze", "rossi")
    assert await town.world.sends(town.people["ilze"], changed := revised(town.said, text="To Bianchi.")) == []
    assert await town.finds("ilze", "rossi") == []
    assert await town.finds("ilze", "bianchi") == [town.said["_id"]]
    assert await town.world.sends(town.people["ilze"], deleted(changed)) == []
    assert await town.finds("ilze", "bianchi") == []


async def test_everybody_finds_what_is_public_and_no_longer_what_was_taken_back(town: Town) -> None:
    members = {
        "name": {"en": "Shared garden", "lv": "Kopīgs dārzs"},
        "aim": None,
        "place": "Madona",
        "languages": ["en"],
        "people": {},
        "progress": 0.5,
        "phases": [],
        "updated": "2026-11-21T12:00:00Z",
    }
    published = written_by_server(PUBLISHED_PROCESS, "garden", members, lang="en", at=town.world.clock())
    await town.world.spaces.write("commons", [published])
    for asked in ("darzs kop", "madona", "garden"):
        assert published["_id"] in await town.finds("", asked)
    await town.world.spaces.write("commons", [{"_id": published["_id"], "_deleted": True}])
    assert published["_id"] not in await town.finds("", "madona")


async def test_drafts_and_refused_work_of_a_person_are_found_by_nobody_here(town: Town) -> None:
    ilze = town.people["ilze"]
    draft = written(ilze.id, "draft", f"{town.world.space}~x", text="Kartupeļi")
    await town.world.sends(ilze, draft, space=f"person-{ilze.id}")
    for name in ("ilze", "janis", ""):
        assert await town.finds(name, "kartupeli") == []


async def test_a_long_list_comes_in_pages_names_first_then_the_newest(town: Town) -> None:
    ilze, item = town.people["ilze"], town.world.items["paint"]
    many = [contribution(town.members["ilze"], item, f"Pumpkin {n}") for n in range(45)]
    assert await town.world.sends(ilze, *many) == []
    task = town.world.stored(f"all:task:{item}")
    assert task
    assert (
        await town.world.sends(
            town.people["janis"], {**revised(task, name={"en": "Pumpkin day"}), "by": town.members["janis"]}
        )
        == []
    )
    await town.visits.house.search.catch_up()
    found, after, pages = [], "", 0
    while pages == 0 or after:
        answer = await town.asks("ilze", "pumpkin", after=after)
        found += [hit["id"] for hit in answer["hits"]]
        after, pages = answer["after"], pages + 1
        assert pages <= 4
    assert found == [task["_id"], *(one["_id"] for one in reversed(many))]


@pytest.mark.parametrize(
    "asked", ["", " ", "a", '"', "*", "AND", "NEAR(a b)", "title:x", "'; DROP TABLE told", "\0", "🙂", "x" * 200]
)
async def test_nothing_that_is_asked_breaks_anything(town: Town, asked: str) -> None:
    await town.visits.house.search.catch_up()
    assert await town.asks("ilze", asked) == {"hits": [], "after": None}


@pytest.mark.parametrize("query", [{"q": "x" * 201}, {"q": "mill", "after": "z"}, {"q": "mill", "after": "n1; x"}])
async def test_a_question_in_the_wrong_form_is_told_so(town: Town, query: dict[str, str]) -> None:
    answer = await (await town.of("ilze")).get("/api/v1/search", params=query)
    assert answer.status_code == 400


async def test_who_asks_without_end_is_asked_to_wait(town: Town) -> None:
    browser = await town.of("marta")
    answered = 0
    while (answer := await browser.get("/api/v1/search", params={"q": "x"})).status_code == 200:
        answered += 1
        assert answered < 300
    assert answer.status_code == 429
    assert answered >= 60, "and one more for each second that passes meanwhile"
    assert int(answer.headers["retry-after"]) >= 1


async def test_an_index_made_again_from_zero_answers_the_same(town: Town) -> None:
    search = town.visits.house.search
    before = [await town.finds("ilze", asked) for asked in ("rossi", "paint", "garden")]
    assert all(before[:2])
    await search.rebuild()
    assert [await town.finds("ilze", asked) for asked in ("rossi", "paint", "garden")] == before


async def test_an_index_of_another_life_of_the_store_or_a_broken_one_begins_anew(tmp_path: Path, town: Town) -> None:
    for file in (tmp_path / "one.db", tmp_path / "two.db"):
        Index(file, "life 1").put([], 77)
    (tmp_path / "two.db").write_bytes(b"not a database" * 1000)
    for file in (tmp_path / "one.db", tmp_path / "two.db"):
        index = Index(file, "life 2")
        assert index.followed == 0
        index.close()
    again = Search(town.world.store, tmp_path)
    assert again.index.followed in (0, town.world.store.number)
    again.close()


async def test_what_belonged_to_a_removed_space_leaves_the_file(town: Town, tmp_path: Path) -> None:
    await town.visits.house.search.catch_up()
    search = town.visits.house.search
    search.index.keep_only(["commons"])
    assert (
        search.index.find('"rossi"*', {f"{town.world.space}/{town.world.items['paint']}"}, before=None, limit=5) == []
    )


@given(st.text(max_size=300))
def test_whatever_is_asked_the_question_holds_words_and_nothing_else(asked: str) -> None:
    made = question(asked)
    assert made is None or all(one.startswith('"') and one.endswith('"*') for one in made.split(" AND "))
    assert made is None or made.count('"') <= 2 * MAX_WORDS


@given(st.dictionaries(st.text(max_size=10), st.recursive(st.none() | st.text() | st.integers(), st.lists)))
def test_whatever_a_document_holds_its_words_can_be_read(content: dict[str, Any]) -> None:
    found = words(content)
    assert found is None or isinstance(found.body, str)


def test_ids_digests_and_words_of_vocabularies_are_no_words() -> None:
    document = written("01ARZ3NDEKTSV4RRFFQ69G5FAE", "task", "K", name={"en": "Paint"}, status="finished", parent="P")
    found = words({name: one for name, one in document.items() if not name.startswith("_")})
    assert found
    assert (found.title, found.body.strip(), found.name) == ("Paint", "", {"en": "Paint"})
