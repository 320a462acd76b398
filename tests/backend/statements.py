"""The statements that are sent to the rows, whatever engine they lie in: what something costs is counted, not timed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from backend.accounts.tables import Account


@contextmanager
def statements() -> Iterator[list[str]]:
    """Note the beginning of each statement that is sent inside the block."""
    sent: list[str] = []
    engine = type(Account._meta.db)
    run = engine.run_querystring

    async def noting(self: Any, querystring: Any, *given: Any, **named: Any) -> Any:
        sent.append(str(querystring.template)[:80])
        return await run(self, querystring, *given, **named)

    with pytest.MonkeyPatch.context() as watched:
        watched.setattr(engine, "run_querystring", noting)
        yield sent
