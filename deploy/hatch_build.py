"""Puts the built PWA into the wheel; an editable install needs none, it serves `pwa/dist` from the checkout."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PwaHook(BuildHookInterface):
    """Adds `pwa/dist` as `backend/static` and says so when it has not been built."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        built = Path(self.root) / "pwa" / "dist"
        if not built.is_dir():
            msg = "pwa/dist is missing: run `make build` before making a wheel."
            raise FileNotFoundError(msg)
        build_data["force_include"][str(built)] = "backend/static"
