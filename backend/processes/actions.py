"""What people do to whole processes."""

from datetime import datetime

from backend.accounts.domain import Person
from backend.catalogue.documents import SCHEMA
from backend.kit import errors
from backend.kit.errors import Problem
from backend.kit.ids import new_owner_id, new_ulid
from backend.kit.spaces import ALL, COMMONS, SpaceKind, Spaces, space_of
from backend.people.actions import found_process
from backend.people.mirror import mirror_rights
from backend.processes.schemas import StartedProcess, StartProcess
from backend.processes.templates import Template


async def start_process(spaces: Spaces, founder: Person, wanted: StartProcess, at: datetime) -> StartedProcess:
    """Start a process from a schema; the founder administers it. Raises Problem when there is no such schema.

    The tree is written before the rows. Until they are there nobody can open the space: half a process is never seen.
    """
    stored = await spaces.read(COMMONS, f"{ALL}:{SCHEMA.name}:{wanted.schema}")
    if stored is None:
        raise Problem(errors.INVALID_REQUEST, reason=f"there is no schema {wanted.schema}")
    schema = SCHEMA.read(stored)
    process = new_owner_id(at.timestamp())
    space = space_of(SpaceKind.PROCESS, process)
    template = Template(process, wanted.language, at, lambda: new_ulid(at.timestamp()))
    await spaces.create(space)
    await spaces.write(space, [template.root(wanted.name, schema, wanted.schema), *template.tree(schema)])
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
    return StartedProcess(process, space)
