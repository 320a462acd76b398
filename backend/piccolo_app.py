"""The tables of all rooms, as one application with one history of migrations."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from backend.accounts.tables import TABLES as ACCOUNTS
from backend.codelivery.call_tables import TABLES as CALLS
from backend.codelivery.tables import TABLES as CODELIVERY
from backend.files.tables import TABLES as FILES
from backend.notices.tables import TABLES as NOTICES
from backend.people.tables import TABLES as PEOPLE

APP_NAME = "interlink"
TABLES = (*ACCOUNTS, *PEOPLE, *FILES, *NOTICES, *CALLS, *CODELIVERY)

APP_CONFIG = AppConfig(
    app_name=APP_NAME,
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=list(TABLES),
)
