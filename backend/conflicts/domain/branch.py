"""What a revision changes that does not follow the winner: somebody was offline while others went on.

Compared with the winner, a phone that said «finished» while an administrator renamed the task would also take the new
name back. Compared with where its author began, it changes the status alone, and the merge takes nothing else from it.
So two questions take the place of one, and the sender must be allowed both:

    own     what its author changed: the newest revision it follows whose content is here ▸ the new one
    effect  what everybody will see changed: the winner ▸ winner and new one merged

*Own* alone would let somebody go on from a version that was given up long ago and bring back what others wrote there,
with nothing but a status of their own. *Effect* alone would let a change in that loses against this winner but would
win elsewhere. Where the two do not merge, the effect is the whole difference to the winner: a branch may win by its
mere length, which its sender chooses. Where nothing it follows is here any more, the same.

A revision that follows a living leaf is an edit of that version and is compared with it alone.
"""

from collections.abc import Iterator

from backend.conflicts.domain.ancestry import Ancestry
from backend.conflicts.domain.merge import Content, Merged, Version
from backend.conflicts.domain.settlement import History, joined
from sync.document import Document
from sync.revtree import Node, RevTree

Change = tuple[Content, Content]
"""Before and after."""


def changes(history: History, winner: Document, new: Document) -> Iterator[Change]:
    """Yield the changes by which `new` is to be judged; `winner` is alive and `new` does not follow it."""
    begun = origin(history, new)
    if begun is None:
        yield winner.content, new.content
        return
    yield begun.content, new.content
    known = next(one for one in new.path[1:] if one in history.tree)
    if begun.rev != known or known not in history.tree.leaves():
        yield winner.content, _effect(history, winner, new)


def origin(history: History, new: Document) -> Version | None:
    """Return the newest version that `new` goes on from and whose content is here, deletions left out."""
    nodes = history.tree.nodes
    for one in new.path[1:]:
        if one in nodes and not nodes[one].deleted and (said := history.said(one)) is not None:
            return Version(one, said)
    return None


def _effect(history: History, winner: Document, new: Document) -> Content:
    tree = RevTree({rev: Node(node.parent, node.deleted, node.body) for rev, node in history.tree.nodes.items()})
    tree.merge(new.path)

    def said(revision: str) -> Content | None:
        return new.content if revision == new.rev else history.said(revision)

    with_new = History(history.id, history.declaration, tree, said)
    outcome = joined(with_new, Ancestry(tree), [winner.rev, new.rev])
    return outcome.content if isinstance(outcome, Merged) else new.content
