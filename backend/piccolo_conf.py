"""Piccolo's own entry: `PICCOLO_CONF=backend.piccolo_conf piccolo migrations new interlink --auto` writes a migration.

The running server puts its engine in the place of `DB` (`backend/rows.py`).
"""

import os

from piccolo.conf.apps import AppRegistry

from backend.kit.settings import read_settings
from backend.kit.transactions import AnyEngine
from backend.rows import make_engine

DB: AnyEngine = make_engine(read_settings(os.environ))
APP_REGISTRY = AppRegistry(apps=["backend.piccolo_app"])
