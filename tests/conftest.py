"""Fixtures every room of the tests may use: a demo built once, and servers of copies of it."""

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
