"""Lines of the audit as they are answered; the room of people answers those of a process in the same form."""

from typing import Any

from backend.accounts.queries import PAGE
from backend.accounts.schemas import AuditBody, AuditLineBody


def audit_page(rows: list[dict[str, Any]]) -> AuditBody:
    """Return a page of lines, with where the next one begins when this one is full."""
    lines = [AuditLineBody(**{name: row[name] for name in AuditLineBody.__struct_fields__}) for row in rows]
    return AuditBody(lines=lines, next=lines[-1].id if len(lines) == PAGE else None)
