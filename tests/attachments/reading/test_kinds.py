"""What a file is, is found out from its content; what it is not, is refused with the reason."""

import io

import pytest
from PIL import Image

from attachments.reading import kept
from attachments.reading.kinds import DOC, DOCX, JPEG, OFD, PDF, PNG, TIFF, TXT, WPS, XLSX
from tests.attachments import samples as pictures
from tests.attachments.reading import samples

RIGHT = {
    "pdf": (samples.pdf("A line of text that is long enough"), PDF),
    "docx": (samples.docx(), DOCX),
    "xlsx": (samples.xlsx(), XLSX),
    "ofd": (samples.ofd(), OFD),
    "doc": (samples.doc(), DOC),
    "wps": (samples.doc(), WPS),
    "png": (pictures.picture("PNG"), PNG),
    "jpg": (pictures.picture("JPEG"), JPEG),
    "tif": (pictures.tiff(3), TIFF),
    "txt": ("通知\r\n正文".encode(), TXT),
}
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
EXE = b"MZ\x90\0" + b"\0" * 400
MHTML = (
    b"From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n"
)
RTF = rb"{\rtf1\ansi text}"
ANOTHER = {
    "html": (HTML, "active_content"),
    "page with a mark before it": (b"\xef\xbb\xbf \n<HTML><body>", "active_content"),
    "svg": (SVG, "active_content"),
    "php": (b"<?php system($_GET[0]);", "active_content"),
    "script": (b"#!/bin/sh\nrm -r .\n", "active_content"),
    "batch": (b"@echo off\r\ndel *.*\r\n", "active_content"),
    "exe": (EXE, "active_content"),
    "elf": (b"\x7fELF" + b"\0" * 400, "active_content"),
    "saved page": (MHTML, "active_content"),
    "xml": (b'<?xml version="1.0"?><x/>', "unknown_kind"),
    "rtf": (RTF, "unknown_kind"),
    "gif": (pictures.picture("GIF"), "unknown_kind"),
    "webp": (pictures.picture("WEBP"), "unknown_kind"),
    "bmp": (pictures.picture("BMP"), "unknown_kind"),
    "old table": (samples.compound({"Workbook": b"x"}), "unknown_kind"),
    "zip": (pictures.zipped("a.txt"), "unknown_kind"),
    "docx without types": (samples.package({"word/document.xml": "<x/>"}), "unknown_kind"),
    "slides": (
        samples.package({"[Content_Types].xml": samples.content_types(("ppt/p.xml", "slides"))}),
        "unknown_kind",
    ),
    "two mains": (
        samples.docx_with(
            {
                "[Content_Types].xml": samples.content_types(
                    ("word/document.xml", samples.WORD + "document.main+xml"),
                    ("word/header1.xml", samples.EXCEL + "sheet.main+xml"),
                )
            }
        ),
        "unknown_kind",
    ),
    "one byte": (b"\0", "unknown_kind"),
    "noise": (bytes(range(256)), "unknown_kind"),
    "text in no encoding": (b"abc \xff\xff\xff", "unknown_kind"),
    "pdf behind something": (b"\0\n" + samples.pdf("x"), "unknown_kind"),
}


@pytest.mark.parametrize("ending", RIGHT)
def test_a_file_under_its_own_ending_is_taken(look, ending):
    content, kind = RIGHT[ending]
    assert look(content, f"来文.{ending}").kind == kind


@pytest.mark.parametrize("ending", ["pdf", "docx", "png", "doc", "txt"])
@pytest.mark.parametrize("really", ["pdf", "docx", "xlsx", "ofd", "doc", "png", "jpg", "tif"])
def test_a_file_under_the_ending_of_another_kind_is_refused(refused, look, really, ending):
    content, kind = RIGHT[really]
    if really == ending:
        assert look(content, f"来文.{ending}").kind == kind
    else:
        refusal = refused(content, f"来文.{ending}")
        assert (refusal.code, refusal.values) == ("wrong_ending", {"kind": kind, "ending": ending})


@pytest.mark.parametrize("ending", ["pdf", "docx", "txt", "png"])
@pytest.mark.parametrize("what", ANOTHER)
def test_what_we_do_not_take_is_refused_under_any_ending(refused, what, ending):
    content, code = ANOTHER[what]
    found = refused(content, f"来文.{ending}").code
    assert found == code or (ending == "docx" and content[:2] == b"PK" and found == "damaged")


@pytest.mark.parametrize("root", ["<ofd:OFD xmlns:ofd='o'/>", "<Book><DocBody/></Book>"])
def test_an_ofd_without_a_document_is_none(refused, root):
    assert refused(samples.ofd_with({"OFD.xml": root}), "来文.ofd").code == "unknown_kind"


