"""Six digits by mail: who gets in with them, who does not, and what nobody learns."""

import pytest

from backend.accounts.tables import Account, EmailCode, Mail
from tests.backend.statements import statements

ASK = {"email": "ilze@example.org", "language": "lv", "device": "phone"}


def use(code: str, **members: object) -> dict[str, object]:
    return {"email": "ilze@example.org", "code": code, "device": "phone"} | members


async def test_somebody_new_is_in_with_a_code_and_a_name(town):
    async with town.browser() as phone:
        assert (await phone.post("/session/code", json=ASK)).status_code == 202
        answer = await phone.put("/session/code", json=use(await town.code(), name="Ilze", language="lv"))

        account = answer.json()["account"]
        assert (account["name"], account["email"], account["recoverable"]) == ("Ilze", "ilze@example.org", True)
        assert (await phone.get("/session")).json()["account"] == account
        assert (await phone.get("/account")).json()["emailVerified"] is True


async def test_without_a_name_the_code_stays_good(town):
    async with town.browser() as phone:
        await phone.post("/session/code", json=ASK)
        code = await town.code()

        nameless = await phone.put("/session/code", json=use(code))
        assert (nameless.status_code, nameless.json()["code"]) == (422, "name_needed")
        assert (await phone.put("/session/code", json=use(code, name="   "))).status_code == 422
        assert (await phone.put("/session/code", json=use(code, name="Ilze"))).is_success


async def test_who_is_known_is_in_with_a_code_alone_and_stays_one_person(town):
    await town.newcomer()
    async with town.browser() as tablet:
        await tablet.post("/session/code", json=ASK | {"email": " ILZE@Example.org "})
        answer = await tablet.put("/session/code", json=use(await town.code()))

        assert answer.json()["account"]["name"] == "Ilze"
        assert await Account.count() == 1
        assert "Ilze" in (await town.mails())[-1]


async def test_a_code_is_good_once(town):
    await town.newcomer()
    async with town.browser() as phone:
        await phone.post("/session/code", json=ASK)
        code = await town.code()
        assert (await phone.put("/session/code", json=use(code))).is_success

        again = await phone.put("/session/code", json=use(code))
        assert (again.status_code, again.json()["code"]) == (401, "wrong_code")


async def test_a_code_is_good_for_fifteen_minutes(town):
    await town.newcomer()
    async with town.browser() as phone:
        await phone.post("/session/code", json=ASK)
        code = await town.code()
        town.clock.later(minutes=15, seconds=1)

        assert (await phone.put("/session/code", json=use(code))).json()["code"] == "wrong_code"


async def test_five_wrong_guesses_use_a_code_up(town):
    await town.newcomer()
    async with town.browser() as phone:
        await phone.post("/session/code", json=ASK)
        code = await town.code()
        wrong = f"{(int(code) + 1) % 1_000_000:06}"
        for _ in range(5):
            assert (await phone.put("/session/code", json=use(wrong))).status_code == 401

        assert (await phone.put("/session/code", json=use(code))).status_code == 401


async def test_a_code_opens_nothing_on_another_device_and_guesses_there_do_not_use_it_up(town):
    await town.newcomer()
    async with town.browser() as phone, town.browser() as mallorys:
        await phone.post("/session/code", json=ASK)
        code = await town.code()
        for _ in range(6):
            assert (await mallorys.put("/session/code", json=use(code, device="mallorys"))).status_code == 401

        assert (await phone.put("/session/code", json=use(code))).is_success


@pytest.mark.parametrize("code", ["12345", "1234567", "12345a", "", "١٢٣٤٥٦"])
async def test_what_is_no_code_is_refused_before_anything_is_compared(town, code):
    async with town.browser() as phone:
        assert (await phone.put("/session/code", json=use(code))).status_code == 400


@pytest.mark.parametrize("email", ["nobody", "@example.org", "ilze@", "a b@example.org", "a@b, c@d.example"])
async def test_what_is_no_address_gets_no_mail(town, email):
    async with town.browser() as phone:
        answer = await phone.post("/session/code", json=ASK | {"email": email})

        assert (answer.status_code, answer.json()["code"]) == (422, "bad_email")
        assert await Mail.count() == 0


async def test_an_address_of_four_hundred_characters_is_refused(town):
    async with town.browser() as phone:
        answer = await phone.post("/session/code", json=ASK | {"email": f"{'i' * 390}@example.org"})
        assert answer.status_code == 400


async def test_the_answer_and_the_work_do_not_tell_whether_an_address_is_known(town):
    await town.newcomer()
    answers = []
    counted = []
    async with town.browser() as phone:
        for email in ("ilze@example.org", "nobody@example.org"):
            with statements() as sent:
                answers.append(await phone.post("/session/code", json=ASK | {"email": email}))
            counted.append(sent)

    known, unknown = answers
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    assert counted[0] == counted[1]
    assert counted[0], "the statements were counted"


async def test_where_only_the_invited_register_a_stranger_is_told_so_by_mail_and_by_nothing_else(open_town):
    town = await open_town(registration="invited")
    async with town.browser() as phone:
        assert (await phone.post("/session/code", json=ASK | {"language": "en"})).status_code == 202
        [mail] = await town.mails()

        assert "invitation" in mail
        assert "is your code" not in mail
        answer = await phone.put("/session/code", json=use("123456", name="Mallory"))
        assert answer.json()["code"] == "wrong_code"
        assert await Account.count() == 0


async def test_neither_code_nor_token_is_kept_readable(town):
    async with town.browser() as phone:
        await phone.post("/session/code", json=ASK)
        code = await town.code()

        [row] = await EmailCode.select(EmailCode.digest)
        assert code not in row["digest"]
        assert await Mail.count() == 0, "the mail went, and its row with it"


async def test_one_office_may_ask_for_many_codes_but_nobody_floods_one_address(town):
    async with town.browser() as phone:
        answers = [await phone.post("/session/code", json=ASK) for _ in range(6)]
        assert [one.status_code for one in answers] == [202] * 5 + [429]
        assert int(answers[-1].headers["retry-after"]) > 0

        others = [await phone.post("/session/code", json=ASK | {"email": f"p{n}@example.org"}) for n in range(20)]
        assert {one.status_code for one in others} == {202}
