"""Fixtures every room of the tests may use: a demo built once, and servers of copies of it."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.makers import Server, a_demo, a_server

# How fast a machine draws examples decides no test.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

# Real browsers, foreign clients and killed processes now and then fail by themselves. Their stories get a second
# try, told aloud at the end; the night gives none, so that what fails by chance is found and its cause mended.
SECOND_TRY = {"journeys", "interop"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if os.environ.get("INTERLINK_SOAK"):
        return
    for item in items:
        if SECOND_TRY.intersection(item.path.parts):
            item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    tried_again = terminalreporter.getreports("rerun")
    if tried_again:
        terminalreporter.section("needed a second try: find out why")
    for report in tried_again:
        terminalreporter.line(f"{report.nodeid} ({report.when})")
        terminalreporter.line(str(report.longrepr))


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's data folder, as `interlink demo` makes it. Never serve it: serve a copy."""
    return a_demo(tmp_path_factory.mktemp("demo") / "data")


@pytest.fixture
def demo_copy(demo: Path, tmp_path: Path) -> Path:
    """A copy of the demo that this test alone changes."""
    return Path(shutil.copytree(demo, tmp_path / "data"))


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Start servers that end with the test: `serve(data_folder)`."""
    with ExitStack() as running:

        def start(data: Path, **how: object) -> Server:
            return running.enter_context(a_server(data, log=tmp_path / "server.log", **({"warm": True} | how)))

        yield start


@pytest.fixture
def server(serve: Callable[..., Server], demo_copy: Path) -> Server:
    """A running server with the demo."""
    return serve(demo_copy)
