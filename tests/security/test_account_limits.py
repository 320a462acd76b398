"""Who guesses is stopped; a school behind one address is not, and nobody is locked out by somebody else's guesses."""

from collections.abc import AsyncIterator

import pytest

from tests.backend.accounts.authenticator import Authenticator
from tests.backend.accounts.town import Town, a_town
from tests.houses import PASSWORD, an_account


@pytest.fixture
async def town(tmp_path) -> AsyncIterator[Town]:
    async with a_town(tmp_path) as town:
        yield town


async def test_a_class_signs_in_from_one_address(town):
    for number in range(25):
        await an_account(f"pupil{number}@example.org")
    async with town.browser() as school:
        answers = [
            await school.post("/session", json={"email": f"pupil{n}@example.org", "password": PASSWORD, "device": "d"})
            for n in range(25)
        ]
    assert {one.status_code for one in answers} == {200}


async def test_a_class_asks_for_codes_from_one_address(town):
    async with town.browser() as school:
        answers = [
            await school.post("/session/code", json={"email": f"p{n}@example.org", "language": "lv", "device": f"d{n}"})
            for n in range(30)
        ]
    assert {one.status_code for one in answers} == {202}


async def test_guesses_from_elsewhere_do_not_lock_a_person_out(town):
    await an_account()
    async with town.browser("203.0.113.9") as mallorys:
        body = {"email": "ilze@example.org", "password": "wrong", "device": "m"}
        assert [(await mallorys.post("/session", json=body)).status_code for _ in range(12)][-2:] == [429, 429]
    async with town.browser("198.51.100.7") as phone:
        assert (await phone.post("/session", json=body | {"password": PASSWORD})).is_success


async def test_who_guesses_codes_is_stopped_and_told_how_long(town):
    async with town.browser() as mallorys:
        guess = {"email": "ilze@example.org", "code": "123456", "device": "m"}
        answers = [await mallorys.put("/session/code", json=guess) for _ in range(16)]
    assert [one.status_code for one in answers] == [401] * 15 + [429]
    assert int(answers[-1].headers["retry-after"]) > 0


async def test_who_tries_passkeys_without_end_is_stopped(town):
    async with town.browser() as mallorys:
        options = (await mallorys.post("/session/passkey/options")).json()["options"]
        guess = {"credential": Authenticator().get(options), "device": "m"}
        answers = [(await mallorys.post("/session/passkey", json=guess)).status_code for _ in range(30)]
    assert answers[0] == 401
    assert answers[-1] == 429


async def test_who_tries_invitations_is_stopped(town):
    body = {"name": "Mallory", "language": "en", "device": "m"}
    async with town.browser() as mallorys:
        answers = [
            (await mallorys.post("/accounts", json=body | {"invitation": f"guess {n}"})).status_code for n in range(61)
        ]
    assert answers[0] == 404
    assert answers[-1] == 429
