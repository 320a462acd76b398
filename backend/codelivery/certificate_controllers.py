"""HTTP of certificates: one's own hours in one process, when one asks for them."""

import asyncio
from datetime import date, timedelta
from typing import Annotated, Any, Final

from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from msgspec import Meta

from backend.accounts.limits import Limit
from backend.accounts.schemas import LanguageTag
from backend.accounts.sessions import Sessions
from backend.codelivery.certificate import Certificate, certificate_pdf
from backend.codelivery.feed import named
from backend.codelivery.verified import verified_hours
from backend.kit import errors
from backend.kit.clock import Clock
from backend.kit.errors import Problem
from backend.kit.problems import told
from backend.kit.spaces import ALL, Spaces, process_of
from backend.people import queries
from backend.processes.documents import PROCESS

PDF: Final = "application/pdf"
LONGEST_DAYS: Final = 3 * 366
YEAR: Final = timedelta(days=365)
Day = Annotated[date, Meta(description="A day, the first and the last one belong to the period.")]


class CertificateLimits:
    """How often one person may ask for a certificate; one for the whole program."""

    def __init__(self) -> None:
        self.ask = Limit(20, 300, 40)


class CertificateController(Controller):
    """Certificates of hours."""

    path = "/spaces/{space:str}/certificate"
    tags = ("processes",)

    @get(
        media_type=PDF,
        summary="A certificate of my hours",
        responses=told(errors.INVALID_REQUEST, errors.SIGN_IN_NEEDED, errors.NO_HOURS, errors.TOO_MANY_REQUESTS),
    )
    async def certificate(
        self,
        request: Request[Any, Any, Any],
        *,
        space: FromPath[str],
        sessions: NamedDependency[Sessions],
        spaces: NamedDependency[Spaces],
        clock: NamedDependency[Clock],
        certificate_limits: NamedDependency[CertificateLimits],
        first: FromQuery[Day | None] = None,
        last: FromQuery[Day | None] = None,
        lang: FromQuery[LanguageTag | None] = None,
    ) -> Response[bytes]:
        """PDF of the hours that administrators wrote down, of who asks alone; a year when no days are given."""
        person = (await sessions.signed_in(request)).person
        process_id = process_of(space)
        found = await queries.membership(person.id, process_id) if process_id else None
        if found is None:
            raise Problem(errors.NOT_FOUND)
        begin, end = _period(first, last, clock().date())
        certificate_limits.ask.take(request, person.id)
        hours = await verified_hours(spaces, found.process, found.member, begin, end)
        if not hours:
            raise Problem(errors.NO_HOURS)
        language = lang or person.language
        process = await spaces.read(space, f"{ALL}:{PROCESS.name}:{found.process}") or {}
        certificate = Certificate(
            name=found.name or person.name,
            process=named(process, language),
            organisation=str(process.get("organisation", "")),
            first=begin,
            last=end,
            hours=hours,
            made=clock(),
            server=str(request.base_url).rstrip("/"),
        )
        content = await asyncio.to_thread(certificate_pdf, certificate, language)
        headers = {"content-disposition": "attachment; filename=interlink.pdf", "cache-control": "private, no-store"}
        return Response(content, media_type=PDF, headers=headers)


def _period(first: date | None, last: date | None, today: date) -> tuple[date, date]:
    """Return the first and the last day. Raises Problem when they are no period, or too long a one."""
    end = last or max(today, first or today)
    begin = first or end - min(YEAR, end - date.min)
    if not 0 <= (end - begin).days <= LONGEST_DAYS:
        raise Problem(errors.INVALID_REQUEST, reason="first, last")
    return begin, end
