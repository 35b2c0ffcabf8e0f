"""Pictures are judged by their headers; no pixel of an upload is decoded."""

import struct

import pytest

from attachments.reading.kinds import PNG, TIFF
from tests.attachments import samples
from tests.attachments.reading.samples import tiff


@pytest.mark.parametrize(
    ("width", "height"), [(8000, 8000), (7072, 7072), (1, 60_000_000), (60_000, 60_000)]
)
def test_a_picture_of_too_many_pixels_is_refused(refused, width, height):
    content = samples.png_that_declares(width, height)
    assert len(content) < 1000
    refusal = refused(content, "图.png")
    assert (refusal.code, refusal.values) == ("too_many_pixels", {"limit": 50})


def test_a_picture_of_as_many_pixels_as_are_allowed_is_taken(look):
    found = look(samples.png_that_declares(5000, 10_000), "图.png")
    assert (found.kind, found.pages) == (PNG, 1)


def test_a_later_frame_of_too_many_pixels_is_refused(refused):
    """A small first page says nothing about the second."""
    content = samples.tiff_with_a_huge_second_frame(8000)
    assert refused(content, "图.tif").code == "too_many_pixels"


def test_frames_are_pages_and_more_than_five_hundred_are_refused(look, refused):
    found = look(tiff(500), "图.tif")
    assert (found.kind, found.pages) == (TIFF, 500)
    assert refused(tiff(501), "图.tif").code == "too_many_pages"


def test_frames_that_lead_back_to_the_first_are_no_endless_row_of_pages(look):
    content = bytearray(samples.tiff(1))
    (first,) = struct.unpack_from("<I", content, 4)
    (entries,) = struct.unpack_from("<H", content, first)
    struct.pack_into("<I", content, first + 2 + 12 * entries, first)
    assert look(bytes(content), "图.tif").pages == 1


def test_a_remark_that_explodes_is_refused(refused):
    content = samples.png_with_a_text_bomb()
    assert len(content) < 20_000
    assert refused(content, "图.png").code == "damaged"


def test_a_picture_says_nothing(look):
    found = look(samples.picture("JPEG"), "图.jpg")
    assert (found.text, found.readable) == ("", False)
