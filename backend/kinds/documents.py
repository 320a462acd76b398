"""Every kind there is. What does not stand here does not exist for the gate."""

from typing import Any, Final

from backend.kinds.checklist import CHECKLIST
from backend.kinds.discussion import DISCUSSION
from backend.kinds.file import FILE
from backend.kinds.link import LINK
from backend.kinds.page import PAGE
from backend.kit.types import DocumentType

TYPES: Final[tuple[DocumentType[Any], ...]] = (PAGE, CHECKLIST, DISCUSSION, FILE, LINK)