def test_an_empty_file_is_refused(refused):
    assert refused(b"").code == "empty"


def test_a_file_over_the_limit_is_refused_and_one_at_the_limit_is_not(look, refused):
    content = samples.pdf("text")
    assert look(content, limit=len(content)).kind == PDF
    refusal = refused(content, limit=len(content) - 1)
    assert (refusal.code, refusal.values) == ("too_large", {"limit": len(content) - 1})


@pytest.mark.parametrize("ending", ["pdf", "docx", "xlsx", "ofd", "doc", "png", "jpg", "tif"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_file_that_is_cut_off_is_refused(refused, ending, share):
    content, kind = RIGHT[ending]
    if ending in {"png", "jpg", "tif"}:
        content = LARGER[ending]
    refusal = refused(content[: int(len(content) * share)], f"来文.{ending}")
    assert (refusal.code, refusal.values) == ("damaged", {"kind": kind})


def noisy(kind):
    out = io.BytesIO()
    Image.effect_noise((300, 300), 90).save(out, kind)
    return out.getvalue()


LARGER = {"png": noisy("PNG"), "jpg": noisy("JPEG"), "tif": noisy("TIFF")}


@pytest.mark.parametrize("flags", [0x0100, 0x8100])
def test_an_old_paper_with_a_password_is_refused(refused, flags):
    content = samples.compound({"WordDocument": samples.word_head(flags)})
    assert refused(content, "稿.doc").code == "password"


def test_a_new_paper_with_a_password_is_refused(refused):
    content = samples.compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"})
    assert refused(content, "稿.docx").code == "password"


def test_a_pdf_with_a_password_is_refused(refused):
    assert refused(pictures.encrypted_pdf()).code == "password"


def test_a_pdf_without_pages_is_refused_as_such_also_after_one_with_a_password(refused):
    with kept():
        assert refused(pictures.encrypted_pdf()).code == "password"
        assert refused(pictures.pdf_without_pages()).code in {"no_pages", "damaged"}


def test_a_pdf_of_more_than_five_hundred_pages_is_refused(look, refused):
    assert look(pictures.pdf(500)).pages == 500
    refusal = refused(pictures.pdf(501))
    assert (refusal.code, refusal.values) == ("too_many_pages", {"limit": 500})


def test_a_word_stream_that_no_word_processor_wrote_is_refused(refused):
    assert refused(samples.compound({"WordDocument": b"text"}), "稿.doc").code == "damaged"


@pytest.mark.parametrize("ending", ["pdf", "png", "jpg", "tif"])
def test_a_package_behind_another_file_is_refused(refused, ending):
    content, _kind = RIGHT[ending]
    assert refused(content + samples.docx(), f"来文.{ending}").code == "polyglot"


@pytest.mark.parametrize("behind", [b"\n%%EOF", b"x" * 60_000])
@pytest.mark.parametrize("ending", ["pdf", "png", "jpg", "tif"])
def test_a_package_a_little_before_the_end_of_another_file_is_refused(refused, ending, behind):
    content, _kind = RIGHT[ending]
    assert refused(content + samples.docx() + behind, f"来文.{ending}").code == "polyglot"


def test_the_mark_of_a_package_without_one_is_no_package(look):
    content, _kind = RIGHT["pdf"]
    stray = b"PK\5\6" + bytes(8) + b"\5\0\0\0" + bytes(20)
    assert look(content + stray + b"\n%%EOF").kind == PDF


@pytest.mark.parametrize("before", [HTML, b"\n", samples.pdf("x")])
def test_a_package_behind_anything_is_no_package(refused, before):
    assert refused(before + samples.docx(), "来文.docx").code in {
        "active_content",
        "unknown_kind",
        "polyglot",
    }


def test_a_page_hidden_in_a_pdf_or_picture_is_carried_as_what_it_is_in(look):
    """Inert: stored under a digest, sent as a download of the kind found, drawn by us."""
    page = samples.pdf("text").replace(b"%PDF-1.4\n", b"%PDF-1.4\n%<script>alert(1)</script>\n")
    assert look(page).kind == PDF
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG", comment=b"<?php system($_GET[0]); ?>")
    assert look(out.getvalue(), "图.jpg").kind == JPEG


def test_a_picture_script_is_refused(refused):
    assert refused(b"GIF89a/*" + b"\x01" * 20 + b"*/=1;alert(1)", "图.png").code == "unknown_kind"
    assert refused(b"GIF89a=1;alert(1)", "图.txt").code == "unknown_kind"
