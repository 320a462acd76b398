"""Do the ids fit together? Nothing is there twice, and every problem profile that is named exists."""

from collections.abc import Iterable, Iterator

from backend.catalogue.domain.importer.found import Found, FoundSchema
from backend.catalogue.domain.importer.problem import CatalogueError


def check_references(found: Found) -> None:
    """Raise CatalogueError for an id that two of a kind have, and for a problem profile that nobody describes."""
    _once((one.file, one.raw.id) for one in found.profiles)
    _once((one.file, one.raw.id) for one in found.interlinkers)
    _once((one.file, one.raw.id) for one in found.schemas)
    known = {one.raw.id for one in found.profiles}
    named = [
        (one.file, "problemprofiles", profile) for one in found.interlinkers for profile in one.raw.problemprofiles
    ]
    for schema in found.schemas:
        named.extend(_named(schema))
    for file, field, profile in named:
        if profile not in known:
            raise CatalogueError(file, field, f"«{profile}» is not among the problem profiles")


def _once(ids: Iterable[tuple[str, str]]) -> None:
    first: dict[str, str] = {}
    for file, identifier in ids:
        if identifier in first:
            raise CatalogueError(file, "id", f"«{identifier}» is the id of {first[identifier]} too")
        first[identifier] = file


def _named(schema: FoundSchema) -> Iterator[tuple[str, str, str]]:
    for phase in schema.phases:
        for objective in phase.raw.objectives:
            for item in (objective, *objective.tasks):
                yield from ((phase.file, f"«{item.id}».problemprofiles", one) for one in item.problemprofiles)
