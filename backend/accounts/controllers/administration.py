"""HTTP for the server's administrators: all accounts, and who may not sign in any more."""

from litestar import Controller, get, patch
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from backend.accounts import queries
from backend.accounts.actions.accounts import set_disabled
from backend.accounts.domain import Visit
from backend.accounts.queries import PAGE, AccountOf
from backend.accounts.reception import AnyRequest, Reception
from backend.accounts.schemas import AccountLineBody, AccountsBody, ChangeOther
from backend.kit import errors
from backend.kit.errors import Problem
from backend.kit.problems import told

MAX_SEARCH = 100


class AccountsController(Controller):
    """All accounts of this server; for everybody else this is not here."""

    path = "/accounts"
    tags = ("administration",)

    @get(summary="Accounts of this server", responses=told(errors.SIGN_IN_NEEDED, errors.NOT_FOUND))
    async def all(
        self,
        request: AnyRequest,
        reception: NamedDependency[Reception],
        search: FromQuery[str] = "",
        after: FromQuery[str] = "",
    ) -> AccountsBody:
        """Up to 100, by id; `search` looks into names and addresses."""
        await _administrator(request, reception)
        found = await queries.accounts(search.strip()[:MAX_SEARCH], after)
        return AccountsBody(accounts=[_line(one) for one in found], next=found[-1].id if len(found) == PAGE else None)

    @patch(
        "/{account:str}",
        summary="Disable an account, or let it in again",
        responses=told(
            errors.SIGN_IN_NEEDED,
            errors.NOT_FOUND,
            errors.LAST_ADMINISTRATOR,
            errors.INVALID_REQUEST,
            errors.TOO_MANY_REQUESTS,
        ),
    )
    async def change(
        self,
        request: AnyRequest,
        account: FromPath[str],
        reception: NamedDependency[Reception],
        data: JSONBody[ChangeOther],
    ) -> AccountLineBody:
        """A disabled account's sessions are answered 401 `account_disabled`; devices keep their work."""
        visit = await _administrator(request, reception)
        reception.limits.change.take(request, visit.person.id)
        await set_disabled(visit.person, account, disabled=data.disabled, now=reception.clock())
        found = await queries.account_of(account)
        if found is None:
            raise Problem(errors.NOT_FOUND)
        return _line(found)


async def _administrator(request: AnyRequest, reception: Reception) -> Visit:
    visit = await reception.sessions.signed_in(request)
    if not visit.person.administrator:
        raise Problem(errors.NOT_FOUND)
    return visit


def _line(one: AccountOf) -> AccountLineBody:
    return AccountLineBody(
        id=one.id,
        name=one.name,
        email=one.email,
        administrator=one.administrator,
        disabled=one.disabled,
        created=one.created.date(),
    )
