"""The gate: may this revision be written? Pure: the same arguments give the same verdict.

Each document is judged by itself, from its type's declaration, the stored winner, the sender's standing and the tree:

    known type? ▸ not erased? ▸ right form? ▸ own name? ▸ known place? ▸ the right to create, edit or delete?
     refuse        refuse        refuse        refuse      HOLD            refuse

- A *lasting no* (`Refuse`) ends the matter, so it is said only when nothing that may still arrive can change it.
- The order of arrival must not matter (PouchDB sends «contribution» before «its task» whenever the task was touched
  again). So what hangs on an item that is not known yet is held, and judged again when that item comes.
- A newer version of a type than this server knows is held too: it comes from a device that is ahead of a server that
  was set back, and the next start with a newer program judges it. A refusal would throw good work away; a passing no
  would block everything else on that device.
- Members that a type does not know are kept, for the same reason; they take part in every comparison.
- The whole difference between the stored and the new version counts, not the last edit: a refused edit that stayed on
  a device is part of that device's next one.
- A deletion carries nothing but its id and revision, so it asks only who may delete.
- To what was removed nothing new is added, but what is there stays, and its authors may still delete it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from backend.kit.ids import DocumentId, is_ulid, split_id
from backend.kit.spaces import ALL, SpaceKind
from backend.kit.texts import say
from backend.kit.types import (
    ENVELOPE,
    DocumentType,
    DocumentTypes,
    InvalidDocumentError,
    Merge,
    Partition,
    Who,
)
from backend.people.access import Standing, Verb, may
from backend.processes.tree import PARENTS, Lookup, Loop, Unknown, path
from sync.document import Document
from sync.hooks import ACCEPT, Hold, Refuse, Verdict

LONGEST_KEY = 500
"""Characters of a key that a person's device made; ULIDs have 26."""


class Sender(Struct, frozen=True):
    """Who sent a revision, into which kind of space, and what they may do there."""

    kind: SpaceKind
    owner: str
    """Id of the process or of the account whose space this is; empty for the commons."""
    id: str
    """Member id in a process, account id elsewhere; empty for nobody."""
    standing: Standing
    language: str


class Surroundings(Struct, frozen=True):
    """What the gate sees besides the two versions."""

    types: DocumentTypes
    sender: Sender
    lookup: Lookup
    erased: Callable[[str], bool]
    """The erasure ledger: ids that must never come back."""


class _Case(Struct, frozen=True):
    around: Surroundings
    name: DocumentId
    declaration: DocumentType[Any]
    new: Document
    stored: Document | None

    @property
    def sender(self) -> Sender:
        return self.around.sender

    @property
    def alive(self) -> Document | None:
        """The stored winner unless it is a deletion."""
        return self.stored if self.stored is not None and not self.stored.deleted else None

    def refuse(self, word: str, **values: Any) -> Refuse:
        return _refuse(self.sender.language, word, **values)


def judge(around: Surroundings, new: Document, stored: Document | None) -> Verdict:
    """Say whether `new` may be written over the winner `stored` (None: never seen)."""
    name = split_id(new.id)
    declaration = around.types.get(name.type) if name else None
    if name is None or declaration is None or around.sender.kind not in declaration.spaces:
        return _refuse(around.sender.language, "undeclared")
    if around.erased(new.id):
        return _refuse(around.sender.language, "erased")
    case = _Case(around, name, declaration, new, stored)
    return _form(case) or _authorship(case) or _place(case) or _right(case)


def _refuse(language: str, word: str, **values: Any) -> Refuse:
    return Refuse(word, say(f"refused.{word}", language, **values))


def _form(case: _Case) -> Verdict | None:
    """Whether the document looks like its type; None when it does."""
    wrong = _wrong_member(case)
    if wrong:
        return case.refuse("shape", member=wrong)
    ahead = max((one.content.get("v", 0) for one in (case.new, case.alive) if one), default=0)
    if ahead > case.declaration.version:
        return Hold(newer(case.name.type, ahead))
    if not case.new.deleted:
        try:
            case.declaration.read(case.new.as_dict())
        except InvalidDocumentError as error:
            return case.refuse("shape", member=_where(error))
    return None


def _wrong_member(case: _Case) -> str | None:
    """Return the first member of the envelope that cannot be."""
    content = case.new.content
    version = content.get("v")
    wrong = {
        "_id": not _well_named(case),
        "_attachments": bool(case.new.attachments),
        "_deleted": case.new.deleted and bool(content),
        "type": not case.new.deleted and content.get("type") != case.name.type,
        "v": not case.new.deleted and (not isinstance(version, int) or isinstance(version, bool) or version < 1),
    }
    return next((name for name, found in wrong.items() if found), None)


def newer(kind: str, version: int) -> str:
    """Return what a document of a version we do not know waits for."""
    return f"{kind} v{version}"


