"""Founding processes, joining teams, gaining and losing rights: rows in, standing and counters out."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backend.accounts.actions import AccountError, create_account
from backend.accounts.tables import Account
from backend.kit.settings import Settings
from backend.people import queries
from backend.people.access import Grant, Verb, may
from backend.people.actions import add_grant, add_member, add_team, found_process
from backend.people.actions.counting import counting
from backend.people.tables import TABLES, Membership, TeamGrant
from backend.rows import open_rows
from tests.houses import PASSWORD, an_account

NOW = datetime(2026, 11, 21, tzinfo=UTC)
PROCESS = "01m7zx46k1gdkregvcvtgdffe4"
TASK = "01M7ZX46K1GDKREGVCVTGDFFE5"
TREE = {TASK: (PROCESS, TASK)}


@pytest.fixture(autouse=True)
async def rows(tmp_path: Path) -> AsyncIterator[None]:
    async with open_rows(Settings(data=tmp_path), NOW):
        yield


async def a_process(founder: str) -> str:
    founding = await found_process(
        process=PROCESS, account=founder, team_name="Citizens", team_kind="citizen", name="Ilze", now=NOW
    )
    return founding.member


async def counters(account: str) -> tuple[int, int]:
    found = await queries.membership(account, PROCESS)
    assert found is not None
    return found.gained, found.lost


async def test_who_founds_a_process_administers_it():
    ilze = await an_account()
    member = await a_process(ilze)
    standing = await queries.standing_of(ilze, PROCESS)

    assert (standing.member, standing.administrator) == (member, True)
    assert [team.accounts for team in await queries.teams_of(PROCESS)] == [(ilze,)]
    assert all(may(standing, verb, (PROCESS, TASK)) for verb in Verb)


async def test_documents_know_a_person_by_a_different_id_in_every_process():
    ilze = await an_account()
    one = await a_process(ilze)
    other = await found_process(
        process=PROCESS.replace("4", "5"), account=ilze, team_name="T", team_kind="citizen", name="Ilze", now=NOW
    )

    assert len({ilze, one, other.member}) == 3


async def test_a_stranger_stands_nowhere():
    await a_process(await an_account())
    stranger = await an_account("janis@example.org")

    assert (await queries.standing_of(stranger, PROCESS)).member is None
    assert await queries.memberships_of(stranger) == []


async def test_where_somebody_stands_everywhere_is_where_they_stand_in_each():
    ilze = await an_account()
    await a_process(ilze)
    other = PROCESS.replace("4", "5")
    await found_process(process=other, account=ilze, team_name="T", team_kind="citizen", name="Ilze", now=NOW)

    standings = {membership.process: standing for membership, standing in await queries.standings_of(ilze)}
    assert standings == {process: await queries.standing_of(ilze, process) for process in (PROCESS, other)}
    assert await queries.standings_of(await an_account("janis@example.org")) == []


async def test_where_everybody_stands_is_where_each_of_them_stands():
    accounts = [await an_account(), await an_account("janis@example.org"), await an_account("anna@example.org")]
    await a_process(accounts[0])
    for account in accounts[1:]:
        await add_member(process=PROCESS, account=account, name="somebody")
    team = await add_team(name="Library", kind="public_administration", accounts=accounts[:2])
    await add_grant(process=PROCESS, grant=Grant(team, TASK, access=True, create=True, delete=False))

    each = [await queries.standing_of(account, PROCESS) for account in accounts]
    everybody = await queries.everybodys_standing(PROCESS)
    assert {one.member: (one.teams, set(one.grants)) for one in everybody.values()} == {
        one.member: (one.teams, set(one.grants)) for one in each
    }


async def test_joining_twice_is_joining_once():
    await a_process(await an_account())
    janis = await an_account("janis@example.org")

    first = await add_member(process=PROCESS, account=janis, name="Jānis")
    assert await add_member(process=PROCESS, account=janis, name="Jānis") == first


async def test_a_grant_counts_for_the_members_of_its_team_alone():
    await a_process(await an_account())
    janis, anna = await an_account("janis@example.org"), await an_account("anna@example.org")
    for account in (janis, anna):
        await add_member(process=PROCESS, account=account, name="somebody")
    team = await add_team(name="Library", kind="public_administration", accounts=[janis])
    await add_grant(process=PROCESS, grant=Grant(team, TASK, access=True, create=True, delete=False))

    can = {who: await queries.standing_of(who, PROCESS) for who in (janis, anna)}
    assert [may(can[janis], verb, (PROCESS, TASK)) for verb in Verb] == [True, True, False]
    assert not any(may(can[anna], verb, (PROCESS, TASK)) for verb in Verb)


async def test_gaining_and_losing_a_right_moves_the_counters_of_those_it_concerns():
    ilze = await an_account()
    await a_process(ilze)
    janis, anna = await an_account("janis@example.org"), await an_account("anna@example.org")
    for account in (janis, anna):
        await add_member(process=PROCESS, account=account, name="somebody")
    team = await add_team(name="Library", kind="public_administration", accounts=[janis])

    async with counting(PROCESS, TREE):
        grant = await add_grant(process=PROCESS, grant=Grant(team, TASK, access=True, create=True, delete=False))
    assert await counters(janis) == (1, 0)

    async with counting(PROCESS, TREE):
        await TeamGrant.delete().where(TeamGrant.id == grant)
    assert await counters(janis) == (1, 1)
    assert await counters(anna) == await counters(ilze) == (0, 0)


async def test_a_right_that_opens_nothing_moves_nothing():
    await a_process(await an_account())
    janis = await an_account("janis@example.org")
    await add_member(process=PROCESS, account=janis, name="Jānis")
    team = await add_team(name="Library", kind="public_administration", accounts=[janis])
    await add_grant(process=PROCESS, grant=Grant(team, None, access=True, create=False, delete=False))

    async with counting(PROCESS, TREE):
        await add_grant(process=PROCESS, grant=Grant(team, TASK, access=True, create=True, delete=False))

    assert await counters(janis) == (0, 0)


async def test_a_change_of_rights_that_fails_changes_no_counter():
    await a_process(await an_account())
    janis = await an_account("janis@example.org")
    await add_member(process=PROCESS, account=janis, name="Jānis")
    team = await add_team(name="Library", kind="public_administration", accounts=[janis])

    async def fail() -> None:
        async with counting(PROCESS, TREE):
            await add_grant(process=PROCESS, grant=Grant(team, TASK, access=True, create=True, delete=False))
            raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        await fail()
    assert await counters(janis) == (0, 0)
    assert len(await queries.grants_of(PROCESS)) == 1


@pytest.mark.parametrize(
    ("email", "password"),
    [("no-address", PASSWORD), ("@example.org", PASSWORD), ("ilze@", PASSWORD), ("ilze@example.org", "seven77")],
)
async def test_an_account_nobody_could_use_is_refused(email, password):
    with pytest.raises(AccountError):
        await create_account(email=email, name="Ilze", password=password, language="lv", now=NOW)


async def test_one_address_is_one_account_however_it_is_written():
    await an_account("ilze@example.org")

    with pytest.raises(AccountError, match="already"):
        await an_account(" ILZE@Example.org")


async def test_a_membership_ends_with_its_account():
    ilze = await an_account()
    await a_process(ilze)
    await Account.delete().where(Account.id == ilze)

    assert await Membership.count() == 0


def test_every_column_says_what_it_tells_about_people():
    silent = [
        f"{table._meta.tablename}.{column._meta.name}"
        for table in TABLES
        for column in table._meta.columns
        if not column._meta.help_text
    ]
    assert silent == []
