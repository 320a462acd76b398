"""A CouchDB that replicates with the real application: the credential of a person in its address, nothing else."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing

import httpx
import pytest

from tests.backend.world import contribution
from tests.interop.conftest import serving
from tests.interop.couchdb_replicator import Replicator, contents
from tests.interop.couchdb_wire import End, StoppedError
from tests.interop.home import Home


@pytest.fixture
def home(tmp_path) -> Iterator[Home]:
    with Home().running(tmp_path / "data") as home:
        home.joins("Ilze")
        home.joins("Liga", "build")
        yield home


@pytest.fixture
def couch(tmp_path) -> Iterator[End]:
    """A database that is open to everybody, in the place of a CouchDB."""
    (tmp_path / "couch").mkdir()
    with serving(tmp_path / "couch") as root:
        httpx.put(f"{root}/garden").raise_for_status()
        end = End(f"{root}/garden")
        yield end
        end.close()


@pytest.fixture
def at_home(home) -> Iterator[Callable[[str], End]]:
    """The process as a program of somebody reaches it."""
    with ExitStack() as ends:
        yield lambda name: ends.enter_context(closing(End(home.address_for(name))))


def sends(home: Home, name: str, item: str, text: str) -> str:
    document = contribution(home.members[name], home.world.items[item], text)
    assert home.do(home.world.sends(home.people[name], document)) == []
    return document["_id"]


def test_it_copies_what_its_person_may_read_and_nothing_else(home, couch, at_home):
    seen, hidden = sends(home, "Ilze", "paint", "for Līga"), sends(home, "Ilze", "walk", "not for Līga")
    source = at_home("Liga")
    Replicator(source, couch).run()
    assert seen in contents(couch)
    assert hidden not in contents(couch)
    assert contents(couch) == contents(source)
    later = sends(home, "Ilze", "paint", "later")
    assert Replicator(source, couch).run().resumed != 0
    assert later in contents(couch)


def test_it_brings_what_its_person_wrote_and_is_told_what_is_refused(home, couch, at_home):
    target = at_home("Ilze")
    mine = contribution(home.members["Ilze"], home.world.items["walk"], "written in a CouchDB")
    others = contribution(home.members["Liga"], home.world.items["walk"], "in another's name")
    couch.ask("POST", "_bulk_docs", json={"docs": [mine, others], "new_edits": False})
    done = Replicator(couch, target).run()
    assert (done.written, done.failed) == (1, 1)
    assert mine["_id"] in home.ids()
    assert others["_id"] not in home.ids()
    assert Replicator(couch, target).run().read == 0


def test_a_credential_of_nobody_ends_it_at_once(home, couch):
    wrong = home.address_for("Ilze").replace("@", "x@")
    with closing(End(wrong)) as source, pytest.raises(StoppedError, match="401"):
        Replicator(source, couch).run()
    assert len(source.asked) == 1
