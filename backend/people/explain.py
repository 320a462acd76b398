"""Why somebody may do something on an item, or may not: the grants that speak of it, and which of them decide. Pure."""

from collections.abc import Iterator

from msgspec import Struct

from backend.people.access import Grant, Path, Standing, Verb, may


class Reason(Struct, frozen=True):
    """One grant of one of the person's teams that speaks of one verb on the item."""

    team: str
    target: str | None
    verb: Verb
    allows: bool
    decides: bool
    """Whether it is one of the deepest ones, which decide; of several those that say what came out."""


def explain(standing: Standing, path: Path) -> list[Reason]:
    """Return every grant that speaks of the item at the end of `path`, from the process down, verb by verb.

    Nothing decides for an administrator, who may everything, and for an item without a path.
    """
    if standing.member is None or not path:
        return []
    depths = {None: 0} | {item: depth for depth, item in enumerate(path)}
    spoken = [one for one in standing.grants if one.team in standing.teams and one.target in depths]
    return [reason for verb in Verb for reason in _of(standing, path, verb, spoken, depths)]


def _of(
    standing: Standing, path: Path, verb: Verb, spoken: list[Grant], depths: dict[str | None, int]
) -> Iterator[Reason]:
    deepest = max((depths[one.target] for one in spoken), default=0)
    result = may(standing, verb, path)
    for one in sorted(spoken, key=lambda grant: (depths[grant.target], grant.team)):
        allows = one.allows(verb)
        decides = not standing.administrator and depths[one.target] == deepest and allows is result
        yield Reason(one.team, one.target, verb, allows, decides)