def _where(error: InvalidDocumentError) -> str:
    """Return the member that msgspec's message speaks of, for a sentence that a person reads."""
    message = str(error)
    _, found, place = message.partition(" - at `$.")
    return place.rstrip("`") if found else message.rpartition("field ")[2].strip("`")


def _well_named(case: _Case) -> bool:
    partition, kind, key = case.name
    owner = case.sender.owner
    match case.declaration.partition:
        case Partition.ALL:
            placed = partition == ALL
        case Partition.ITEM:
            placed = partition == owner or is_ulid(partition)
        case Partition.TEAM:
            placed = partition.removeprefix("team-") in case.sender.standing.teams
        case Partition.ADMIN:
            placed = partition == "admin"
        case Partition.OWN:
            placed = partition == f"own-{case.sender.id}"
    if kind == SpaceKind.PROCESS:
        return placed and key == owner
    return placed and (is_ulid(key) or (case.sender.kind is not SpaceKind.PROCESS and len(key) <= LONGEST_KEY))


def _place(case: _Case) -> Verdict | None:
    """Whether what the document hangs on is known and fits; None when it does."""
    if case.name.type in PARENTS:
        return _under_its_parent(case)
    if case.declaration.partition is not Partition.ITEM:
        return None
    way = path(case.sender.owner, case.name.partition, case.around.lookup)
    if isinstance(way, Unknown):
        return Hold(way.id)
    if isinstance(way, tuple) and not case.new.deleted and _removed(case, way):
        return case.refuse("gone")
    return None


def _under_its_parent(case: _Case) -> Verdict | None:
    here = case.around.lookup(case.name.key)
    if here is not None and here.type != case.name.type:
        return case.refuse("shape", member="_id")
    if case.new.deleted:
        return None
    parent = case.new.content["parent"]
    way = path(case.sender.owner, parent, case.around.lookup)
    if isinstance(way, Unknown):
        return Hold(way.id)
    node = case.around.lookup(parent)
    kind = "process" if parent == case.sender.owner else node and node.type
    return None if kind == PARENTS[case.name.type] else case.refuse("shape", member="parent")


def _removed(case: _Case, way: tuple[str, ...]) -> bool:
    nodes = (case.around.lookup(item) for item in way[1:])
    return any(node is not None and node.gone for node in nodes)


def _authorship(case: _Case) -> Verdict | None:
    """Whether the sender signs with their own name, and leaves the author's as it is. A person's space has one hand."""
    if case.new.deleted or case.sender.kind is SpaceKind.PERSON:
        return None
    author = case.alive.content.get("author") if case.alive else case.sender.id
    if Who.SERVER in case.declaration.edit:
        return case.refuse("reserved")
    honest = case.new.content["by"] == case.sender.id and case.new.content["author"] == author
    return None if honest else case.refuse("author")


def _right(case: _Case) -> Verdict:
    if case.alive is None:
        return _allowed(case, case.declaration.create, "create")
    if case.new.deleted:
        return _allowed(case, case.declaration.delete, "delete")
    before = case.declaration.current(case.alive.content)
    after = case.declaration.current(case.new.content)
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)} - set(ENVELOPE)
    members = {name: case.declaration.members.get(name) for name in changed}
    if any(one is not None and one.merge is Merge.FIXED for one in members.values()):
        return case.refuse("edit")
    verdict = _allowed(case, case.declaration.edit, "edit")
    if isinstance(verdict, Refuse) and changed:
        alone = [_allowed(case, one.edit if one else frozenset(), "edit") for one in members.values()]
        return next((one for one in alone if one != ACCEPT), ACCEPT)
    return verdict


def _allowed(case: _Case, who: frozenset[Who], word: str) -> Verdict:
    """Accept when the sender is any of `who`."""
    if any(_is(case, one) for one in who - _ON_THE_TREE.keys()):
        return ACCEPT
    asked = [_ON_THE_TREE[one] for one in who if one in _ON_THE_TREE]
    if asked:
        item = case.name.key if case.name.type in PARENTS else case.name.partition
        way = path(case.sender.owner, item, case.around.lookup)
        if isinstance(way, Unknown):
            return Hold(way.id)
        if any(may(case.sender.standing, verb, () if isinstance(way, Loop) else way) for verb in asked):
            return ACCEPT
    return case.refuse(word)


_ON_THE_TREE: Mapping[Who, Verb] = {Who.CREATE: Verb.CREATE, Who.DELETE: Verb.DELETE}


def _is(case: _Case, who: Who) -> bool:
    sender = case.sender
    match who:
        case Who.ADMINISTRATOR:
            return sender.standing.administrator and sender.standing.member is not None
        case Who.MEMBER:
            return sender.standing.member is not None
        case Who.AUTHOR:
            return case.alive is not None and case.alive.content.get("author") == sender.id
        case Who.ACCOUNT:
            return sender.kind is SpaceKind.PERSON and sender.id == sender.owner
        case _:
            return False
