"""HTTP: one's own account, and what happened to it."""

from litestar import Controller, Response, delete, get, patch, put
from litestar.di import NamedDependency
from litestar.params import FromQuery, JSONBody
from msgspec import UNSET

from backend.accounts import queries
from backend.accounts.actions.accounts import change, change_password, checked_email
from backend.accounts.actions.accounts import delete as delete_account
from backend.accounts.actions.addresses import confirm_address
from backend.accounts.controllers.lines import audit_page
from backend.accounts.domain import Proof
from backend.accounts.reception import AnyRequest, Reception
from backend.accounts.schemas import (
    Anyway,
    AuditBody,
    ChangeAccount,
    ChangeEmail,
    ChangePassword,
    ConfirmEmail,
    OwnAccountBody,
    ProviderBody,
)
from backend.kit import errors
from backend.kit.errors import Problem
from backend.kit.problems import bare, told

_ALWAYS = (errors.INVALID_REQUEST, errors.SIGN_IN_NEEDED, errors.CROSS_SITE, errors.TOO_MANY_REQUESTS)
_PROVED = (Proof.CODE, Proof.PASSKEY)
"""Signed in so just now, somebody may set a password without knowing the old one."""


class AccountController(Controller):
    """One's own account."""

    path = "/account"
    tags = ("account",)

    @get(summary="My account", responses=told(errors.SIGN_IN_NEEDED))
    async def read(self, request: AnyRequest, reception: NamedDependency[Reception]) -> OwnAccountBody:
        """Answer with all that is known of the person who asks."""
        visit = await reception.sessions.signed_in(request)
        return await _own(visit.person.id, reception)

    @patch(summary="Change name, language or sharing", responses=told(*_ALWAYS, errors.NAME_NEEDED))
    async def change(
        self, request: AnyRequest, reception: NamedDependency[Reception], data: JSONBody[ChangeAccount]
    ) -> OwnAccountBody:
        """A new name goes to the processes where the person did not choose another one."""
        visit = await reception.sessions.signed_in(request)
        reception.limits.change.take(request, visit.person.id)
        given = {"name": data.name, "language": data.language, "shares_sync": data.shares_sync}
        members = {name: value for name, value in given.items() if value is not UNSET}
        if isinstance(data.name, str):
            members["name"] = data.name.strip()
            if not members["name"]:
                raise Problem(errors.NAME_NEEDED)
        await change(visit, members, reception.neighbours)
        return await _own(visit.person.id, reception)

    @put(
        "/email",
        status_code=202,
        summary="Use another e-mail address",
        responses=bare(202, "Whoever reads this address has mail.")
        | told(*_ALWAYS, errors.SIGN_IN_AGAIN, errors.BAD_EMAIL),
    )
    async def email(
        self, request: AnyRequest, reception: NamedDependency[Reception], data: JSONBody[ChangeEmail]
    ) -> Response[None]:
        """Send a code to the new address. The answer does not tell whether somebody else has it."""
        email = checked_email(data.email)
        visit = await reception.sessions.signed_in(request)
        if (await queries.ways(visit.person.id)).email:
            visit = await reception.sessions.freshly(request)
        reception.limits.ask_code.take(request, visit.person.id)
        person = visit.person
        await reception.codes.ask_to_change(email, person.id, person.language, person.name)
        return Response(None, status_code=202)

    @put("/email/code", summary="Confirm the new address", responses=told(*_ALWAYS, errors.WRONG_CODE))
    async def confirm(
        self, request: AnyRequest, reception: NamedDependency[Reception], data: JSONBody[ConfirmEmail]
    ) -> OwnAccountBody:
        """The address is the account's from now on; the old one is told."""
        visit = await reception.sessions.signed_in(request)
        reception.limits.use_code.take(request, visit.person.id)
        await confirm_address(visit, data.code, reception.codes, reception.post, now=reception.clock())
        return await _own(visit.person.id, reception)

    @put(
        "/password",
        summary="Set a password",
        responses=told(*_ALWAYS, errors.WRONG_PASSWORD, errors.PASSWORD_LENGTH),
    )
    async def password(
        self, request: AnyRequest, reception: NamedDependency[Reception], data: JSONBody[ChangePassword]
    ) -> OwnAccountBody:
        """The old one is not asked for within 15 minutes after signing in by a code or passkey: that is recovery."""
        visit = await reception.sessions.signed_in(request)
        reception.limits.change.take(request, visit.person.id)
        await change_password(
            visit,
            data.password,
            old=data.old,
            proved=visit.proved in _PROVED and reception.sessions.is_fresh(visit),
            alone=data.sign_out_others,
            now=reception.clock(),
        )
        return await _own(visit.person.id, reception)

    @delete(
        summary="Delete my account",
        responses=bare(204, "The account is gone.") | told(*_ALWAYS, errors.SIGN_IN_AGAIN, errors.LAST_ADMINISTRATOR),
    )
    async def delete(
        self, request: AnyRequest, reception: NamedDependency[Reception], anyway: Anyway = None
    ) -> Response[None]:
        """Needs a sign-in of the last 15 minutes. Who alone is in charge somewhere is told so, unless `anyway`."""
        visit = await reception.sessions.freshly(request)
        reception.limits.change.take(request, visit.person.id)
        await delete_account(visit, reception.neighbours, anyway=anyway is True, now=reception.clock())
        return Response(None, cookies=[reception.sessions.no_cookie()], status_code=204)

    @get("/audit", summary="What happened to my account and my rights", responses=told(errors.SIGN_IN_NEEDED))
    async def audit(
        self, request: AnyRequest, reception: NamedDependency[Reception], after: FromQuery[str] = ""
    ) -> AuditBody:
        """Up to 100 lines, newest first: what the person did, and what was done about them."""
        visit = await reception.sessions.signed_in(request)
        return audit_page(await queries.audit_of_person(visit.person.id, after))


async def _own(account: str, reception: Reception) -> OwnAccountBody:
    found, ways = await queries.account_of(account), await queries.ways(account)
    if found is None:
        raise Problem(errors.SIGN_IN_NEEDED)
    issuers = await queries.issuers_of(account)
    return OwnAccountBody(
        id=found.id,
        name=found.name,
        language=found.language,
        email=found.email,
        administrator=found.administrator,
        passkeys=ways.passkeys,
        recoverable=ways.recoverable,
        email_verified=found.email_verified,
        password=found.has_password,
        shares_sync=found.shares_sync,
        providers=[
            ProviderBody(name=one.name, label=one.label or one.name)
            for one in reception.providers.known()
            if one.issuer in issuers
        ],
        created=found.created.date(),
    )
