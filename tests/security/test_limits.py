"""What is too large is refused while it is still small in memory."""

import json

import pytest

from backend.app import MAX_BODY
from tests.houses import an_account, sign_in


@pytest.mark.parametrize("size", [5_000, MAX_BODY + 1])
async def test_a_form_larger_than_any_form_is_refused(browser, size):
    body = json.dumps({"email": "x" * size, "password": "x", "device": "x"})
    answer = await browser.post("/api/v1/session", content=body, headers={"content-type": "application/json"})

    assert answer.status_code == 413
    assert answer.json()["code"] == "too_large"


async def test_a_body_that_never_ends_is_cut(browser):
    await an_account()
    await sign_in(browser)
    sent = 0

    async def endless():
        nonlocal sent
        while sent < 100 * MAX_BODY:
            sent += 16_384
            yield b"x" * 16_384

    answer = await browser.post("/api/v1/processes", content=endless(), headers={"content-type": "application/json"})

    assert answer.status_code == 413
    assert sent < 4 * MAX_BODY


async def test_a_wrong_method_names_what_is_allowed(browser):
    answer = await browser.patch("/api/v1/meta")

    assert answer.status_code == 405
    assert answer.json()["code"] == "method_not_allowed"
