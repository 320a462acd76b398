"""Teams and organisations over HTTP: who makes, sees, changes and leaves them."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from backend.people import queries
from tests.backend.people.quarter import Quarter, a_quarter, code_of
from tests.makers import a_photo

NOWHERE = "01ARZ3NDEKTSV4RRFFQ69G5FAV"


@pytest.fixture
async def quarter(tmp_path: Path) -> AsyncIterator[Quarter]:
    async with a_quarter(tmp_path) as one:
        yield one


async def an_organisation(quarter: Quarter, who: httpx.AsyncClient | None = None, **more: Any) -> str:
    wanted = {"name": {"lv": "Madonas novads", "en": "Madona municipality"}} | more
    return (await quarter.makes(who or quarter.janis, "/api/v1/organisations", wanted))["id"]


async def joins(quarter: Quarter, name: str, team: str, by: httpx.AsyncClient) -> None:
    """Somebody comes into a team by an invitation."""
    made = await quarter.makes(by, "/api/v1/invitations", {"team": team})
    answer = await getattr(quarter, name).post(
        "/api/v1/invitations/accept", json={"token": made["link"].partition("#")[2]}
    )
    assert answer.status_code == 200, answer.text


async def test_a_private_organisation_and_its_teams_look_missing_to_strangers(quarter: Quarter) -> None:
    private = await an_organisation(quarter)
    team = await quarter.own_team(organisation=private)
    for path in (f"organisations/{private}", f"organisations/{private}/teams", f"teams/{team}"):
        nowhere = path.replace(private, NOWHERE).replace(team, NOWHERE)
        there, missing = await quarter.edgars.get(f"/api/v1/{path}"), await quarter.edgars.get(f"/api/v1/{nowhere}")
        assert (there.status_code, there.json()) == (missing.status_code, missing.json()) == (404, missing.json())
        assert (await quarter.janis.get(f"/api/v1/{path}")).status_code == 200
    assert (await quarter.edgars.get("/api/v1/organisations")).json()["organisations"] == []


async def test_a_public_organisation_is_found_by_part_of_its_name_in_any_language(quarter: Quarter) -> None:
    public = await an_organisation(quarter, public=True)
    for search in ("MADONA", "novads", "municip", ""):
        found = (await quarter.edgars.get("/api/v1/organisations", params={"search": search})).json()
        assert [one["id"] for one in found["organisations"]] == [public], search
    for search in ("Riga", "%%%x"):
        found = (await quarter.edgars.get("/api/v1/organisations", params={"search": search})).json()
        assert found["organisations"] == [], search
    seen = (await quarter.edgars.get(f"/api/v1/organisations/{public}")).json()
    assert "administrators" not in seen, "strangers are not told who administers it"


@pytest.mark.parametrize(
    ("rule", "allowed"), [("administrators", []), ("members", ["ilze"]), ("anyone", ["ilze", "edgars"])]
)
async def test_who_may_make_teams_is_up_to_the_organisation(quarter: Quarter, rule: str, allowed: list[str]) -> None:
    organisation = await an_organisation(
        quarter, public=True, teamCreation=rule, defaultTeamKind="nonprofit_organization"
    )
    team = await quarter.own_team(organisation=organisation)
    await joins(quarter, "ilze", team, quarter.janis)
    for name in ("ilze", "edgars"):
        answer = await getattr(quarter, name).post(
            "/api/v1/teams", json={"name": {"en": "Ours"}, "organisation": organisation}
        )
        assert answer.status_code == (201 if name in allowed else 403), answer.text
        if name in allowed:
            assert answer.json()["kind"] == "nonprofit_organization"


async def test_the_last_administrator_of_a_team_names_another_before_leaving(quarter: Quarter) -> None:
    team = await quarter.own_team("edgars")
    await joins(quarter, "liga", team, quarter.edgars)
    members = f"/api/v1/teams/{team}/members"
    assert code_of(await quarter.edgars.delete(f"{members}/me")) == (409, "last_administrator")
    demoted = await quarter.edgars.put(f"{members}/me", json={"administrator": False})
    assert code_of(demoted) == (409, "last_administrator")
    listed = (await quarter.liga.get(members)).json()["members"]
    assert sorted((one["name"], one["administrator"], one["me"]) for one in listed) == [
        ("edgars", True, False),
        ("liga", False, True),
    ]
    liga = quarter.people["liga"].id
    assert (await quarter.edgars.put(f"{members}/{liga}", json={"administrator": True})).status_code == 204
    assert (await quarter.edgars.delete(f"{members}/me")).status_code == 204
    assert (await quarter.edgars.get(f"/api/v1/teams/{team}")).status_code == 404


async def test_two_teams_whose_people_administer_each_other_keep_an_administrator_each(quarter: Quarter) -> None:
    """Teams are administered by people, never by teams, so a circle of them cannot lose its last one."""
    ones, others = await quarter.own_team("edgars"), await quarter.own_team("liga")
    await joins(quarter, "liga", ones, quarter.edgars)
    await joins(quarter, "edgars", others, quarter.liga)
    edgars, liga = quarter.people["edgars"].id, quarter.people["liga"].id
    for team, chief, by in ((ones, liga, quarter.edgars), (others, edgars, quarter.liga)):
        path = f"/api/v1/teams/{team}/members"
        assert (await by.put(f"{path}/{chief}", json={"administrator": True})).status_code == 204
        assert (await by.delete(f"{path}/me")).status_code == 204
        assert code_of(await getattr(quarter, "liga" if chief == liga else "edgars").delete(f"{path}/me"))[0] == 409
    as_administrator = await quarter.edgars.put(f"/api/v1/teams/{others}/members/{ones}", json={"administrator": True})
    assert code_of(as_administrator) == (404, "not_found")


async def test_who_joins_a_team_comes_into_its_processes_and_who_is_taken_out_leaves_them(quarter: Quarter) -> None:
    team = await quarter.team("ilze")
    await quarter.grants({"team": team, "target": quarter.world.items["walk"], "access": True})
    account, space = quarter.people["edgars"].id, quarter.world.space
    made = await quarter.invites(uses=1)
    await quarter.edgars.post("/api/v1/invitations/accept", json={"token": made["link"].partition("#")[2]})
    path = f"/api/v1/teams/{await quarter.team()}/members/{account}"
    assert (await quarter.janis.delete(path)).status_code == 204
    assert await queries.membership(account, quarter.world.process) is None
    assert (await quarter.edgars.get(f"/db/{space}")).status_code == 404
    assert (await quarter.janis.put(path, json={})).status_code == 204, "who was here before can be put back"
    assert (await quarter.edgars.get(f"/db/{space}")).status_code == 200


async def test_strangers_are_not_put_into_teams_but_invited(quarter: Quarter) -> None:
    team = await quarter.own_team()
    path = f"/api/v1/teams/{team}/members"
    assert code_of(await quarter.janis.put(f"{path}/{quarter.people['liga'].id}", json={})) == (404, "not_found")
    assert (await quarter.janis.put(f"{path}/{quarter.people['ilze'].id}", json={})).status_code == 204
    twice = await quarter.janis.put(f"{path}/{quarter.people['ilze'].id}", json={})
    assert twice.status_code == 204
    assert (await quarter.janis.get(f"/api/v1/teams/{team}")).json()["people"] == 2


async def test_an_organisation_keeps_an_administrator_and_goes_only_without_teams(quarter: Quarter) -> None:
    organisation = await an_organisation(quarter)
    path = f"/api/v1/organisations/{organisation}"
    janis, ilze = quarter.people["janis"].id, quarter.people["ilze"].id
    assert code_of(await quarter.janis.delete(f"{path}/administrators/{janis}")) == (409, "last_administrator")
    assert code_of(await quarter.janis.put(f"{path}/administrators/{quarter.people['liga'].id}"))[0] == 404
    assert (await quarter.janis.put(f"{path}/administrators/{ilze}")).status_code == 204
    assert (await quarter.janis.delete(f"{path}/administrators/{janis}")).status_code == 204
    assert (await quarter.janis.get(path)).status_code == 404, "it is private, and no longer theirs"
    team = (await quarter.makes(quarter.ilze, "/api/v1/teams", {"name": {"en": "T"}, "organisation": organisation}))[
        "id"
    ]
    assert code_of(await quarter.ilze.delete(path)) == (409, "has_teams")
    assert (await quarter.ilze.delete(f"/api/v1/teams/{team}")).status_code == 204
    assert (await quarter.ilze.delete(path)).status_code == 204


async def test_an_organisation_shows_a_real_picture_and_nothing_else(quarter: Quarter, tmp_path: Path) -> None:
    organisation = await an_organisation(quarter, public=True)
    path = f"/api/v1/organisations/{organisation}"
    picture = a_photo(tmp_path / "logo.png", width=64, height=64).read_bytes()
    shown = await quarter.janis.put(f"{path}/logo", content=picture, headers={"content-type": "image/png"})
    assert shown.status_code == 200, shown.text
    seen = await quarter.edgars.get(shown.json()["logo"])
    assert (seen.content, seen.headers["content-type"]) == (picture, "image/png")
    for wrong in (b"<svg onload='alert(1)'/>" * 4, b"", b"\x89PNG\r\n\x1a\n" + b"\0" * 100, b"RIFF" + b"\0" * 60):
        answer = await quarter.janis.put(f"{path}/logo", content=wrong, headers={"content-type": "image/png"})
        assert code_of(answer) == (415, "not_a_picture")
    large = await quarter.janis.put(f"{path}/logo", content=picture + b"\0" * 600_000)
    assert code_of(large) == (413, "too_large")
    assert code_of(await quarter.edgars.put(f"{path}/logo", content=picture)) == (403, "forbidden")
    assert (await quarter.janis.delete(f"{path}/logo")).status_code == 204
    assert (await quarter.janis.get(path)).json()["logo"] is None


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": "Builders"},
        {"name": {}},
        {"name": {"en": "  "}},
        {"name": {"en": "x" * 201}},
        {"name": {"not a language!": "x"}},
        {"name": {"en": "x"}, "kind": "pirates"},
        {"name": {"en": "x"}, "administrators": ["me"]},
    ],
)
async def test_a_team_that_cannot_be_is_refused(quarter: Quarter, body: dict[str, Any]) -> None:
    assert code_of(await quarter.janis.post("/api/v1/teams", json=body)) == (400, "invalid_request")


async def test_a_team_is_renamed_in_the_space_too(quarter: Quarter) -> None:
    team = await quarter.team()
    name = {"en": "Gardeners", "lv": "Dārznieki"}
    answer = await quarter.janis.patch(f"/api/v1/teams/{team}", json={"name": name, "kind": "public_administration"})
    assert answer.status_code == 200, answer.text
    stored = quarter.world.stored(f"all:team:{team}")
    assert stored is not None
    assert (stored["name"], stored["kind"], stored["v"]) == (name, "public_administration", 2)
    assert code_of(await quarter.ilze.patch(f"/api/v1/teams/{team}", json={"name": name})) == (403, "forbidden")
