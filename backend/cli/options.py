"""Options that several commands have; each goes before the environment variable of the same setting."""

import os
from pathlib import Path
from typing import Any

import rich_click as click

from backend.kit.settings import Settings, read_settings

data_option = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for databases, files and secrets (INTERLINK_DATA; ./data).",
)


def settings_with(**given: Any) -> Settings:
    """Return the settings of this call. Raises SettingsError."""
    return read_settings(os.environ, **given)
