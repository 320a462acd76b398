from pathlib import Path

from backend.replication.registry import TYPES
from backend.replication.typescript import module

DOCUMENTS = Path(__file__).parents[3] / "pwa/src/lib/model/documents.ts"


def test_the_types_of_the_pwa_are_those_of_the_backend() -> None:
    assert DOCUMENTS.read_text() == module(TYPES), (
        "run: python -m backend.replication.typescript > pwa/src/lib/model/documents.ts"
    )
