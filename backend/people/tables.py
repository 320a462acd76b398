"""Who works with whom and what they may do: the rows, each column with its class of personal data.

`help_text` of a column is its class (`kit.types.Personal`), so the privacy register is made from the tables
themselves; a test refuses a column without one. Ids are ULIDs. A *membership* joins an account to a process under a
random member id: documents know people only by that id.
"""

from piccolo.columns import Boolean, ForeignKey, Integer, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from backend.accounts.tables import ID_LENGTH, LABEL_LENGTH, Account
from backend.kit.types import Personal


class Organisation(Table):
    """An administration, association or company."""

    id = Varchar(length=ID_LENGTH, primary_key=True, default=None, help_text=Personal.NONE)
    name = Varchar(length=LABEL_LENGTH, help_text=Personal.NONE)


class Team(Table):
    """People who work together; its kind is the role its members play."""

    id = Varchar(length=ID_LENGTH, primary_key=True, default=None, help_text=Personal.NONE)
    organisation = ForeignKey(Organisation, null=True, on_delete=OnDelete.set_null, help_text=Personal.NONE)
    name = Varchar(length=LABEL_LENGTH, help_text=Personal.NONE)
    kind = Varchar(length=32, help_text=Personal.NONE)


class TeamMember(Table, tablename="team_member"):
    """One person in one team; who was first in a team comes first by id."""

    id = Varchar(length=ID_LENGTH, primary_key=True, default=None, help_text=Personal.NONE)
    team = ForeignKey(Team, on_delete=OnDelete.cascade, index=True, help_text=Personal.NONE)
    account = ForeignKey(Account, on_delete=OnDelete.cascade, index=True, help_text=Personal.PSEUDONYM)


class Process(Table):
    """One co-production process; what it contains is in its space `process-<id>`."""

    id = Varchar(length=ID_LENGTH, primary_key=True, default=None, help_text=Personal.NONE)
    created = Timestamptz(default=None, help_text=Personal.NONE)


class Membership(Table):
    """One person in one process, with the counters of what their grants opened and closed (design §7)."""

    member = Varchar(length=ID_LENGTH, primary_key=True, default=None, help_text=Personal.PSEUDONYM)
    process = ForeignKey(Process, on_delete=OnDelete.cascade, index=True, help_text=Personal.NONE)
    account = ForeignKey(Account, on_delete=OnDelete.cascade, index=True, help_text=Personal.PSEUDONYM)
    name = Varchar(length=LABEL_LENGTH, help_text=Personal.NAME)
    administrator = Boolean(default=False, help_text=Personal.NONE)
    gained = Integer(default=0, help_text=Personal.NONE)
    lost = Integer(default=0, help_text=Personal.NONE)


class TeamGrant(Table, tablename="team_grant"):
    """What a team may do in a process, on the whole of it or (target) on one item of its tree."""

    id = Varchar(length=ID_LENGTH, primary_key=True, default=None, help_text=Personal.NONE)
    process = ForeignKey(Process, on_delete=OnDelete.cascade, index=True, help_text=Personal.NONE)
    team = ForeignKey(Team, on_delete=OnDelete.cascade, index=True, help_text=Personal.NONE)
    target = Varchar(length=ID_LENGTH, null=True, default=None, help_text=Personal.NONE)
    may_access = Boolean(default=False, help_text=Personal.NONE)
    may_create = Boolean(default=False, help_text=Personal.NONE)
    may_delete = Boolean(default=False, help_text=Personal.NONE)


TABLES = (Organisation, Team, TeamMember, Process, Membership, TeamGrant)
