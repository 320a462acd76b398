"""Who works with whom and what they may do: the rows, each column with its class of personal data.

`help_text` of a column is its class (`kit.types.Personal`), so the privacy register is made from the tables
themselves; a test refuses a column without one. Ids are ULIDs. A *membership* joins an account to a process under a
random member id: documents know people only by that id.
"""

from piccolo.columns import JSON, Boolean, Bytea, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from backend.accounts.tables import ID_LENGTH, LABEL_LENGTH, Account
from backend.kit.types import Personal


class Organisation(Table):
    """An administration, association or company."""

    id = Varchar(length=ID_LENGTH, primary_key=True, default=None, help_text=Personal.NONE)
    names = JSON(default="{}", help_text=Personal.NONE)
    """Its name by language."""
    description = JSON(default="{}", help_text=Personal.NONE)
    sought = Text(default="", help_text=Personal.NONE)
    """All its names folded to one case: what a search looks through."""
    public = Boolean(default=False, help_text=Personal.NONE)
    team_kind = Varchar(length=32, default="citizen", help_text=Personal.NONE)
    """The usual kind of its teams."""
    team_creation = Varchar(length=16, default="administrators", help_text=Personal.NONE)
    logo = Varchar(length=16, null=True, default=None, help_text=Personal.NONE)
    """The first letters of its picture's digest, so that another picture has another address."""


class OrganisationLogo(Table, tablename="organisation_logo"):
    """The picture of an organisation."""

    id = Varchar(length=ID_LENGTH, primary_key=True, default=None, help_text=Personal.NONE)
    organisation = ForeignKey(Organisation, on_delete=OnDelete.cascade, index=True, help_text=Personal.NONE)
    type = Varchar(length=32, help_text=Personal.NONE)
    content = Bytea(help_text=Personal.NONE)


class OrganisationAdministrator(Table, tablename="organisation_administrator"):
    """One person who administers one organisation."""

    id = Varchar(length=ID_LENGTH, primary_key=True, default=None, help_text=Personal.NONE)
    organisation = ForeignKey(Organisation, on_delete=OnDelete.cascade, index=True, help_text=Personal.NONE)
    account = ForeignKey(Account, on_delete=OnDelete.cascade, index=True, help_text=Personal.PSEUDONYM)


class Process(Table):
    """One co-production process; what it contains is in its space `process-<id>`."""

    id = Varchar(length=ID_LENGTH, primary_key=True, default=None, help_text=Personal.NONE)
    created = Timestamptz(default=None, help_text=Personal.NONE)
    grants_version = Integer(default=0, help_text=Personal.NONE)
    """Counts the changes of its grants, so that nobody saves over what somebody else has just changed."""


class Team(Table):
    """People who work together; its kind is the role its members play."""

    id = Varchar(length=ID_LENGTH, primary_key=True, default=None, help_text=Personal.NONE)
    organisation = ForeignKey(Organisation, null=True, on_delete=OnDelete.set_null, help_text=Personal.NONE)
    process = ForeignKey(Process, null=True, on_delete=OnDelete.set_null, help_text=Personal.NONE)
    """The process it was made for: who administers that administers the team."""
    names = JSON(default="{}", help_text=Personal.NONE)
    """Its name by language."""
    description = JSON(default="{}", help_text=Personal.NONE)
    kind = Varchar(length=32, help_text=Personal.NONE)
    observers = Boolean(default=False, help_text=Personal.NONE)
    """Whether it is the team of those who were invited to look on at its process."""


class TeamMember(Table, tablename="team_member"):
    """One person in one team; who was first in a team comes first by id."""

    id = Varchar(length=ID_LENGTH, primary_key=True, default=None, help_text=Personal.NONE)
    team = ForeignKey(Team, on_delete=OnDelete.cascade, index=True, help_text=Personal.NONE)
    account = ForeignKey(Account, on_delete=OnDelete.cascade, index=True, help_text=Personal.PSEUDONYM)
    administrator = Boolean(default=False, help_text=Personal.NONE)
    until = Timestamptz(null=True, default=None, index=True, help_text=Personal.NONE)
    """When an observer's place ends by itself."""


