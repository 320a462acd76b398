"""What happens in a process is told to those whom it concerns: once, in their language, and without a name."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from backend.kit.ids import new_ulid
from backend.projections.everything import follower
from backend.replication.registry import TYPES
from tests.backend.notices.village import Village, Villager
from tests.backend.world import contribution, deleted, revised, written

SATURDAY = datetime(2026, 11, 28, 8, 0, tzinfo=UTC)


@pytest.fixture
async def ilze(village: Village) -> Villager:
    return await village.villager("Ilze")


@pytest.fixture
async def marta(village: Village) -> Villager:
    return await village.villager("Marta")


async def sends(village: Village, who: Villager, document: dict[str, Any]) -> dict[str, Any]:
    """Write as somebody's device does, and let the server follow."""
    assert await village.world.sends(who.person, document) == []
    await village.follows()
    return document


async def asks(village: Village, *people: Villager, **members: Any) -> dict[str, Any]:
    """Jānis asks people to do something."""
    walk = village.world.items["walk"]
    known = {"about": walk, "people": [one.member for one in people], "text": "Lūdzu, Ilze!"}
    return await sends(
        village,
        village.janis,
        written(village.janis.member, "assignment", partition=walk, **(known | members)),
    )


async def calls(village: Village, **members: Any) -> dict[str, Any]:
    """Jānis calls for one person on Saturday."""
    return await sends(village, village.janis, village.a_need(new_ulid(), SATURDAY, **members))


async def claims(village: Village, who: Villager, need: dict[str, Any], state: str = "asked") -> dict[str, Any]:
    occurrence, walk = need["occurrences"][0]["id"], village.world.items["walk"]
    key = f"{occurrence}-{who.member}"
    claim = written(who.member, "claim", key, partition=walk, need=need["_id"].split(":")[2], state=state)
    return await sends(village, who, claim)


