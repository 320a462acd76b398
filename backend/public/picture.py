"""The share image of a process: its cloth and its name, 1200 × 630, drawn in our own colours with our own letters.

The cloth is woven as on the phone (`pwa/src/lib/components/cloth.ts`): a column for each objective, a row for each kind
of partner; over means took part, loose threads are still to come.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

from backend.public.domain import KINDS, Thread

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630
_FONTS = Path(__file__).parent / "fonts"
_PAPER, _INK, _SUN, _LOOSE = "#fbf3e3", "#1c1a4e", "#ffc629", "#d5c7a9"
_COLOURS: Final = {"gov": "#2d4bd0", "cit": "#ec5a2b", "com": "#0b7d64"}
_MARGIN = 64
_CLOTH = (_MARGIN, _MARGIN, WIDTH - _MARGIN, 300)
_FEWEST, _MOST = 4, 24
"""Columns: a cloth of one objective would be a flag, one of a hundred would be grey."""
_SHARE = 0.62
_SIZES = (72, 60, 50, 42)
_LINES = 3
_LEADING = 1.12
_TEXT = (340, HEIGHT - 84)
"""From where to where the name may reach; what stands below it is never written over."""
_LATIN = 0xFF
"""Letters up to here stand in the first file of the font, as in the style sheet."""
_PUNCTUATION = frozenset("–—‘’“”•…€™‹›")


def draw(name: str, place: str, cloth: Sequence[Thread]) -> bytes:
    """Return the image as PNG."""
    from PIL import Image, ImageDraw  # 4 MB, loaded when somebody first shares a page

    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    pen = ImageDraw.Draw(image)
    _weave(pen, cloth[:_MOST])
    size, lines = fitting(name)
    top = _TEXT[0]
    for line in lines:
        _write(pen, (_MARGIN, top), line, size, _INK)
        top += round(size * _LEADING)
    pen.rounded_rectangle((_MARGIN, HEIGHT - 74, _MARGIN + 36, HEIGHT - 38), 18, fill=_SUN, outline=_INK, width=5)
    foot = "Interlink" + (f" · {place}" if place else "")
    _write(pen, (_MARGIN + 54, HEIGHT - 76), _cut(foot, 30, WIDTH - 2 * _MARGIN - 54), 30, _INK)
    kept = BytesIO()
    image.quantize(64).save(kept, "PNG", optimize=True)
    return kept.getvalue()


def _weave(pen: "ImageDraw", cloth: Sequence[Thread]) -> None:
    left, top, right, bottom = _CLOTH
    columns = max(_FEWEST, len(cloth))
    woven = max((n + 1 for n, one in enumerate(cloth) if one.begun), default=0)
    lane, row = (right - left) / columns, (bottom - top) / len(KINDS)
    wide, high = lane * _SHARE, row * _SHARE
    end = right if woven == columns else left + woven * lane
    for column in range(woven, columns):
        for part in (-0.3, 0.0, 0.3):
            x = left + (column + 0.5) * lane + part * wide
            pen.line((x, top, x, bottom), fill=_LOOSE, width=5)
    for index, kind in enumerate(KINDS):
        middle = top + (index + 0.5) * row
        for part in (-0.3, 0.0, 0.3):
            pen.line((left, middle + part * high, right, middle + part * high), fill=_COLOURS[kind], width=5)
        if woven:
            pen.rectangle((left, middle - high / 2, end, middle + high / 2), fill=_COLOURS[kind])
    for column in range(woven):
        _warp(pen, left + (column + 0.5) * lane - wide / 2, wide, cloth[column])


def _warp(pen: "ImageDraw", x: float, wide: float, thread: Thread) -> None:
    """Draw one column, and over it the rows of those who took part."""
    _, top, _, bottom = _CLOTH
    row = (bottom - top) / len(KINDS)
    high = row * _SHARE
    pen.rectangle((x - 5, top, x + wide + 5, bottom), fill=_PAPER)
    pen.rectangle((x, top, x + wide, bottom), fill=_INK)
    for index, kind in enumerate(KINDS):
        if kind in thread.took:
            y = top + (index + 0.5) * row - high / 2
            pen.rectangle((x - 2, y - 5, x + wide + 2, y + high + 5), fill=_PAPER)
            pen.rectangle((x - 7, y, x + wide + 7, y + high), fill=_COLOURS[kind])


def fitting(name: str) -> tuple[int, list[str]]:
    """Return the largest size at which the name fits, and its lines; the longest name is cut."""
    for size in _SIZES:
        lines = list(_lines(name, size))
        if len(lines) <= _LINES and len(lines) * size * _LEADING <= _TEXT[1] - _TEXT[0]:
            return size, lines
    lines = list(_lines(name, _SIZES[-1]))[:_LINES]
    return _SIZES[-1], [*lines[:-1], _cut(lines[-1] + " …", _SIZES[-1], WIDTH - 2 * _MARGIN)]


def _lines(text: str, size: int) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and _length(longer, size) > WIDTH - 2 * _MARGIN:
            yield _cut(line, size, WIDTH - 2 * _MARGIN)
            line = word
        else:
            line = longer
    if line:
        yield _cut(line, size, WIDTH - 2 * _MARGIN)


def _cut(text: str, size: int, wide: float) -> str:
    while _length(text, size) > wide and len(text) > 1:
        text = text[:-2].rstrip() + "…"
    return text


def _length(text: str, size: int) -> float:
    return sum(font.getlength(run) for font, run in _runs(text, size))


def _write(pen: "ImageDraw", at: tuple[float, float], text: str, size: int, fill: str) -> None:
    x, y = at
    for font, run in _runs(text, size):
        pen.text((x, y + size), run, font=font, fill=fill, anchor="ls")
        x += font.getlength(run)


def _runs(text: str, size: int) -> "Iterator[tuple[FreeTypeFont, str]]":
    """Part a text at the border of the two files that the font comes in."""
    for plain, run in groupby(text, lambda one: ord(one) <= _LATIN or one in _PUNCTUATION):
        yield _font("bricolage-latin.woff2" if plain else "bricolage-latin-ext.woff2", size), "".join(run)


@cache
def _font(file: str, size: int) -> "FreeTypeFont":
    from PIL import ImageFont

    return ImageFont.truetype(_FONTS / file, size, layout_engine=ImageFont.Layout.BASIC)
