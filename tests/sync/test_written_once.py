"""A document that was never edited is written the short way, in the very words of the long one."""

import itertools

import msgspec
import pytest

from sync.attachment import new
from sync.database import Database
from sync.document import Document
from sync.hooks import OpenAccess
from sync.limits import OPEN
from sync.reading import Found, Reader, Wishes
from sync.stores.memory import MemoryStore
from sync.winner import tree_of

DOCUMENTS = [
    Document("plain:1", ("1-a",), body=b'{"n":1}'),
    Document("empty:1", ("1-a",)),
    Document('quoted "id" ā\\', ("7-é",), body=b'{ "n":1}'),
    Document("gone:1", ("1-a",), deleted=True),
    Document("edited:1", ("2-b", "1-a"), body=b'{"n":2}'),
    Document("with a photo:1", ("1-a",), body=b'{"n":1}', attachments={"a.txt": new(b"a", "text/plain", OPEN)}),
]
CHOICES = ("revs", "revs_info", "conflicts", "local_seq", "latest", "attachments")


@pytest.fixture
async def reader():
    store = MemoryStore()
    await store.create("home")
    await Database(store, "home").replicate(DOCUMENTS)
    with store.read("home") as tx:
        reader = Reader(tx, OpenAccess())
        reader.look_up(one.id for one in DOCUMENTS)
        yield reader


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda one: one.id)
@pytest.mark.parametrize("chosen", [*itertools.combinations(CHOICES, 2), ()], ids=str)
async def test_both_ways_write_the_same_words(reader, document: Document, chosen: tuple[str, ...]) -> None:
    wishes = Wishes(**dict.fromkeys(chosen, True))
    row = reader.row(document.id)
    long = reader.shown(Found(row, tree_of(row)), row.rev, wishes)
    assert reader.winning(row, wishes) == long
    msgspec.json.decode(long)
    for rev in (None, document.rev):
        assert reader.only(document.id, rev, wishes) in (None, long)


async def test_the_short_way_is_taken_where_it_can_be(reader) -> None:
    taken = [one.id for one in DOCUMENTS if reader.only(one.id, one.rev, Wishes(revs=True, latest=True))]
    assert taken == ["plain:1", "empty:1", 'quoted "id" ā\\', "gone:1"]


async def test_another_revision_goes_the_long_way(reader) -> None:
    assert reader.only("plain:1", "1-b", Wishes()) is None
    assert reader.only("plain:1", 7, Wishes()) is None
    assert reader.only("nowhere", "1-a", Wishes()) is None
