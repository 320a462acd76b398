"""Our own catalogue in four languages, in the form of the original: `actions.import_catalogue` reads both alike."""

from pathlib import Path
from typing import Final

OWN_CONTENT: Final = Path(__file__).parent
