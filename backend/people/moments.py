"""When something was made, from its id: a ULID begins with the moment in milliseconds."""

from datetime import UTC, datetime

from ulid import ULID


def made_at(identifier: str) -> datetime:
    """Return when a thing was made, in whole seconds."""
    return datetime.fromtimestamp(int(ULID.from_str(identifier.upper()).timestamp), UTC)
