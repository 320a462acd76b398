"""A certificate of the hours somebody helped, as PDF: what administrators wrote down, and nothing else. Pure.

The document says its language and its title, and viewers show the title (`DisplayDocTitle`), as a screen reader needs.
The letters are our own (Figtree, OFL), cut to those used; signs the font lacks are shown as a question mark. The
libraries of PDF and fonts are loaded with the first certificate: a server would carry 18 MB for them from its start.
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from msgspec import Struct

from backend.kit.texts import say

if TYPE_CHECKING:
    from fpdf import FPDF

_FONTS: Final = Path(__file__).parent / "fonts"
_REGULAR: Final = _FONTS / "figtree-regular.ttf"
_BOLD: Final = _FONTS / "figtree-bold.ttf"
_FAMILY: Final = "figtree"
_INK: Final = (28, 26, 78)
_MARGIN: Final = 22.0
"""Millimetres."""
_WIDE: Final = 210.0 - 2 * _MARGIN
_DAY: Final = 34.0
_TIME: Final = 32.0
_HOUR: Final = 60


class Hours(Struct, frozen=True):
    """One time somebody helped."""

    day: date
    what: str
    minutes: int


class Certificate(Struct, frozen=True):
    """What is certified."""

    name: str
    """What the person is called in the process."""
    process: str
    organisation: str
    first: date
    last: date
    hours: Sequence[Hours]
    made: datetime
    server: str
    """Where it was made."""


def certificate_pdf(told: Certificate, language: str) -> bytes:
    """Return the PDF in one of our languages."""
    from fpdf import FPDF
    from fpdf.prefs import ViewerPreferences

    pdf = FPDF(format="A4")
    title = say("certificate.title", language)
    pdf.set_title(f"{title}: {_plain(told.name)}")
    pdf.set_lang(language)
    pdf.set_creator("Interlink")
    pdf.set_creation_date(told.made)
    pdf.viewer_preferences = ViewerPreferences(display_doc_title=True)
    pdf.set_margin(_MARGIN)
    pdf.set_auto_page_break(auto=True, margin=_MARGIN)
    pdf.add_font(_FAMILY, "", _REGULAR)
    pdf.add_font(_FAMILY, "B", _BOLD)
    pdf.add_page()
    pdf.set_text_color(*_INK)
    _line(pdf, "Interlink", 11)
    pdf.ln(10)
    _line(pdf, title, 26, bold=True)
    pdf.ln(4)
    _line(pdf, told.name, 18, bold=True)
    pdf.ln(2)
    total = say("certificate.hours", language, **_parted(sum(one.minutes for one in told.hours)))
    period = {"first": _day(told.first, language), "last": _day(told.last, language)}
    _line(pdf, say("certificate.helped", language, process=told.process, **period), 12)
    pdf.ln(4)
    _line(pdf, say("certificate.total", language, hours=total), 14, bold=True)
    pdf.ln(4)
    for one in told.hours:
        _row(pdf, one, language)
    pdf.ln(8)
    by = f"{told.process}, {told.organisation}" if told.organisation else told.process
    _line(pdf, say("certificate.confirmed", language, by=by), 11)
    _line(pdf, say("certificate.made", language, day=_day(told.made.date(), language), server=told.server), 11)
    return bytes(pdf.output())


def _row(pdf: "FPDF", one: Hours, language: str) -> None:
    """Write one line of the table: the day, what it was, how long."""
    pdf.set_font(_FAMILY, "", 11)
    what = _plain(one.what)
    lines = cast("list[str]", pdf.multi_cell(_WIDE - _DAY - _TIME, 6, what, dry_run=True, output="LINES"))
    if pdf.will_page_break(6 * len(lines) + 2):
        pdf.add_page()
    pdf.cell(_DAY, 6, _day(one.day, language))
    pdf.multi_cell(_WIDE - _DAY - _TIME, 6, what, align="L", new_x="RIGHT", new_y="LAST")
    time = say("certificate.hours", language, **_parted(one.minutes))
    pdf.cell(_TIME, 6, time, align="R", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(1)


def _line(pdf: "FPDF", text: str, size: int, *, bold: bool = False) -> None:
    pdf.set_font(_FAMILY, "B" if bold else "", size)
    pdf.multi_cell(_WIDE, size * 0.5, _plain(text), align="L", new_x="LMARGIN", new_y="NEXT")


def _day(day: date, language: str) -> str:
    return say("certificate.day", language, day=day.day, month=day.month, year=day.year)


def _parted(minutes: int) -> dict[str, int]:
    return {"hours": minutes // _HOUR, "minutes": minutes % _HOUR}


def _plain(text: str) -> str:
    """Return what people wrote as one line of signs that the font has."""
    return " ".join("".join(_sign(one) for one in text).split())


def _sign(one: str) -> str:
    if one.isspace() or not one.isprintable():
        return " "
    return one if ord(one) in _signs() else "?"


@cache
def _signs() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(_REGULAR) as font:
        return frozenset(font.getBestCmap() or ())
