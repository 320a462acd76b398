"""The model: what a server that keeps the promises holds after everything that reached it, in the order it came.

It hears each batch that reached the real server (once, twice, late, or with its answer lost) and says what the answer
must be; after any step it says what each person may see. It knows no stores, sequences, requests or faults.
"""

from collections import defaultdict
from copy import deepcopy
from dataclasses import dataclass, field

from simulation.rules import TASK, judge, readable
from simulation.tree import Content, Tree

from sync.hooks import ACCEPT, Hold, Refuse


@dataclass(frozen=True)
class Work:
    """One revision on its way: `path` is its history, newest first."""

    id: str
    path: tuple[str, ...]
    content: Content

    @property
    def rev(self) -> str:
        return self.path[0]

    @property
    def partition(self) -> str:
        return self.id.partition(":")[0]


_IN_A_BACKUP = ("documents", "brought", "held", "parents", "rescued")


@dataclass
class Truth:
    """Everything that was acknowledged; `grants` of each person are set by the house."""

    grants: dict[str, set[str]]
    documents: defaultdict[str, Tree] = field(default_factory=lambda: defaultdict(Tree))
    brought: dict[tuple[str, str], str] = field(default_factory=dict)
    held: dict[tuple[str, str, str], Work] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    rescued: set[tuple[str, str, str]] = field(default_factory=set)
    backup: dict[str, object] = field(default_factory=dict)

    def arrives(self, person: str, batch: list[Work]) -> set[tuple[str, str]]:
        """A batch reached the server; which `(id, revision)` must be refused."""
        reads = self._readable(person)
        return {(work.id, work.rev) for work in batch if isinstance(self._take(person, work, reads), Refuse)}

    def judges_again(self) -> set[str]:
        """What was held is judged again; whose work was refused then, and rescued by the server."""
        rescued: set[str] = set()
        for (person, *_), work in list(self.held.items()):
            verdict = self._take(person, work, self._readable(person))
            if not isinstance(verdict, Hold):
                del self.held[person, work.id, work.rev]
            if isinstance(verdict, Refuse):
                rescued.add(person)
                self.rescued.add((person, work.id, work.rev))
        return rescued

    def backs_up(self) -> None:
        """What is true now is kept for a restore."""
        self.backup = deepcopy({name: vars(self)[name] for name in _IN_A_BACKUP})

    def restores(self) -> None:
        """What was true at the last backup is true again, until devices bring back what came after it."""
        vars(self).update(deepcopy(self.backup))

    def sees(self, person: str) -> dict[str, Tree]:
        """What this person's devices hold after a sync: no less, no more."""
        partitions = self._readable(person)
        return {name: tree for name, tree in self.documents.items() if name.partition(":")[0] in partitions}

    def awaited(self, person: str) -> dict[str, set[str]]:
        """Revisions that only their sender may have, because the server keeps them back with what led to them."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for (who, name, _), work in self.held.items():
            if who == person:
                found[name].update(work.path)
        return found

    def _take(self, person: str, work: Work, reads: frozenset[str]) -> object:
        known = work.id in self.documents and work.rev in self.documents[work.id].parents
        if known and (work.partition in reads or self.brought.get((work.id, work.rev)) == person):
            return ACCEPT
        verdict = judge(person, self.grants[person], self.parents, work.id, work.content.body)
        if isinstance(verdict, Hold):
            self.held[person, work.id, work.rev] = work
        elif verdict == ACCEPT and not known:
            self.brought[work.id, work.rev] = person
            self.documents[work.id].add(list(work.path), work.content)
            self._follow(work.id)
        return verdict

    def _readable(self, person: str) -> frozenset[str]:
        return readable(person, self.grants[person], self.parents)

    def _follow(self, name: str) -> None:
        """Tasks lie where their winning revision says; a deleted one stays where it was."""
        winner = self.documents[name].winner()
        if name.startswith(TASK) and not winner.deleted:
            self.parents[name.removeprefix(TASK)] = str(winner.body["parent"])
