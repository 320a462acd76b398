"""The demo shows every state there is, and is planted once."""

import hashlib
from datetime import date, timedelta
from pathlib import Path

import pytest

from backend.accounts import queries as accounts
from backend.accounts.actions import create_account, who_has
from backend.catalogue.domain.importer.picture import look_at
from backend.demo.rows import PASSWORD, DemoError
from backend.demo.seed import seed
from backend.house import open_house
from backend.kit.clock import now
from backend.kit.settings import Settings
from backend.people import queries
from backend.people.queries.applications import applications_to
from backend.people.queries.authority import administers_organisation, administrators_of_team
from backend.people.queries.invitations import invitations_of_process
from backend.people.queries.organisations import organisations_for
from backend.people.queries.teams import teams_of_organisation
from backend.projections.everything import follower
from backend.replication.registry import TYPES
from sync.database import Database
from tests.backend.demo.conftest import Demo

NAMES = ("ilze", "janis", "anna", "marta", "edgars", "lucia")


async def test_six_people_can_sign_in(demo: Demo):
    for name in NAMES:
        assert await who_has(f"{name}@demo.example", PASSWORD) == await demo.person(name)


async def test_three_teams_of_three_kinds_work_together(demo: Demo):
    teams = {one["kind"]: len(one["members"]) for one in demo.documents("team")}
    assert teams == {"public_administration": 2, "citizen": 3, "forprofit_organization": 1}


async def test_only_janis_administers_the_process(demo: Demo):
    process = demo.space.removeprefix("process-")
    standings = {name: await queries.standing_of((await demo.person(name)).id, process) for name in NAMES}
    assert {name for name, standing in standings.items() if standing.administrator} == {"janis"}
    assert all(standing.member for standing in standings.values())


async def test_one_public_process_lives_in_four_languages(demo: Demo):
    (process,) = demo.documents("process")
    assert process["public"]
    assert process["name"]["en"] == "One counter for library and state services"
    assert set(process["name"]) == set(process["languages"]) == {"en", "it", "lv", "es"}


async def test_two_more_processes_live_beside_it_each_with_its_own_people(demo: Demo):
    assert len(demo.spaces) == 3
    for space, founder, language in zip(demo.spaces[1:], ("giulia", "carmen"), ("it", "es"), strict=True):
        (process,) = demo.documents("process", space)
        contributions = demo.documents("contribution", space)
        assert process["public"]
        assert process["lang"] == language
        assert len(contributions) == 20
        assert len({one["author"] for one in contributions}) == 6
        assert len(demo.documents("team", space)) == 3
        standing = await queries.standing_of((await demo.person(founder)).id, space.removeprefix("process-"))
        assert standing.administrator
        ilze = await queries.standing_of((await demo.person("ilze")).id, space.removeprefix("process-"))
        assert ilze.member is None


async def test_what_people_think_of_the_building_blocks_is_in_the_catalogue(demo: Demo):
    house = demo.house
    await follower(house.store, house.spaces, house.clock, TYPES).catch_up()
    told = {one["_id"].split("~")[1]: one for one in demo.documents("opinions", "commons")}
    blocks = {one["_id"].split(":")[2] for one in demo.documents("interlinker", "commons")}
    assert set(told) <= blocks
    assert (told["partnership-agreement"]["count"], told["partnership-agreement"]["mean"]) == (3, 4.67)
    assert [one["name"] for one in told["partnership-agreement"]["said"]] == ["SIA Balss", "Jānis no novada"]


async def test_in_each_process_something_was_made_from_building_blocks_and_the_catalogue_counts_where(demo: Demo):
    house = demo.house
    await follower(house.store, house.spaces, house.clock, TYPES).catch_up()
    used = {one["_id"].split(":")[2]: one["processes"] for one in demo.documents("uses", "commons")}
    assert used == {"partnership-agreement": 3, "plain-words": 3, "visit-with-five-questions": 2, "open-call": 1}
    blocks = {one["_id"].split(":")[2]: one for one in demo.documents("interlinker", "commons")}
    for space in demo.spaces:
        made = [*demo.documents("page", space), *demo.documents("checklist", space)]
        assert len(made) == 3
        for one in made:
            assert blocks[one["made_from"]]["template"]["kind"] == one["type"]


