"""What becomes of a document with several leaves: the revisions that the server adds to its tree.

    1-a ┬ 2-x ── 3-M      M = merge(1-a; 2-x, 2-y), named by a digest of (2-x, 2-y, what it says); follows the greater
        └ 2-y ── 3-y†     each other version is closed by a deletion, its name made of 2-y and 3-M

Everything here is made of the tree and the bodies alone: no clock, no chance, nothing of the server. So two servers
that hold the same leaves add the same revisions, and when they tell each other, there is nothing to add. Servers that
held different leaves each add their own; after an exchange both hold the same again, with fewer living leaves.

**Which ones.** The greatest leaf takes with it all that merge with it, one after the other in the order of the tree's
own winner; then the next greatest does. What is left contradicts each other pair by pair: hard conflicts, kept whole.

**A choice.** Who chose between versions wrote one more, after the winner, that names the others it lays aside
(`settles`). They are closed as merged ones are, so the choice follows all of them, and a phone that went on from one of
them finds its true ancestor. Two who chose differently while apart both follow the same versions: the one who kept the
winner as it was changed nothing against it, so the other's choice stands, and all have one record again.

**A deletion** stands against versions that changed only what people may change who may not make the document (the
status of a task): who deleted the task did not mean «unless somebody says it is finished», and such a change could not
bring it back had it come later (the gate). Against everything else the living version stands: nothing that somebody
saved is lost unless they delete it. A deletion that closes one version of a conflict says nothing about the others.
"""

from collections.abc import Callable, Iterator, Sequence
from hashlib import md5
from typing import Any, cast

import msgspec
from msgspec import Struct

from backend.conflicts.domain.ancestry import Ancestry, closing
from backend.conflicts.domain.merge import Content, Hard, Merged, Version, differing, merge
from backend.kit.types import SETTLES, DocumentType, UnknownVersionError
from sync.document import Document
from sync.revision import generation
from sync.revtree import RevTree

CONSIDERED = 20
"""Living leaves that are looked at together; when some have merged, the next ones come."""
_ENCODE = msgspec.json.Encoder(order="deterministic").encode

Said = Callable[[str], Content | None]
"""What a revision says; None when its content is not here."""


class History(Struct, frozen=True):
    """All that is known of one document: its declaration, its tree, and the contents that are here."""

    id: str
    declaration: DocumentType[Any]
    tree: RevTree
    said: Said


def settled(history: History) -> list[Document]:
    """Return the next revisions to add, a merge or deletions with their paths; nothing when all is settled."""
    tree, living = history.tree, _living(history.tree)
    if not living:
        return []
    ancestry = Ancestry(tree)
    chosen = list(_laid_aside(history, ancestry, living))
    if chosen:
        return chosen
    final = _final_deletion(history, ancestry, living)
    if final:
        return [_closed(history, leaf, final) for leaf in living]
    for position, leaf in enumerate(living):
        group, content = _group(history, ancestry, leaf, living[position + 1 :])
        if content is not None:
            return list(_merged(history, group, content))
    return []


def contradicting(history: History) -> tuple[str, ...]:
    """Return the members in which the living leaves contradict the winner; empty when there is no conflict."""
    living, ancestry = _living(history.tree), Ancestry(history.tree)
    found: set[str] = set()
    for leaf in living[1:]:
        outcome = joined(history, ancestry, [living[0], leaf])
        found |= set(outcome.members) if isinstance(outcome, Hard) else set()
    return tuple(sorted(found))


def joined(history: History, ancestry: Ancestry, revisions: Sequence[str]) -> Merged | Hard:
    """Merge these revisions of the document; hard too when the content of one of them is not here."""
    versions = [Version(one, said) for one in revisions if (said := history.said(one)) is not None]
    if len(versions) < len(revisions):
        return Hard(())
    nearest = ancestry.nearest(revisions)
    base = history.said(nearest) if nearest and not history.tree.nodes[nearest].deleted else None
    return merge(history.declaration, base, versions)


def _living(tree: RevTree) -> list[str]:
    return [leaf for leaf in tree.leaves() if not tree.nodes[leaf].deleted][:CONSIDERED]


def _laid_aside(history: History, ancestry: Ancestry, living: Sequence[str]) -> Iterator[Document]:
    """Yield a closing for each version that a person laid aside for one of these.

    The greatest goes first, and what it closes chooses nothing any more: two that lay each other aside leave one.
    """
    tree, gone = history.tree, set[str]()
    for leaf in living:
        for one in [] if leaf in gone else _named(history.said(leaf)):
            if one in tree and not tree.nodes[one].deleted and _apart(ancestry, leaf, one):
                gone.add(one)
                yield _closed(history, one, leaf)


def _named(choice: Content | None) -> list[str]:
    """Return the revisions that a version lays aside; before the member was declared it might hold anything."""
    named = (choice or {}).get(SETTLES)
    return list(dict.fromkeys(str(one) for one in cast("list[Any]", named))) if isinstance(named, list) else []


def _apart(ancestry: Ancestry, one: str, other: str) -> bool:
    """Whether neither follows the other, by edits, merges or choices."""
    return other not in ancestry.of(one) and one not in ancestry.of(other)


def _group(
    history: History, ancestry: Ancestry, first: str, others: Sequence[str]
) -> tuple[list[str], dict[str, Any] | None]:
    """Return `first` with those of the others that merge with it, and what they become; None: it stays alone."""
    group, content = [first], None
    for leaf in others:
        outcome = joined(history, ancestry, [*group, leaf])
        if isinstance(outcome, Merged):
            group, content = [*group, leaf], outcome.content
    return group, content


def _merged(history: History, group: Sequence[str], content: dict[str, Any]) -> Iterator[Document]:
    first, *others = group
    body = _ENCODE(content)
    digest = md5("\0".join(sorted(group)).encode() + b"\0" + body, usedforsecurity=False).hexdigest()
    name = f"{generation(first) + 1}-{digest}"
    yield Document(history.id, (name, *history.tree.path(first)), deleted=False, body=body, decoded=content)
    for leaf in others:
        yield _closed(history, leaf, name)


def _closed(history: History, leaf: str, into: str) -> Document:
    return Document(history.id, (closing(leaf, into), *history.tree.path(leaf)), deleted=True)


def _final_deletion(history: History, ancestry: Ancestry, living: Sequence[str]) -> str | None:
    """Return the deletion that stands against all living leaves, if there is one."""
    tree = history.tree
    for leaf in tree.leaves():
        node = tree.nodes[leaf]
        before = history.said(node.parent) if node.deleted and node.parent else None
        if (
            node.parent
            and before is not None
            and leaf not in ancestry.closings
            and all(_unaware(tree, one, node.parent) and _slight(history, before, history.said(one)) for one in living)
        ):
            return leaf
    return None


def _unaware(tree: RevTree, leaf: str, deleted: str) -> bool:
    """Whether a leaf follows the deleted revision without any deletion in between: who restores knows of one."""
    path = tree.path(leaf)
    return deleted in path and not any(tree.nodes[one].deleted for one in path[: path.index(deleted)])


def _slight(history: History, before: Content, after: Content | None) -> bool:
    """Whether a version changed only what people may change who may not make the document."""
    if after is None:
        return False
    members = history.declaration.members
    try:
        changed = differing(history.declaration, [before, after])
    except UnknownVersionError:
        return False
    return all(name in members and members[name].edit for name in changed)
