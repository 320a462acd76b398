"""The pictures of a catalogue: looked at and digested before the first write, kept afterwards."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from backend.catalogue.domain.importer.picture import MAX_PICTURE, look_at
from backend.kit.spaces import ALL, COMMONS, Spaces


class Pictures:
    """The pictures that documents refer to, each once, and how many we could not take."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, bytes]] = {}
        self.left_out = 0

    def __len__(self) -> int:
        return len(self._kept)

    def take(self, path: Path) -> dict[str, Any] | None:
        """Return the reference to a picture; None (and counted) when it is no PNG or JPEG of a size we take."""
        content = path.read_bytes() if path.stat().st_size <= MAX_PICTURE else b""
        picture = look_at(content)
        if picture is None:
            self.left_out += 1
            return None
        digest = hashlib.sha256(content).hexdigest()
        self._kept[digest] = (picture.media_type, content)
        return {
            "sha256": digest,
            "type": picture.media_type,
            "size": len(content),
            "name": path.name,
            "width": picture.width,
            "height": picture.height,
        }

    async def keep(self, spaces: Spaces, progress: Callable[[int, int], None]) -> None:
        """Put all pictures into the commons; `progress` is told how many are done, and of how many."""
        for done, (media_type, content) in enumerate(self._kept.values(), start=1):
            await spaces.put_file(COMMONS, ALL, content, media_type)
            progress(done, len(self._kept))
