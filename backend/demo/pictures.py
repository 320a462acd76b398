"""Two pictures for the demo, drawn with rectangles and discs, so that no photo of a real place or person is needed.

They are PNG (ISO/IEC 15948) of colour type 3: one byte a pixel, the index of a colour in the palette.
"""

import struct
import zlib
from collections.abc import Callable, Mapping

WIDTH, HEIGHT = 640, 420
_COLOURS = {
    "wall": 0xF6F0E4,
    "floor": 0xD9CDB8,
    "ink": 0x1D2740,
    "wood": 0xA9794F,
    "light wood": 0xC99B6C,
    "sky": 0xBFD9E6,
    "white": 0xFFFFFF,
    "lamp": 0xF4C542,
    "blue": 0x3C6AA8,
    "green": 0x4B8A5B,
    "shade": 0xE9DFCC,
}
_INDEX = {name: number for number, name in enumerate(_COLOURS)}


class _Canvas:
    """Pixels one can put shapes on; what lies outside is not drawn."""

    def __init__(self, ground: str) -> None:
        self._rows = [bytearray([_INDEX[ground]]) * WIDTH for _ in range(HEIGHT)]

    def box(self, left: int, top: int, width: int, height: int, colour: str) -> None:
        for row in self._rows[max(top, 0) : top + height]:
            right = min(left + width, WIDTH)
            row[left:right] = bytes([_INDEX[colour]]) * (right - left)

    def disc(self, x: int, y: int, radius: int, colour: str) -> None:
        for down in range(-radius, radius + 1):
            half = int((radius * radius - down * down) ** 0.5)
            self.box(x - half, y + down, 2 * half + 1, 1, colour)

    def png(self) -> bytes:
        header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)
        palette = b"".join(colour.to_bytes(3, "big") for colour in _COLOURS.values())
        pixels = zlib.compress(b"".join(b"\0" + row for row in self._rows), 9)
        chunks = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", pixels), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _waiting_hall() -> bytes:
    canvas = _Canvas("wall")
    canvas.box(0, 300, WIDTH, 120, "floor")
    canvas.box(0, 296, WIDTH, 4, "shade")
    canvas.box(40, 90, 110, 210, "light wood")  # the door
    canvas.disc(134, 200, 5, "ink")
    canvas.box(190, 60, 190, 130, "white")  # the window, in two halves
    canvas.box(198, 68, 83, 114, "sky")
    canvas.box(289, 68, 83, 114, "sky")
    canvas.disc(450, 100, 34, "ink")  # the clock shows three
    canvas.disc(450, 100, 30, "white")
    canvas.box(448, 80, 4, 22, "ink")
    canvas.box(450, 99, 18, 3, "ink")
    for left in range(190, 400, 54):  # the bench
        canvas.box(left, 240, 48, 34, "wood")
        canvas.box(left, 280, 48, 10, "light wood")
        canvas.box(left + 6, 290, 5, 44, "ink")
        canvas.box(left + 37, 290, 5, 44, "ink")
    canvas.box(500, 220, 140, 18, "light wood")  # the counter
    canvas.box(512, 238, 128, 120, "wood")
    canvas.box(540, 170, 64, 44, "ink")
    canvas.box(545, 175, 54, 34, "lamp")
    return canvas.png()


def _counter() -> bytes:
    canvas = _Canvas("white")
    for line in range(20, HEIGHT, 20):  # squared paper
        canvas.box(0, line, WIDTH, 1, "shade")
    for column in range(20, WIDTH, 20):
        canvas.box(column, 0, 1, HEIGHT, "shade")
    canvas.box(200, 40, 240, 90, "ink")  # one screen
    canvas.box(210, 50, 105, 70, "blue")
    canvas.box(325, 50, 105, 70, "green")
    canvas.box(316, 130, 8, 60, "ink")
    canvas.box(140, 190, 260, 20, "light wood")  # the counter, one end of it low
    canvas.box(150, 210, 250, 80, "wood")
    canvas.box(400, 240, 130, 14, "light wood")
    canvas.box(410, 254, 110, 36, "wood")
    for step in range(4):  # two queues
        canvas.disc(240 - step * 50, 320 + step * 22, 14, "blue")
        canvas.disc(400 + step * 50, 320 + step * 22, 14, "green")
    canvas.box(560, 220, 10, 110, "ink")  # the chair at the side
    canvas.box(560, 274, 56, 10, "ink")
    canvas.box(606, 284, 10, 46, "ink")
    return canvas.png()


PICTURES: Mapping[str, Callable[[], bytes]] = {"waiting-hall": _waiting_hall, "counter": _counter}
