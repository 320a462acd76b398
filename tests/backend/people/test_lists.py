"""Many people from a spreadsheet: each line told first, then done; a bad list changes nothing."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.accounts.tables import Mail
from backend.people.csv_list import Line, TooManyLinesError, WrongColumnsError, read_list, write_list
from backend.people.tables import Invitation, TeamMember
from tests.backend.people.quarter import Quarter, a_quarter, code_of


@pytest.fixture
async def quarter(tmp_path: Path) -> AsyncIterator[Quarter]:
    async with a_quarter(tmp_path) as one:
        yield one


LIST = """email;name
ilze@example.org;Ilze
janis@example.org;Jānis
edgars@example.org;a stranger with an account
anna@example.org;a stranger without
ANNA@example.org;the same person twice

no address;
;nobody
{long}@example.org;too long
""".replace("{long}", "a" * 400)


async def test_each_line_is_told_and_nothing_happens_yet(quarter: Quarter) -> None:
    team = await quarter.own_team()
    answer = await quarter.janis.post(f"/api/v1/teams/{team}/members/csv", json={"csv": LIST, "preview": True})
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert [(one["line"], one["outcome"]) for one in told["lines"]] == [
        (2, "joins"),
        (3, "already"),
        (4, "invited"),
        (5, "invited"),
        (6, "duplicate"),
        (8, "bad"),
        (9, "bad"),
        (10, "bad"),
    ]
    assert [one["sentence"] for one in told["lines"][5:]] == [
        "This is not an e-mail address.",
        "The address is missing.",
        "This address is too long.",
    ]
    assert (told["joins"], told["already"], told["invited"], told["bad"]) == (1, 1, 2, 4)
    assert await TeamMember.count().where(TeamMember.team == team) == 1
    assert await Mail.count() == await Invitation.count() == 0


async def test_what_was_told_is_done(quarter: Quarter) -> None:
    team = await quarter.own_team()
    body = {"csv": LIST, "preview": False, "language": "lv"}
    answer = await quarter.janis.post(f"/api/v1/teams/{team}/members/csv", json=body)
    assert answer.status_code == 200, answer.text
    listed = (await quarter.janis.get(f"/api/v1/teams/{team}/members")).json()["members"]
    assert {one["name"] for one in listed} == {"janis", "ilze"}
    assert {one["recipient"] for one in await Mail.select()} == {"edgars@example.org", "anna@example.org"}
    [invitation] = await Invitation.select()
    assert (invitation["uses"], invitation["team"]) == (2, team)


async def test_strangers_with_and_without_an_account_look_alike(quarter: Quarter) -> None:
    team = await quarter.own_team()
    csv = "email\nedgars@example.org\nanna@example.org\n"
    told = (await quarter.janis.post(f"/api/v1/teams/{team}/members/csv", json={"csv": csv})).json()["lines"]
    assert {(one["outcome"], one["sentence"]) for one in told} == {("invited", "Gets an invitation by mail.")}


@pytest.mark.parametrize(
    ("csv", "expected"),
    [
        ("", (422, "wrong_columns")),
        ("anna@example.org\n", (422, "wrong_columns")),
        ("email,shoe size\nanna@example.org,38\n", (422, "wrong_columns")),
        ("email,email\na@b.example,a@b.example\n", (422, "wrong_columns")),
        ("name\nAnna\n", (422, "wrong_columns")),
        ("email\n" + "anna@example.org\n" * 10_000, (413, "too_many_lines")),
        ("email\n" + "".join(f"person-{n}@example.org\n" for n in range(2_001)), (413, "too_many_lines")),
        ('email\n"' + "x" * 140_000, (422, "wrong_columns")),
    ],
)
async def test_a_bad_list_is_refused_as_a_whole(quarter: Quarter, csv: str, expected: tuple[int, str]) -> None:
    team = await quarter.own_team()
    answer = await quarter.janis.post(f"/api/v1/teams/{team}/members/csv", json={"csv": csv, "preview": False})
    assert code_of(answer) == expected
    assert await Mail.count() == await Invitation.count() == 0


async def test_only_who_administers_a_team_reads_and_writes_its_list(quarter: Quarter) -> None:
    team = await quarter.team()
    for who, expected in ((quarter.ilze, 403), (quarter.edgars, 404), (quarter.stranger, 401)):
        csv = await who.post(f"/api/v1/teams/{team}/members/csv", json={"csv": "email\n"})
        assert csv.status_code == (await who.get(f"/api/v1/teams/{team}/members.csv")).status_code == expected
    listed = await quarter.janis.get(f"/api/v1/teams/{team}/members.csv")
    assert listed.headers["content-type"] == "text/csv; charset=utf-8"
    assert listed.text.splitlines()[0] == "\ufeffname,administrator,joined"
    assert "@" not in listed.text, "names, no addresses"


def test_a_name_is_never_a_formula_in_a_spreadsheet() -> None:
    assert write_list(["name"], [["=HYPERLINK(1)"], ["Anna"]]).splitlines()[1:] == ["'=HYPERLINK(1)", "Anna"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lists_of_any_spreadsheet_are_read(delimiter: str, mark: str, end: str) -> None:
    text = mark + end.join([f"E-mail{delimiter}Nome", f"a@b.example{delimiter}Anna", ""])
    assert read_list(text) == [Line(2, "a@b.example", "Anna")]


@given(st.text(max_size=300))
def test_whatever_the_file_holds_it_is_read_or_refused(text: str) -> None:
    for whole in (text, "email\n" + text):
        try:
            lines = read_list(whole)
        except (WrongColumnsError, TooManyLinesError):
            continue
        assert all(one.number > 1 for one in lines)
