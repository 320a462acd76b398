"""The tables of all rooms, and under which name their migrations are counted."""

from backend.accounts.tables import TABLES as ACCOUNTS
from backend.codelivery.call_tables import TABLES as CALLS
from backend.codelivery.tables import TABLES as CODELIVERY
from backend.files.tables import TABLES as FILES
from backend.notices.tables import TABLES as NOTICES
from backend.people.tables import TABLES as PEOPLE

APP_NAME = "interlink"
TABLES = (*ACCOUNTS, *PEOPLE, *FILES, *NOTICES, *CALLS, *CODELIVERY)
