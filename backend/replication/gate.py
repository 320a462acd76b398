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
  a device is part of that device's next one. For a revision that does not follow the winner, what its author changed
  and what that will change for everybody are judged, each for itself (`conflicts/domain/branch.py`).
- A deletion carries nothing but its id and revision, so it asks only who may delete.
- To what was removed nothing new is added, but what is there stays, and its authors may still delete it.
"""

from collections.abc import Mapping
from typing import Any

from backend.conflicts.domain.branch import changes, origin
from backend.conflicts.domain.merge import Content
from backend.kit.ids import KEY_LENGTH, DocumentId, split_id
from backend.kit.spaces import SpaceKind
from backend.kit.types import ENVELOPE, SETTLES, DocumentType, Merge, Partition, Who
from backend.people.access import Verb, may
from backend.processes.tree import PARENTS, Loop, Unknown, path
from backend.replication.case import Case, Surroundings, refuse
from backend.replication.form import well_formed, well_named
from sync.document import Document
from sync.hooks import ACCEPT, Hold, Refuse, Verdict


def judge(around: Surroundings, new: Document, stored: Document | None) -> Verdict:
    """Say whether `new` may be written over the winner `stored` (None: never seen)."""
    name = split_id(new.id)
    declaration = around.types.get(name.type) if name else None
    if name is None or declaration is None or around.sender.kind not in declaration.spaces:
        return refuse(around.sender.language, "undeclared")
    if around.erased(new.id):
        return refuse(around.sender.language, "erased")
    case = Case(around, name, declaration, new, stored)
    return well_formed(case) or _authorship(case) or _place(case) or _right(case)


def open_to(around: Surroundings, partition: str, kind: str) -> DocumentType[Any] | None:
    """Return the declaration of a type when the sender may add any well-formed new document of it to this partition.

    None says nothing: each document is then judged by itself. Items of the tree are, for much hangs on their keys.
    """
    declaration = around.types.get(kind)
    if declaration is None or kind in PARENTS or around.sender.kind not in declaration.spaces:
        return None
    name = DocumentId(partition, kind, "0" * KEY_LENGTH)
    case = Case(around, name, declaration, Document(str(name), ("1-",)), None)
    open_ = well_named(case) and Who.SERVER not in declaration.edit and _place(case) is None and _right(case) == ACCEPT
    return declaration if open_ else None


def _place(case: Case) -> Verdict | None:
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


def _under_its_parent(case: Case) -> Verdict | None:
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


def _removed(case: Case, way: tuple[str, ...]) -> bool:
    nodes = (case.around.lookup(item) for item in way[1:])
    return any(node is not None and node.gone for node in nodes)


def _authorship(case: Case) -> Verdict | None:
    """Whether the sender signs with their own name, and leaves the author's as it is. A person's space has one hand."""
    if case.new.deleted or case.sender.kind is SpaceKind.PERSON:
        return None
    if Who.SERVER in case.declaration.edit:
        return case.refuse("reserved")
    honest = case.new.content["by"] == case.sender.id and case.new.content["author"] in _authors(case)
    return None if honest else case.refuse("author")


def _authors(case: Case) -> set[str]:
    """Return whose it may be: its author's; the sender's when it is new; either's when it comes back from deletion."""
    if case.alive is not None:
        return {case.alive.content.get("author", "")}
    history = case.around.history(case.new.id) if case.stored else None
    begun = origin(history, case.new) if history else None
    return {case.sender.id, begun.content["author"]} if begun else {case.sender.id}


def _right(case: Case) -> Verdict:
    if case.alive is None:
        verdict = _allowed(case, case.declaration.create, "create")
        anothers = case.stored and not case.new.deleted and case.new.content["author"] != case.sender.id
        return _allowed(case, case.declaration.edit, "edit") if anothers and verdict == ACCEPT else verdict
    if case.new.deleted:
        return _allowed(case, case.declaration.delete, "delete")
    own, *effect = _changes(case, case.alive)
    verdict = _may_change(case, own)
    if verdict != ACCEPT:
        return verdict
    return next((no for one in effect if one and (no := _may_change(case, one)) != ACCEPT), ACCEPT)


def _changes(case: Case, winner: Document) -> list[set[str]]:
    """Return the members that the sender changed, and those that will be changed for everybody, if these differ."""
    if winner.rev in case.new.path:
        return [_differing(case, winner.content, case.new.content)]
    history = case.around.history(case.new.id)
    if history is None:
        return [_differing(case, winner.content, case.new.content)]
    return [_differing(case, before, after) for before, after in changes(history, winner, case.new)]


def _differing(case: Case, before: Content, after: Content) -> set[str]:
    old, new = case.declaration.current(before), case.declaration.current(after)
    return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)} - _SIGNED


def _may_change(case: Case, changed: set[str]) -> Verdict:
    if any(name in changed and one.merge is Merge.FIXED for name, one in case.declaration.members.items()):
        return case.refuse("edit")
    verdict = _allowed(case, case.declaration.edit, "edit")
    if not isinstance(verdict, Refuse):
        return verdict
    alone = [_allowed(case, who, "edit") for who in _who_alone(case, changed)]
    return next((one for one in alone if one != ACCEPT), ACCEPT)


def _who_alone(case: Case, changed: set[str]) -> list[frozenset[Who]]:
    """Return who may change each of these members alone.

    When two people say the same («finished»), the second one's revision changes nothing; who might have changed
    something may say it again.
    """
    members = case.declaration.members
    if not changed:
        return [frozenset[Who]().union(*(one.edit for one in members.values()))]
    return [members[name].edit if name in members else frozenset() for name in changed]


def _allowed(case: Case, who: frozenset[Who], word: str) -> Verdict:
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


_SIGNED = ENVELOPE.keys() - {SETTLES}
"""What every revision says anew, and so is no change."""
_ON_THE_TREE: Mapping[Who, Verb] = {
    Who.ACCESS: Verb.ACCESS,
    Who.CREATE: Verb.CREATE,
    Who.DELETE: Verb.DELETE,
}


def _is(case: Case, who: Who) -> bool:
    sender = case.sender
    match who:
        case Who.ADMINISTRATOR:
            return sender.standing.administrator and sender.standing.member is not None
        case Who.MEMBER:
            return sender.standing.member is not None
        case Who.AUTHOR:
            return case.alive is not None and case.alive.content.get("author") == sender.id
        case Who.CONTACT:
            return case.alive is not None and case.alive.content.get("contact") == sender.id
        case Who.ACCOUNT:
            return sender.kind is SpaceKind.PERSON and sender.id == sender.owner
        case _:
            return False