class Membership(Table):
    """One person in one process, with the counters of what their grants opened and closed (design §7).

    The row stays when the person leaves: who comes back finds their own work under the same member id, and counters
    that only grow.
    """

    member = Varchar(length=ID_LENGTH, primary_key=True, default=None, help_text=Personal.PSEUDONYM)
    process = ForeignKey(Process, on_delete=OnDelete.cascade, index=True, help_text=Personal.NONE)
    account = ForeignKey(Account, on_delete=OnDelete.cascade, index=True, help_text=Personal.PSEUDONYM)
    name = Varchar(length=LABEL_LENGTH, help_text=Personal.NAME)
    administrator = Boolean(default=False, help_text=Personal.NONE)
    gained = Integer(default=0, help_text=Personal.NONE)
    lost = Integer(default=0, help_text=Personal.NONE)
    left = Timestamptz(null=True, default=None, help_text=Personal.ACTIVITY)
    """When the person left or was removed; none: they take part."""


class TeamGrant(Table, tablename="team_grant"):
    """What a team may do in a process, on the whole of it or (target) on one item of its tree."""

    id = Varchar(length=ID_LENGTH, primary_key=True, default=None, help_text=Personal.NONE)
    process = ForeignKey(Process, on_delete=OnDelete.cascade, index=True, help_text=Personal.NONE)
    team = ForeignKey(Team, on_delete=OnDelete.cascade, index=True, help_text=Personal.NONE)
    target = Varchar(length=ID_LENGTH, null=True, default=None, help_text=Personal.NONE)
    may_access = Boolean(default=False, help_text=Personal.NONE)
    may_create = Boolean(default=False, help_text=Personal.NONE)
    may_delete = Boolean(default=False, help_text=Personal.NONE)


class Invitation(Table):
    """A link by which people join a process, a team, or both. Its secret is computed from its id, never kept."""

    id = Varchar(length=ID_LENGTH, primary_key=True, default=None, help_text=Personal.NONE)
    process = ForeignKey(Process, null=True, on_delete=OnDelete.cascade, index=True, help_text=Personal.NONE)
    team = ForeignKey(Team, null=True, on_delete=OnDelete.cascade, index=True, help_text=Personal.NONE)
    role = Varchar(length=16, help_text=Personal.NONE)
    creator = ForeignKey(Account, null=True, on_delete=OnDelete.set_null, help_text=Personal.PSEUDONYM)
    created = Timestamptz(default=None, help_text=Personal.NONE)
    expires = Timestamptz(default=None, help_text=Personal.NONE)
    until = Timestamptz(null=True, default=None, help_text=Personal.NONE)
    uses = Integer(default=1, help_text=Personal.NONE)
    used = Integer(default=0, help_text=Personal.NONE)
    revoked = Boolean(default=False, help_text=Personal.NONE)


class InvitationUse(Table, tablename="invitation_use"):
    """One person who joined by one invitation, so that joining twice takes one place."""

    id = Varchar(length=ID_LENGTH, primary_key=True, default=None, help_text=Personal.NONE)
    invitation = ForeignKey(Invitation, on_delete=OnDelete.cascade, index=True, help_text=Personal.NONE)
    account = ForeignKey(Account, on_delete=OnDelete.cascade, index=True, help_text=Personal.PSEUDONYM)


class Application(Table):
    """Somebody who asks to join a public process or a team of a public organisation, and the answer."""

    id = Varchar(length=ID_LENGTH, primary_key=True, default=None, help_text=Personal.NONE)
    process = ForeignKey(Process, null=True, on_delete=OnDelete.cascade, index=True, help_text=Personal.NONE)
    team = ForeignKey(Team, null=True, on_delete=OnDelete.cascade, index=True, help_text=Personal.NONE)
    account = ForeignKey(Account, on_delete=OnDelete.cascade, index=True, help_text=Personal.PSEUDONYM)
    reason = Text(help_text=Personal.FREE_TEXT)
    state = Varchar(length=16, default="waiting", help_text=Personal.NONE)
    answer = Text(default="", help_text=Personal.FREE_TEXT)
    created = Timestamptz(default=None, help_text=Personal.ACTIVITY)
    answered = Timestamptz(null=True, default=None, help_text=Personal.ACTIVITY)


TABLES = (
    Organisation,
    OrganisationLogo,
    OrganisationAdministrator,
    Process,
    Team,
    TeamMember,
    Membership,
    TeamGrant,
    Invitation,
    InvitationUse,
    Application,
)
