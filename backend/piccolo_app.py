"""The tables of all rooms as an application of Piccolo's: what its migrations ask for, and nothing else."""

from piccolo.conf.apps import AppConfig

from backend.rows import MIGRATIONS
from backend.tables import APP_NAME, TABLES

APP_CONFIG = AppConfig(app_name=APP_NAME, migrations_folder_path=str(MIGRATIONS), table_classes=list(TABLES))