async def test_people_are_called_for_in_each_process_with_room_in_one_and_thanks_in_another(demo: Demo):
    house = demo.house
    await follower(house.store, house.spaces, house.clock, TYPES).catch_up()
    outcomes = [sorted(one["outcome"] for one in demo.documents("place", space)) for space in demo.spaces]
    assert outcomes == [["confirmed"] * 4 + ["waiting"], ["confirmed"] * 3, ["confirmed", "waiting"]]
    assert {one["lang"] for space in demo.spaces for one in demo.documents("need", space)} == {"en", "it", "lv", "es"}
    came = demo.documents("attendance")
    assert {one["minutes"] for one in came if one["thanks"] and one["came"]} == {120, 90}


async def test_the_tree_is_our_own_schema_with_tasks_in_every_status(demo: Demo):
    counts = [len(demo.documents(kind)) for kind in ("phase", "objective", "task")]
    assert counts == [4, 9, 21]
    assert {one["status"] for one in demo.documents("task")} == {"awaiting", "in_progress", "finished"}


async def test_the_first_phase_is_done_and_the_second_is_under_way(demo: Demo):
    objectives = {one["_id"].split(":")[2]: one["parent"] for one in demo.documents("objective")}
    phases = {one["_id"].split(":")[2]: one["key"] for one in demo.documents("phase")}
    states: dict[str, set[str]] = {}
    for task in demo.documents("task"):
        states.setdefault(phases[objectives[task["parent"]]], set()).add(task["status"])
    assert states["agree"] == {"finished"}
    assert states["design"] == {"finished", "in_progress", "awaiting"}
    assert states["deliver"] == states["learn"] == {"awaiting"}


async def test_what_is_under_way_is_due_soon_and_what_is_finished_was_due(demo: Demo):
    today = now().date()
    for task in demo.documents("task"):
        due = date.fromisoformat(task["due"]) if "due" in task else None
        if task["status"] == "in_progress":
            assert due
            assert today - timedelta(days=1) <= due <= today + timedelta(days=21)
        if task["status"] == "finished":
            assert due
            assert due < today


async def test_a_task_waits_for_the_question_that_is_still_open(demo: Demo):
    waits = demo.task("choose")["after"]
    assert demo.task("ask")["_id"].split(":")[2] in waits
    assert demo.task("ask")["name"]["en"] == "Which services do people ask for most?"


async def test_twenty_contributions_came_from_six_people_in_four_languages(demo: Demo):
    found = demo.documents("contribution")
    assert len(found) == 20
    assert len({one["author"] for one in found}) == 6
    assert {one["lang"] for one in found} == {"en", "it", "lv", "es"}


async def test_answers_answer_something_in_the_same_task(demo: Demo):
    found = {one["_id"] for one in demo.documents("contribution")}
    answers = [one for one in demo.documents("contribution") if one.get("reply_to")]
    assert len(answers) >= 3
    for one in answers:
        assert one["reply_to"] in found
        assert one["reply_to"].split(":")[0] == one["_id"].split(":")[0]


async def test_two_pictures_lie_where_their_contributions_say_and_tell_what_they_show(demo: Demo):
    found = [(one, file) for one in demo.documents("contribution") for file in one["files"]]
    assert len(found) == 2
    for one, file in found:
        path = demo.house.settings.data / "files" / demo.space / one["_id"].split(":")[0] / file["sha256"]
        content = path.read_bytes()
        assert hashlib.sha256(content).hexdigest() == file["sha256"]
        assert look_at(content) == (file["type"], file["width"], file["height"])
        assert len(content) == file["size"] < 20_000
        assert file["alt"]


