"""What people do to whole processes."""

from contextlib import suppress
from datetime import datetime

from backend.accounts.domain import Person
from backend.catalogue.documents import SCHEMA, Schema
from backend.kit import errors
from backend.kit.errors import Problem
from backend.kit.ids import derived_ulid, new_ulid, ulids_from
from backend.kit.spaces import ALL, COMMONS, SpaceKind, Spaces, space_of
from backend.people.actions import AlreadyFoundedError, found_process
from backend.people.mirror import mirror_rights
from backend.people.queries import process_exists
from backend.processes.schemas import StartedProcess, StartProcess
from backend.processes.templates import MAX_ITEMS, Template, items_in


async def start_process(spaces: Spaces, founder: Person, wanted: StartProcess, at: datetime) -> StartedProcess:
    """Start a process from a schema, or empty; the founder administers it.

    Raises Problem when there is no such schema, or when it is larger than a process may begin with.
    The tree is written before the rows. Until they are there nobody can open the space: half a process is never seen.
    All its ids follow from the founder and the attempt: tried again it is the same process, also after half of one.
    """
    attempt = wanted.attempt or new_ulid(at.timestamp())
    process = derived_ulid(attempt, founder.id).lower()
    started = StartedProcess(process, space := space_of(SpaceKind.PROCESS, process))
    if await process_exists(process):
        return started
    schema = await _schema(spaces, wanted.schema) if wanted.schema is not None else None
    items = ulids_from(derived_ulid(attempt, f"items of {founder.id}"))
    template = Template(process, wanted.language, at, lambda: next(items))
    tree = template.tree(schema) if schema else ()
    await spaces.create(space)
    await spaces.write(space, [template.root(wanted.name, wanted.aim.strip(), schema), *tree])
    with suppress(AlreadyFoundedError):  # by the attempt before this one, at this very moment
        await found_process(
            process=process,
            account=founder.id,
            team_name=wanted.name,
            team_kind=wanted.team_kind,
            name=founder.name,
            now=at,
            language=wanted.language,
        )
    await mirror_rights(spaces, process, at)
    return started


async def _schema(spaces: Spaces, key: str) -> Schema:
    stored = await spaces.read(COMMONS, f"{ALL}:{SCHEMA.name}:{key}")
    if stored is None:
        raise Problem(errors.UNKNOWN_SCHEMA)
    schema = SCHEMA.read(stored)
    if items_in(schema) > MAX_ITEMS:
        raise Problem(errors.SCHEMA_TOO_LARGE, limit=MAX_ITEMS)
    return schema