async def again(village: Village, who: Villager, before: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return await sends(village, who, revised(before, **changes))


async def test_who_is_asked_to_do_something_is_told_and_nobody_else(
    village: Village, ilze: Villager, marta: Villager
) -> None:
    assignment = await asks(village, ilze)
    assert ilze.titles() == ["Jums lūdz par kaut ko parūpēties"]
    assert marta.shown() == village.janis.shown() == []
    [notice] = await village.inbox(ilze)
    assert notice["about"]["assignment"] == assignment["_id"].split(":")[2]
    assert notice["facts"] == {
        "name": {"en": "Walk", "lv": "Walk (lv)"},
        "process": {"lv": "Mūsu dārzs"},
    }
    assert notice["path"] == f"/processes/{village.world.process}/tasks/{village.world.items['walk']}"


async def test_no_words_and_no_name_of_anybody_are_on_a_lock_screen(village: Village, ilze: Villager) -> None:
    await asks(village, ilze)
    assert "Ilze" not in str(ilze.shown())
    assert "Lūdzu" not in str(ilze.shown()) + str(await village.inbox(ilze))


async def test_who_asks_themselves_is_not_told(village: Village) -> None:
    await asks(village, village.janis)
    assert await village.inbox(village.janis) == []


async def test_a_team_is_asked_person_by_person(village: Village, ilze: Villager, marta: Villager) -> None:
    [team] = [
        one for one in await village.world.spaces.list(village.space, "all", "team") if ilze.member in one["members"]
    ]
    await asks(village, teams=[team["_id"].split(":")[2]])
    assert (await village.words(ilze), await village.words(marta)) == (["assigned"], [])


async def test_who_is_asked_later_is_told_then_and_the_others_not_again(
    village: Village, ilze: Villager, marta: Villager
) -> None:
    first = await asks(village, ilze)
    await again(village, village.janis, first, people=[ilze.member, marta.member])
    assert (len(ilze.shown()), len(marta.shown())) == (1, 1)


async def test_an_assignment_that_is_withdrawn_is_taken_back(village: Village, ilze: Villager) -> None:
    first = await asks(village, ilze)
    await again(village, village.janis, first, state="withdrawn")
    assert await village.words(ilze) == []
    assert (await village.inbox(ilze))[0]["withdrawn"] is True


async def test_who_is_spoken_to_in_a_comment_is_told(village: Village, ilze: Villager, marta: Villager) -> None:
    walk = village.world.items["walk"]
    text = f"@{ilze.member} Vai vari?"
    comment = written(marta.member, "comment", partition=walk, about=walk, text=text, mentions=[ilze.member])
    await sends(village, marta, comment)
    assert ilze.titles() == ["Komentārā vēršas pie jums"]
    assert "Vai vari" not in str(ilze.shown())
    await again(village, marta, comment, text="Vai vari palīdzēt?")
    assert len(await village.inbox(ilze)) == 1


async def test_who_began_a_thread_is_told_of_answers_but_not_of_their_own(
    village: Village, ilze: Villager, marta: Villager
) -> None:
    walk = village.world.items["walk"]
    first = await sends(village, ilze, written(ilze.member, "comment", partition=walk, about=walk, text="Kad?"))
    for who in (marta, ilze):
        answer = written(who.member, "comment", partition=walk, about=walk, text="Rīt.", reply_to=first["_id"])
        await sends(village, who, answer)
    assert await village.words(ilze) == ["replied"]
    assert await village.words(marta) == []


async def test_who_is_spoken_to_in_an_answer_is_told_once(village: Village, ilze: Villager, marta: Villager) -> None:
    walk = village.world.items["walk"]
    first = await sends(village, ilze, written(ilze.member, "comment", partition=walk, about=walk, text="Kad?"))
    members = {"about": walk, "text": "Rīt.", "reply_to": first["_id"], "mentions": [ilze.member]}
    await sends(village, marta, written(marta.member, "comment", partition=walk, **members))
    assert await village.words(ilze) == ["mentioned"]


async def test_a_comment_that_is_deleted_is_taken_back(village: Village, ilze: Villager, marta: Villager) -> None:
    walk = village.world.items["walk"]
    members = {"about": walk, "text": "Kad?", "mentions": [ilze.member]}
    comment = await sends(village, marta, written(marta.member, "comment", partition=walk, **members))
    await sends(village, marta, deleted(comment))
    assert await village.words(ilze) == []


async def test_every_claimant_is_told_the_answer(village: Village, ilze: Villager, marta: Villager) -> None:
    need = await calls(village)
    last = await village.villager("Pēteris")
    for who in (marta, ilze, last):
        await claims(village, who, need)
    answers = [await village.words(who) for who in (marta, ilze, last)]
    assert answers == [["confirmed"], ["waiting"], ["late"]]
    assert marta.shown()[-1]["body"] == "Palīgi tirgū · Mūsu dārzs\nsestd., 28. nov., 10:00–12:00\nTirgus laukums"


async def test_who_moves_up_is_told_although_the_cap_is_reached(
    village: Village, ilze: Villager, marta: Villager
) -> None:
    await village.wishes(ilze, cap=0)
    need = await calls(village)
    claim = await claims(village, marta, need)
    await claims(village, ilze, need)
    await again(village, marta, claim, state="withdrawn")
    assert ilze.titles()[-1] == "Tagad jums ir vieta"
    assert await village.words(marta) == [], "what they gave up is no longer so"


async def test_a_cancelled_need_is_told_to_who_promised_in_the_place_of_what_was_shown(
    village: Village, ilze: Villager
) -> None:
    need = await calls(village)
    await claims(village, ilze, need)
    await again(village, village.janis, need, cancelled=True, reason="Jānis ir slims.")
    assert ilze.titles() == ["Jums ir vieta", "Tas ir atcelts"]
    first, second = ilze.shown()
    assert first["tag"] == second["tag"]
    assert "slims" not in str(ilze.shown())
    assert await village.words(ilze) == ["cancelled"]


async def test_a_need_that_is_deleted_can_still_be_named(village: Village, ilze: Villager) -> None:
    need = await calls(village)
    await claims(village, ilze, need)
    await sends(village, village.janis, deleted(need))
    assert ilze.titles()[-1] == "Tas ir atcelts"
    assert ilze.shown()[-1]["body"].startswith("Palīgi tirgū")


async def test_one_time_that_is_left_out_is_told_with_its_time(village: Village, ilze: Villager) -> None:
    need = await calls(village)
    await claims(village, ilze, need)
    later = {"id": new_ulid(), "start": "2026-12-05T08:00:00Z", "end": "2026-12-05T10:00:00Z"}
    await again(village, village.janis, need, occurrences=[later])
    assert ilze.titles()[-1] == "Tas ir atcelts"
    assert "28. nov., 10:00–12:00" in ilze.shown()[-1]["body"]


async def test_a_moved_need_tells_who_promised_each_time_it_moves(village: Village, ilze: Villager) -> None:
    need = await calls(village)
    await claims(village, ilze, need)
    for place in ("Bibliotēka", "Tirgus laukums", "Bibliotēka"):
        need = await again(village, village.janis, need, place={"name": place})
        assert ilze.titles()[-1] == "Mainījies laiks vai vieta"
        assert ilze.shown()[-1]["body"].endswith(place)
    assert len(ilze.shown()) == 4


async def test_another_name_for_a_need_is_told_to_nobody(village: Village, ilze: Villager) -> None:
    need = await calls(village)
    await claims(village, ilze, need)
    await again(village, village.janis, need, text="Lūdzu, paņemiet cimdus.", places=2)
    assert ilze.titles() == ["Jums ir vieta"]


async def test_work_handed_to_the_administrators_and_their_answer_are_told(village: Village) -> None:
    liga = await village.villager("Līga", create=False)
    work = contribution(liga.member, village.world.items["walk"])
    [refused] = await village.world.sends(liga.person, work)
    assert refused.error == "forbidden"
    kept = {name: value for name, value in work.items() if name != "_revisions"}
    name = f"{village.space}~{work['_id']}~{work['_rev']}"
    members = {"space": village.space, "document": kept, "reason": "create", "sentence": "Nē."}
    handover = written(liga.person.id, "handover", name, **members)
    assert await village.world.sends(liga.person, handover, space=liga.own) == []
    await village.follows()
    await village.follows()
    assert await village.words(village.janis) == ["handed_over"]
    key = (await village.world.spaces.list(village.space, "admin", "quarantined"))[0]["_id"].split(":")[2]
    said = written(village.janis.member, "quarantine-decision", key, partition="admin", accept=True, answer="Paldies!")
    await sends(village, village.janis, said)
    await village.follows()
    assert await village.words(liga) == ["let_in"]
    assert "Paldies" not in str(liga.shown())
    assert await village.words(village.janis) == [], "nobody has to decide any more"


async def test_nobody_is_told_of_what_stood_before(village: Village, ilze: Villager) -> None:
    walk, before = village.world.items["walk"], village.world.store.number
    house = village.post.town.house
    old = written(village.janis.member, "assignment", partition=walk, about=walk, people=[ilze.member])
    assert await village.world.sends(village.janis.person, old) == []
    await follower(house.store, house.spaces, village.clock, TYPES).catch_up()  # the program that knew no notices
    assert village.world.store.number > before

    def forgets(tx: Any) -> None:
        tx.index_delete("notices/silent-until")
        tx.index_put("projection/notices", b"0")

    await house.store.write("commons", forgets)
    await village.follows()
    assert await village.inbox(ilze) == []
    marta = await village.villager("Marta")
    await again(village, village.janis, old, people=[ilze.member, marta.member])
    assert (await village.words(ilze), await village.words(marta)) == ([], ["assigned"])


async def test_making_everything_again_tells_nobody_again(village: Village, ilze: Villager) -> None:
    need = await calls(village)
    await claims(village, ilze, need)
    await asks(village, ilze)
    before = await village.inbox(ilze)
    house = village.post.town.house
    village.clock.later(days=100)
    await village.teller.tidy()
    await follower(house.store, house.spaces, village.clock, TYPES, house.notices.teller).rebuild()
    assert len(before) == 2
    assert await village.inbox(ilze) == [], "not even what the inbox has forgotten"


async def test_a_notice_is_told_for_the_thing_whose_partition_opens_later(village: Village) -> None:
    """Who is asked before they may open the task is not told; that they may now is told by the task itself."""
    paula = await village.villager("Paula", target=village.world.items["paint"])
    await asks(village, paula)
    assert await village.inbox(paula) == []


async def test_what_is_put_off_by_its_reader_comes_again(village: Village, ilze: Villager) -> None:
    await asks(village, ilze)
    [notice] = await village.inbox(ilze)
    await village.reads(ilze, notice["_id"].split(":")[2], "later")
    await village.follows()
    village.clock.later(hours=3)
    await village.follows()
    assert len(ilze.shown()) == 2
    assert timedelta(0) < SATURDAY - village.clock()


async def test_that_somebody_waits_is_no_news_any_more_when_they_have_a_place(
    village: Village, ilze: Villager, marta: Villager
) -> None:
    need = await calls(village)
    claim = await claims(village, marta, need)
    await claims(village, ilze, need)
    assert await village.words(ilze) == ["waiting"]
    await again(village, marta, claim, state="withdrawn")
    assert await village.words(ilze) == ["moved_up"]
