"""HTTP: the session of the device that asks, by password, by a code from a mail, or by an invitation and a name."""

from litestar import Controller, Response, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import JSONBody

from backend.accounts import queries
from backend.accounts.actions.accounts import checked_email, normal_email, register, who_has
from backend.accounts.domain import Proof
from backend.accounts.reception import AnyRequest, Reception
from backend.accounts.schemas import AskCode, Join, SessionBody, SignIn, UseCode
from backend.accounts.tables import Account
from backend.kit import errors
from backend.kit.errors import Problem
from backend.kit.languages import DEFAULT
from backend.kit.problems import bare, told
from backend.kit.transactions import transaction

BODY = 4_096
_ALWAYS = (errors.INVALID_REQUEST, errors.CROSS_SITE, errors.TOO_LARGE, errors.TOO_MANY_REQUESTS)


class SessionController(Controller):
    """Signing in and out."""

    path = "/session"
    tags = ("session",)

    @get(summary="Who is signed in on this device")
    async def read(self, request: AnyRequest, reception: NamedDependency[Reception]) -> SessionBody:
        """Answer with the account, or with null; never an error, so that an app may always ask."""
        visit = await reception.sessions.visit(request)
        if visit is None:
            return SessionBody(account=None)
        good = not (visit.lost or visit.disabled)
        return SessionBody(
            account=await reception.described(visit.person.id) if good else None,
            device=visit.session,
            wipe=visit.lost,
            disabled=visit.disabled and not visit.lost,
        )

    @post(
        status_code=200,
        request_max_body_size=BODY,
        summary="Sign in with e-mail address and password",
        responses=told(*_ALWAYS, errors.WRONG_CREDENTIALS),
    )
    async def begin(
        self, request: AnyRequest, reception: NamedDependency[Reception], data: JSONBody[SignIn]
    ) -> Response[SessionBody]:
        """Set the session cookie. An unknown address and a wrong password get the same answer in the same time."""
        email = normal_email(data.email)
        reception.limits.sign_in.take(request, email)
        person = await who_has(email, data.password)
        if person is None:
            raise Problem(errors.WRONG_CREDENTIALS)
        reception.limits.sign_in.give_back(request, email)
        return await reception.welcome(
            request, person.id, device=data.device, proof=Proof.PASSWORD, credential=data.credential
        )

    @delete(
        summary="Sign out on this device",
        responses=bare(204, "Nobody is signed in here any more.") | told(errors.CROSS_SITE),
    )
    async def end(self, request: AnyRequest, reception: NamedDependency[Reception]) -> Response[None]:
        """End the session and take the cookie back; also when nobody was signed in."""
        visit = await reception.sessions.visit(request)
        if visit and not visit.lost:
            await reception.sessions.forget(visit.session)
        return Response(None, cookies=[reception.sessions.no_cookie()], status_code=204)

    @post(
        "/code",
        status_code=202,
        request_max_body_size=BODY,
        summary="Send a code to an e-mail address",
        responses=bare(202, "Whoever reads this address has mail.") | told(*_ALWAYS, errors.BAD_EMAIL),
    )
    async def ask(
        self, request: AnyRequest, reception: NamedDependency[Reception], data: JSONBody[AskCode]
    ) -> Response[None]:
        """Send a mail, always: with a code for who has an account or may make one, else with word that they cannot."""
        email = checked_email(data.email)
        reception.limits.ask_code.take(request, email)
        newcomers = await reception.may_register(data.invitation)
        await reception.codes.ask_to_sign_in(email, data.language, data.device, newcomers=newcomers)
        return Response(None, status_code=202)

    @put(
        "/code",
        request_max_body_size=BODY,
        summary="Sign in with the code of a mail",
        responses=told(*_ALWAYS, errors.WRONG_CODE, errors.NAME_NEEDED),
    )
    async def use(
        self, request: AnyRequest, reception: NamedDependency[Reception], data: JSONBody[UseCode]
    ) -> Response[SessionBody]:
        """Sign in; somebody new gives a name too, else 422 `name_needed` and the code stays good."""
        email = normal_email(data.email)
        reception.limits.use_code.take(request, email)
        code = await reception.codes.find(email, data.device, data.code)
        known = await queries.account_with(email)
        if code is None or not (known or code.newcomers):
            raise Problem(errors.WRONG_CODE)
        if known is None and not (data.name or "").strip():
            raise Problem(errors.NAME_NEEDED)
        async with transaction(Account):
            if not await reception.codes.spend(code.id):
                raise Problem(errors.WRONG_CODE)
            account = await _of_address(email, data, reception)
        reception.limits.use_code.give_back(request, email)
        return await reception.welcome(
            request, account, device=data.device, proof=Proof.CODE, credential=data.credential
        )


class JoinController(Controller):
    """Somebody new, with an invitation."""

    path = "/accounts"
    tags = ("session",)

    @post(
        request_max_body_size=BODY,
        summary="Make an account with a name and an invitation",
        responses=told(*_ALWAYS, errors.INVITATION_UNKNOWN, errors.NAME_NEEDED),
    )
    async def join(
        self, request: AnyRequest, reception: NamedDependency[Reception], data: JSONBody[Join]
    ) -> Response[SessionBody]:
        """Make an account that is known by a name alone, and sign in; the invitation is used up when it is accepted."""
        reception.limits.join.take(request, data.invitation)
        await reception.neighbours.check_invitation(data.invitation)
        if not data.name.strip():
            raise Problem(errors.NAME_NEEDED)
        account = await register(name=data.name.strip(), language=data.language, now=reception.clock())
        return await reception.welcome(
            request, account, device=data.device, proof=Proof.INVITATION, credential=data.credential, status=201
        )


async def _of_address(email: str, data: UseCode, reception: Reception) -> str:
    """Return the account of a proved address, made when there is none; inside the transaction that spent the code."""
    if known := await queries.account_with(email):
        await Account.update({Account.email_verified: True}).where(Account.id == known.id)
        return known.id
    name, language = (data.name or "").strip(), data.language or DEFAULT
    return await register(name=name, language=language, now=reception.clock(), email=email)
