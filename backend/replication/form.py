"""Whether a document has the form of its type: its id, its envelope, its members."""

from backend.kit.ids import is_ulid
from backend.kit.spaces import ALL
from backend.kit.types import InvalidDocumentError, Partition
from backend.replication.case import Case
from sync.hooks import Hold, Verdict


def well_formed(case: Case) -> Verdict | None:
    """Whether the document looks like its type; None when it does."""
    wrong = _wrong_member(case)
    if wrong:
        return case.refuse("shape", member=wrong)
    if case.new.deleted:
        return None
    ahead = max(one.content["v"] for one in (case.new, case.alive) if one)
    if ahead > case.declaration.version:
        return Hold(newer(case.name.type, ahead))
    try:
        case.declaration.read(case.new.as_dict())
    except InvalidDocumentError as error:
        return case.refuse("shape", member=_where(error))
    astray = case.declaration.elsewhere(case.name.partition, case.new.content)
    return case.refuse("shape", member=astray) if astray else None


def _wrong_member(case: Case) -> str | None:
    """Return the first member of the envelope that cannot be."""
    content = case.new.content
    version = content.get("v")
    if not well_named(case):
        return "_id"
    if case.new.attachments:
        return "_attachments"
    if case.new.deleted:
        return "_deleted" if content else None
    if content.get("type") != case.name.type:
        return "type"
    return None if type(version) is int and version >= 1 else "v"


def newer(kind: str, version: int) -> str:
    """Return what a document of a version we do not know waits for."""
    return f"{kind} v{version}"


def _where(error: InvalidDocumentError) -> str:
    """Return the member that msgspec's message speaks of, for a sentence that a person reads."""
    message = str(error)
    _, found, place = message.partition(" - at `$.")
    return place.rstrip("`") if found else message.rpartition("field ")[2].strip("`")


def well_named(case: Case) -> bool:
    """Whether the id's partition and key are such as the type has them."""
    partition, _, key = case.name
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
    author = None if case.new.deleted else str(case.new.content.get("author", ""))
    return placed and case.declaration.key.fits(key, owner=owner, author=author)
