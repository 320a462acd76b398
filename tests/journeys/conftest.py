"""The stage of the journeys: phones with cables to a real server, and a watch on each browser."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect, sync_playwright

from tests.journeys.stage.demo import PEOPLE
from tests.journeys.stage.person import Person
from tests.journeys.stage.phone import PATIENCE, PHONE, Phone, Shape
from tests.journeys.stage.wire import Wire
from tests.journeys.stage.witness import Witness
from tests.makers import a_photo

OUT = Path(__file__).parent / ".out"


@pytest.fixture
def pictures(request: pytest.FixtureRequest) -> Path:
    """This test's folder for screenshots, empty at its start; git ignores it."""
    folder = OUT / re.sub(r"[^\w-]+", "-", request.node.name).strip("-")
    shutil.rmtree(folder, ignore_errors=True)
    return folder


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    """One driver for all journeys; it ends with them, for its event loop would be in the way of asynchronous tests."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as driver:
        yield driver


@pytest.fixture
def witness() -> Iterator[Witness]:
    """Stands between the browsers and the rest of the world; nobody may have asked it when the test ends."""
    with Witness().standing() as witness:
        yield witness
    assert not witness.asked, f"a browser asked for the outside world: {witness.asked}"


@pytest.fixture
def phone_at(
    playwright: Playwright, witness: Witness, pictures: Path, tmp_path: Path
) -> Iterator[Callable[..., Phone]]:
    """Make phones wired to any port: `phone_at(port, "Ilze", language="lv")`."""
    phones: list[Phone] = []
    with ExitStack() as wires:

        def make(port: int, owner: str = "someone", *, shape: Shape = PHONE, **other: object) -> Phone:
            phone = Phone(
                playwright=playwright,
                wire=wires.enter_context(Wire(port).laid()),
                memory=tmp_path / f"phone-{len(phones)}",
                pictures=pictures,
                proxy=witness.address,
                shape=replace(shape, **other),
                owner=owner,
            )
            phones.append(phone)
            return phone

        yield make
        for phone in phones:
            if phone.is_open:
                phone.picture("at-the-end")
                phone.closes_browser()
    problems = {phone.owner: phone.watch.problems for phone in phones if phone.watch.problems}
    assert not problems, f"browsers complained: {problems}"


@pytest.fixture
def a_phone(phone_at: Callable[..., Phone], server) -> Callable[..., Phone]:
    """Make phones wired to this test's server: `a_phone("Ilze", dark=True)`."""
    return lambda owner="someone", **shape: phone_at(server.port, owner, **shape)


@pytest.fixture
def a_person(a_phone: Callable[..., Phone]) -> Callable[..., Person]:
    """Make people with phones, each in their language: `a_person("ilze")`, `a_person("stranger", language="it")`."""

    def make(name: str, *, language: str | None = None, **shape: object) -> Person:
        language = language or PEOPLE.get(name, "en")
        return Person(name, a_phone(name, language=language, **shape), language)

    return make


@pytest.fixture
def ilze(a_person: Callable[..., Person]) -> Person:
    """A citizen of Madona."""
    return a_person("ilze")


@pytest.fixture
def anna(a_person: Callable[..., Person]) -> Person:
    """Another citizen in the same process; she reads Latvian."""
    return a_person("anna")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photo as a phone's camera leaves it: larger than it needs to be."""
    return a_photo(tmp_path / "counter.png", width=2000, height=1500)
