"""Everybody's ratings of one thing → `all:opinions:<thing>` in the commons.

A rating lies in its author's own space. To tell the mean without walking through all of these, the votes on each thing
stand in the commons' index area, which no reader sees:

    opinions/key                          a random key, made once: the documents do not tell whose words these are
    opinions/vote/<thing>/<digest>        what one person gave; the digest is keyed by it
    opinions/withheld/<thing>/<digest>    (empty) an administrator of the server took it away; it never comes back

The votes are derived and can be collected again from the spaces; what was withheld and the key are not.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Sequence

from msgspec import Struct, msgpack, to_builtins

from backend.catalogue.documents import INTERLINKER, SCHEMA
from backend.catalogue.ratings import OPINIONS, RATING, SAID, Opinion, Rating
from backend.kit.clock import Clock
from backend.kit.envelope import written_by_server
from backend.kit.ids import DocumentId, key_of, split_id
from backend.kit.languages import DEFAULT
from backend.kit.spaces import ALL, COMMONS, SpaceKind, Spaces, kind_of
from backend.kit.types import InvalidDocumentError, UnknownVersionError
from backend.processes.documents import PUBLISHED_PROCESS
from sync.database import Database
from sync.document import Document
from sync.rows import FeedEntry
from sync.store import ReadTransaction, Store, WriteTransaction

_KEY = "opinions/key"
_VOTE = "opinions/vote/"
_WITHHELD = "opinions/withheld/"
_PAGE = 1000
_DIGEST = 24
"""Hexadecimal digits: 96 bits."""
_RATED = frozenset({INTERLINKER.name, SCHEMA.name, PUBLISHED_PROCESS.name})


class Vote(Struct, frozen=True):
    """One rating as it is counted. `number` is its place in the feed: the newest words are shown."""

    number: int
    opinion: Opinion


class Opinions:
    """Counts ratings and shows the newest words."""

    name = "opinions"
    kinds = (RATING.name,)

    def __init__(self, store: Store, spaces: Spaces, clock: Clock) -> None:
        self._store = store
        self._spaces = spaces
        self._clock = clock

    async def follow(self, entries: Sequence[FeedEntry]) -> None:
        """Count the ratings among these changes."""
        ours = [one for one in entries if f":{RATING.name}:" in one.id and _owner(one.database) and _thing(one.id)]
        votes = [(_owner(one.database), _thing(one.id), self._rating(one), one.number) for one in ours]
        if votes:
            await self._count(votes)

    def _rating(self, entry: FeedEntry) -> Rating | None:
        """Return the rating as it is now; None when it was taken back, or says nothing that we know."""
        if not self._store.exists(entry.database):
            return None
        return _read(Database(self._store, entry.database).get(entry.id))

    async def _count(self, votes: Sequence[tuple[str, str, Rating | None, int]]) -> None:
        commons = Database(self._store, COMMONS)

        def note(tx: WriteTransaction) -> None:
            key = _key(tx)
            for account, thing, rating, number in votes:
                name = f"{thing}/{_digest(key, account, thing)}"
                if rating is None:
                    tx.index_delete(_VOTE + name)
                else:
                    tx.index_put(_VOTE + name, msgpack.encode(_vote(rating, name.rpartition("/")[2], number)))

        await commons.transact(note)
        await self._show({thing for _, thing, _, _ in votes})

    async def _show(self, things: Iterable[str]) -> None:
        """Write what is thought of these things; nothing of what nobody (any more) thinks anything of."""
        await self._spaces.write(COMMONS, [self._document(one) for one in sorted(things)])

    def _document(self, thing: str) -> dict[str, object]:
        with self._store.read(COMMONS) as tx:
            votes = _votes(tx, thing)
            rated = tx.winner(str(DocumentId(ALL, *_parts(thing))))
        if not votes or rated is None or rated.deleted:
            return {"_id": str(DocumentId(ALL, OPINIONS.name, thing)), "_deleted": True}
        newest = sorted((one for one in votes if one.opinion.text), key=lambda one: -one.number)[:SAID]
        members = {
            "count": len(votes),
            "mean": round(sum(one.opinion.stars for one in votes) / len(votes), 2),
            "said": [to_builtins(one.opinion) for one in newest],
        }
        return written_by_server(OPINIONS, thing, members, lang=DEFAULT, at=self._clock())

    async def forget(self) -> None:
        """Collect all votes again, and show nothing that nobody stands behind."""
        if not self._store.exists(COMMONS):
            return
        shown = {key_of(one["_id"]) for one in await self._spaces.list(COMMONS, ALL, OPINIONS.name)}
        await Database(self._store, COMMONS).transact(_forget_votes)
        since = 0
        while entries := self._store.feed(since, _PAGE):
            await self.follow(entries)
            since = entries[-1].number
        await self._show(shown)

    def rated_in(self, space: str) -> list[str]:
        """Return the things that a person rated, before the space goes with the account."""
        if not self._store.exists(space):
            return []
        found = Database(self._store, space).all(f"{ALL}:{RATING.name}:")
        return [thing for one in found if (thing := _thing(one.id))]

    async def take_back(self, account: str, things: Sequence[str]) -> None:
        """Forget what a person gave to these things."""
        if things:
            await self._count([(account, one, None, 0) for one in things])

    async def withhold(self, thing: str, opinion: str) -> bool:
        """Take one opinion away for good, its stars too; False when there is none."""
        name = f"{thing}/{opinion}"

        def work(tx: WriteTransaction) -> bool:
            found = tx.index_get(_VOTE + name) is not None
            if found:
                tx.index_put(_WITHHELD + name, b"")
            return found

        found = self._store.exists(COMMONS) and await Database(self._store, COMMONS).transact(work)
        if found:
            await self._show([thing])
        return found


def _votes(tx: ReadTransaction, thing: str) -> list[Vote]:
    decode = msgpack.Decoder(Vote).decode
    prefix, withheld = f"{_VOTE}{thing}/", f"{_WITHHELD}{thing}/"
    away = {key.removeprefix(withheld) for key, _ in tx.index_range(withheld)}
    return [decode(value) for key, value in tx.index_range(prefix) if key.removeprefix(prefix) not in away]


def _forget_votes(tx: WriteTransaction) -> None:
    for key, _ in tx.index_range(_VOTE):
        tx.index_delete(key)


def _vote(rating: Rating, digest: str, number: int) -> Vote:
    opinion = Opinion(digest, rating.stars, rating.text, rating.name, rating.lang, rating.at.strftime("%Y-%m"))
    return Vote(number, opinion)


def _read(document: Document | None) -> Rating | None:
    try:
        return RATING.read(document.as_dict()) if document else None
    except (InvalidDocumentError, UnknownVersionError):
        return None


def _digest(key: bytes, account: str, thing: str) -> str:
    return hmac.new(key, f"{account}/{thing}".encode(), hashlib.sha256).hexdigest()[:_DIGEST]


def _key(tx: WriteTransaction) -> bytes:
    key = tx.index_get(_KEY)
    if key is None:
        tx.index_put(_KEY, key := secrets.token_bytes(32))
    return key


def _owner(database: str) -> str:
    """Return whose own space this is; empty for every other space."""
    space = kind_of(database)
    return space[1] if space and space[0] is SpaceKind.PERSON else ""


def _thing(document_id: str) -> str:
    """Return what a rating is about; empty for what nobody can rate."""
    name = split_id(document_id)
    thing = name.key if name and name.type == RATING.name else ""
    kind, key = _parts(thing)
    return thing if kind in _RATED and key and "/" not in key else ""


def _parts(thing: str) -> tuple[str, str]:
    kind, _, key = thing.partition("~")
    return kind, key
