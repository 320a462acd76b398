"""Pictures are recognised by their own bytes."""

import struct
from pathlib import Path

import pytest

from backend.catalogue.domain.importer.picture import MAX_PICTURE, Picture, look_at
from tests.makers import a_photo

JPEG = b"\xff\xd8\xff\xe0\x00\x04\x00\x00\xff\xc0\x00\x0b\x08" + struct.pack(">HH", 30, 40) + b"\x01\x00\x00\x00"


def test_a_png_tells_its_size(tmp_path: Path):
    content = a_photo(tmp_path / "a.png", width=7, height=5).read_bytes()
    assert look_at(content) == Picture("image/png", 7, 5)


def test_a_jpeg_tells_its_size_behind_other_segments():
    assert look_at(JPEG) == Picture("image/jpeg", 40, 30)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg onload=alert(1)>",
        b"\x89PNG\r\n\x1a\n",
        b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + struct.pack(">II", 0, 5),
        b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + struct.pack(">II", 90_000, 90_000),
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xe0\x00\x00",
        JPEG[:14],
        JPEG + b"\0" * MAX_PICTURE,
    ],
)
def test_what_is_no_picture_we_take_is_none(content: bytes):
    assert look_at(content) is None
