"""The last ending of a name, as people would see it, must be one of the kind's own."""

import pytest

from attachments.reading.kinds import DOCX, ENDINGS, JPEG, PDF, TIFF, WPS, ending_of
from tests.attachments import samples as pictures
from tests.attachments.reading import samples


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("来文.pdf", "pdf"),
        ("A.PDF", "pdf"),
        ("a.p\u0064f", "pdf"),
        ("a.pdf.html", "html"),
        ("a.html ", "html"),
        ("a.html.", "html"),
        ("a.html. . ", "html"),
        ("a.html\u3000", "html"),
        ("a.html\u00a0.", "html"),
        ("a.pdf\u200b", "pdf"),
        ("a.h\u200dt\u2060ml", "html"),
        ("a.p\ufeffdf", "pdf"),
        ("a.pdf\ufe0f", "pdf"),
        ("a.pdf\u3164", "pdf"),
        ("a.pdf\x00.html", "html"),
        ("a\uff0epdf", "pdf"),
        ("a\uff0ehtml", "html"),
        ("a.\uff50\uff44\uff46", "pdf"),
        ("a\u202efdp.exe", "exe"),
        ("关于印发《办法》的通知（2026）第3号.pdf", "pdf"),
        ("v1.2 终稿.docx", "docx"),
        ("来文", ""),
        ("来文.", ""),
        (".pdf", ""),
        ("\u200b.pdf", ""),
        ("", ""),
    ],
)
def test_the_ending_is_what_people_see_last(name, ending):
    assert ending_of(name) == ending


@pytest.mark.parametrize("name", ["来文", ".pdf", "来文.", "\u200b", ""])
def test_a_name_without_an_ending_is_refused(refused, name):
    assert refused(samples.pdf("text"), name).code == "no_ending"


@pytest.mark.parametrize("name", ["a.pdf.html", "a.html ", "a.html.", "a.pdf.exe", "a\uff0ehtml"])
def test_a_pdf_under_another_ending_is_refused(refused, name):
    refusal = refused(samples.pdf("text"), name)
    assert refusal.code == "wrong_ending"
    assert refusal.values["kind"] == PDF


@pytest.mark.parametrize("name", ["a.pdf\u200b", "A.PDF", "a\uff0epdf", "a.pdf.", "a.html.pdf"])
def test_a_pdf_whose_name_ends_so_in_the_eyes_of_people_is_taken(look, name):
    assert look(samples.pdf("text"), name).kind == PDF


def test_every_ending_of_a_kind_is_taken(look):
    found = [
        look(pictures.picture("JPEG"), "图.jpg").kind,
        look(pictures.picture("JPEG"), "图.jpeg").kind,
        look(pictures.picture("TIFF"), "图.tif").kind,
        look(pictures.picture("TIFF"), "图.tiff").kind,
    ]
    assert found == [JPEG, JPEG, TIFF, TIFF]


def test_the_ending_tells_two_word_processors_apart(look):
    """Both write compound files; WPS Office also writes the newer package under its old ending."""
    assert look(samples.doc(), "稿.wps").kind == WPS
    assert look(samples.docx(), "稿.wps").kind == DOCX


def test_every_kind_has_an_ending_in_small_letters():
    for endings in ENDINGS.values():
        assert endings
        assert all(ending == ending.strip(".").lower() for ending in endings)