async def test_work_of_ilze_was_refused_by_the_gate_and_is_kept_for_her_with_the_reason(demo: Demo):
    own = f"person-{(await demo.person('ilze')).id}"
    (rescued,) = demo.documents("rescued", own)
    assert rescued["reason"] == "create"
    assert rescued["sentence"]
    assert rescued["document"]["text"].startswith("List of names")
    assert rescued["document"]["_id"] not in {one["_id"] for one in demo.documents("contribution")}
    assert Database(demo.house.store, demo.space).held() == []


async def test_a_draft_of_ilze_waits_to_be_finished(demo: Demo):
    own = f"person-{(await demo.person('ilze')).id}"
    (draft,) = demo.documents("draft", own)
    assert draft["_id"] == f"all:draft:{demo.space}~{demo.task('ask')['_id'].split(':')[2]}"


async def test_one_task_is_there_in_two_versions(demo: Demo):
    with demo.house.store.read(demo.space) as tx:
        row = tx.row(demo.task("choose")["_id"])
    assert row
    assert row.leaves.count('"rev"') == 2
    assert demo.task("choose")["name"]["en"] == "Choose the first five services"
    forked = [name for name, leaves in demo.everything()[demo.space] if leaves.count('"rev"') > 1]
    assert forked == [demo.task("choose")["_id"]]


async def test_every_document_has_the_form_of_its_declaration(demo: Demo):
    for name in demo.house.store.names():
        for document in Database(demo.house.store, name).all(limit=10_000):
            declaration = TYPES.get(document.content["type"])
            assert declaration
            declaration.read(document.as_dict())


async def test_a_second_start_changes_nothing(demo: Demo):
    before = demo.everything()
    assert not await demo.seed()
    assert demo.everything() == before


async def test_what_people_did_to_the_demo_stays(demo: Demo):
    ilze = f"person-{(await demo.person('ilze')).id}"
    task = demo.task("ask") | {"status": "finished"}
    await demo.house.spaces.write(demo.space, [task])
    await demo.house.spaces.write(ilze, [{"_id": demo.documents("draft", ilze)[0]["_id"], "_deleted": True}])

    assert not await demo.seed()

    assert demo.task("ask")["status"] == "finished"
    assert demo.documents("draft", ilze) == []


async def test_a_seeding_that_broke_off_goes_on_where_it_stopped(demo: Demo):
    whole = demo.everything()[demo.space]
    (process,) = demo.documents("process")
    await demo.house.spaces.write(demo.space, [{"_id": process["_id"], "_deleted": True}])

    assert await demo.seed()

    again = demo.everything()[demo.space]
    assert [one for one, _ in again] == [one for one, _ in whole]
    assert [one for one in again if one not in whole] == [(process["_id"], demo.documents("process")[0]["_rev"])]


async def test_the_demo_is_never_planted_beside_the_accounts_of_real_people(tmp_path: Path):
    async with open_house(Settings(data=tmp_path / "data")) as house:
        await create_account(
            email="someone@town.example", name="Someone", password="a long password", language="en", now=now()
        )
        with pytest.raises(DemoError, match="needs its own"):
            await seed(house.doorkeeper, house.spaces, house.clock)
        assert not await accounts.has_demo_accounts()


async def test_an_organisation_an_open_invitation_and_an_application_are_there_to_play_with(demo: Demo):
    janis, marta, lucia = [await demo.person(name) for name in ("janis", "marta", "lucia")]
    [organisation] = await organisations_for(lucia.id, "madona", "", 10)
    assert organisation.public
    assert await administers_organisation(janis.id, organisation.id)
    office, friends = await teams_of_organisation(organisation.id, "", 10)
    assert {office.names["lv"], friends.names["lv"]} == {"Madonas novads un bibliotēka", "Bibliotēkas draugi"}
    waiting = [
        (one.account, one.state)
        for team in (office, friends)
        for one in await applications_to(10, team=team.id)
        if marta.id in await administrators_of_team(team.id, team.organisation, None)
    ]
    assert waiting == [(lucia.id, "waiting")]
    [invitation] = await invitations_of_process(demo.space.removeprefix("process-"), "", 10)
    assert (invitation.uses, invitation.used, invitation.revoked) == (25, 0, False)
