"""A place that is handed on: whom somebody names hears of it, and who named them hears what became of it."""

from typing import Any

import pytest

from tests.backend.codelivery.calling import Square
from tests.backend.codelivery.helpers import TUESDAY


class Two:
    """Ilze, who has a place, and Marta, who may take it."""

    def __init__(self, square: Square, ilze: str, marta: str) -> None:
        self.square, self.ilze, self.marta = square, ilze, marta

    async def says(self, member: str, state: str = "asked", **members: Any) -> None:
        await self.square.garden.asks(self.square.people[member], TUESDAY, state=state, **members)
        await self.square.goes_on()
        await self.square.goes_on()  # an answer is a document, which is followed in its turn

    async def offers(self, to: str | None = "") -> None:
        await self.says(self.ilze, hand_to=self.marta if to == "" else to)

    async def words(self, member: str) -> list[str]:
        return await self.square.words(member)


@pytest.fixture
async def two(square: Square) -> Two:
    ilze, marta = await square.volunteers("Ilze", "Marta", quiet=None, cap=20)
    await square.calls(days=5)
    found = Two(square, ilze, marta)
    await found.says(ilze)
    assert await found.words(marta) == [], "the place is taken"
    return found


async def test_whom_somebody_names_is_told_and_nobody_else(two: Two) -> None:
    [zane] = await two.square.volunteers("Zane", quiet=None)
    await two.offers()
    assert await two.words(two.marta) == ["offered"]
    assert await two.words(zane) == []
    [notice] = [one for one in await two.square.inbox(two.square.people[two.marta]) if one["word"] == "offered"]
    assert notice["facts"]["name"] == {"en": "Walk with us"}
    assert notice["path"].endswith(f"?at={TUESDAY}")
    assert two.ilze not in str(notice), "who offers it is seen where it is asked, by who may open that"


async def test_when_it_is_taken_both_are_told_and_nothing_is_asked_any_more(two: Two) -> None:
    await two.offers()
    await two.says(two.marta, takes_from=two.ilze)
    assert await two.words(two.marta) == ["confirmed"]
    assert await two.words(two.ilze) == ["handed_on"]


async def test_when_they_say_no_the_giver_hears_that_the_place_is_still_theirs(two: Two) -> None:
    await two.offers()
    await two.says(two.marta, "withdrawn")
    assert await two.words(two.marta) == []
    assert (await two.words(two.ilze))[-1] == "not_taken"


@pytest.mark.parametrize("how", ["taken back", "given up", "cancelled"])
async def test_an_offer_that_is_no_more_asks_nobody(two: Two, how: str) -> None:
    await two.offers()
    if how == "taken back":
        await two.offers(None)
    elif how == "given up":
        await two.says(two.ilze, "withdrawn")
    else:
        await two.square.garden.changes(cancelled=True)
        await two.square.goes_on()
        await two.square.goes_on()
    assert "offered" not in await two.words(two.marta)


async def test_the_same_word_again_tells_nobody_anything(two: Two) -> None:
    await two.offers()
    await two.says(two.ilze, hand_to=two.marta, note="Please!")
    told = [one["word"] for one in await two.square.inbox(two.square.people[two.marta])]
    assert told.count("offered") == 1


async def test_who_has_no_place_offers_nobody_one(two: Two) -> None:
    [zane] = await two.square.volunteers("Zane", quiet=None)
    await two.says(zane, hand_to=two.marta)
    assert await two.words(two.marta) == []


async def test_whom_somebody_named_before_they_had_the_place_hears_of_it_when_they_have_it(two: Two) -> None:
    [zane] = await two.square.volunteers("Zane", quiet=None, cap=20)
    await two.square.garden.changes(waiting=1)
    await two.says(zane, hand_to=two.marta)
    assert await two.words(zane) == ["waiting"]
    assert await two.words(two.marta) == [], "nobody can give what they do not have"
    await two.says(two.ilze, "withdrawn")
    assert (await two.words(zane))[-1] == "moved_up"
    assert await two.words(two.marta) == ["offered"]


async def test_whom_somebody_named_with_their_first_word_hears_of_it_once(two: Two) -> None:
    [zane] = await two.square.volunteers("Zane", quiet=None, cap=20)
    await two.square.garden.changes(places=2)
    await two.says(zane, hand_to=two.marta)
    told = [one["word"] for one in await two.square.inbox(two.square.people[two.marta])]
    assert told.count("offered") == 1
