"""The commons of a real house, as a test of the importer looks at them."""

from pathlib import Path
from typing import Any

from backend.catalogue.actions import Counts, import_catalogue
from backend.catalogue.documents import TYPES
from backend.house import House
from backend.kit.spaces import ALL, COMMONS


class Commons:
    """Import into them, look what they hold."""

    def __init__(self, house: House) -> None:
        self._files = house.settings.data / "files"
        self._store = house.store
        self.spaces = house.spaces

    async def take(self, folder: Path) -> Counts:
        """Import a folder without showing progress."""
        return await import_catalogue(folder, self.spaces, lambda *_: None)

    async def documents(self) -> dict[str, dict[str, Any]]:
        """All documents of the catalogue by id."""
        return {one["_id"]: one for kind in TYPES for one in await self.spaces.list(COMMONS, ALL, kind.name)}

    async def document(self, kind: str, key: str) -> dict[str, Any]:
        found = await self.spaces.read(COMMONS, f"all:{kind}:{key}")
        assert found is not None, f"no {kind} {key}"
        return found

    def files(self) -> set[str]:
        """Digests of the files that lie in the commons."""
        return {one.name for one in self._files.rglob("*") if one.is_file()}

    @property
    def untouched(self) -> bool:
        """Whether nothing was ever written here."""
        return self._store.number == 0 and self._store.names() == [] and not self.files()
