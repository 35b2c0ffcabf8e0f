"""Packages: every part by its own name, once, where the list says, and nothing that runs."""

import stat
import zipfile
import zlib

import pytest

from attachments.reading.kinds import DOCX, OFD, XLSX
from tests.attachments.reading import samples
from tests.attachments.reading.raw import part, raw_package

EXE = b"MZ\x90\0" + b"\0" * 400
HTML = b"<html><script>alert(1)</script></html>"
RUNNING = (
    "html htm xhtml svg js hta lnk exe msi bat iso jar php vbs ps1 cmd dll scr mht url "
    "docm xlsm pptm dotm xlsb"
)
MAKERS = {
    "docx": (samples.docx_with, "word/embeddings/", DOCX),
    "ofd": (samples.ofd_with, "Doc_0/Attachs/", OFD),
}


def docx_of(*parts):
    """A Word paper, and these parts written by hand behind its own."""
    own = [part(name, text.encode()) for name, text in samples.docx_parts().items()]
    return raw_package(*own, *parts)


def deflated(content):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def test_a_package_written_by_hand_is_taken(look):
    assert look(docx_of(part("word/media/a.bin", b"x", method=0)), "稿.docx").kind == DOCX


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize("ending", RUNNING.split())
def test_a_part_that_runs_is_refused_by_its_name(refused, kind, ending):
    make, folder, _found = MAKERS[kind]
    refusal = refused(make({f"{folder}附件.{ending.upper()}": b"plain"}), f"来文.{kind}")
    assert refusal.code == "active_content"
    assert refusal.values["part"].endswith(f"附件.{ending.upper()}")


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize(
    "content",
    [EXE, b"\x7fELF" + b"\0" * 60, b"#!/bin/sh\n", HTML, b"\xef\xbb\xbf \n<svg onload=''>"],
    ids=["exe", "elf", "script", "page", "svg"],
)
def test_a_part_that_runs_is_refused_under_an_innocent_name(refused, kind, content):
    make, folder, _found = MAKERS[kind]
    assert refused(make({f"{folder}a.bin": content}), f"来文.{kind}").code == "active_content"


@pytest.mark.parametrize("name", ["word/media/a.exe", "word/a.svg", "xl/media/a.html"])
def test_the_folder_of_pictures_holds_pictures_only(refused, name):
    assert refused(samples.docx_with({name: b"plain"}), "稿.docx").code == "active_content"


def test_a_disc_image_is_refused_under_an_innocent_name(refused):
    content = bytes(0x8001) + b"CD001" + bytes(100)
    package = samples.package(
        samples.docx_parts() | {"word/embeddings/a.bin": content}, zipfile.ZIP_STORED
    )
    assert refused(package, "稿.docx").code == "active_content"


@pytest.mark.parametrize(
    "name", ["word/vbaProject.bin", "word/VBAPROJECT.BIN", "xl/macrosheets/sheet1.xml"]
)
def test_macros_are_refused(refused, name):
    assert refused(samples.docx_with({name: b"x"}), "稿.docx").code == "macros"


@pytest.mark.parametrize(
    "declared",
    [
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        "application/vnd.ms-office.vbaProject",
        "application/vnd.ms-excel.macrosheet+xml",
    ],
)
def test_declared_macros_are_refused(refused, declared):
    types = samples.content_types(("word/document.xml", declared))
    assert refused(samples.docx_with({"[Content_Types].xml": types}), "稿.docx").code == "macros"


def test_an_old_paper_with_macros_is_refused(refused):
    assert refused(samples.doc(**{"Macros/VBA/dir": b"x"}), "稿.doc").code == "macros"
    inner = samples.compound({"Workbook": b"x", "_VBA_PROJECT_CUR/VBA/dir": b"x"})
    assert refused(samples.docx_with({"word/embeddings/a.bin": inner}), "稿.docx").code == "macros"


def wrapped(name):
    return b"\0\0\0\0\2\0" + name.encode("gb18030") + b"\0C:\\" + name.encode("gb18030") + b"\0"


def test_a_program_wrapped_into_a_paper_by_hand_is_refused(look, refused):
    own = "ObjectPool/_1/\x01Ole10Native"
    assert look(samples.doc(**{own: wrapped("清单.xls")}), "稿.doc")
    assert refused(samples.doc(**{own: wrapped("清单.exe")}), "稿.doc").code == "active_content"
    inner = samples.compound({"\x01Ole10Native": wrapped("a.vbs")})
    paper = samples.docx_with({"word/embeddings/oleObject1.bin": inner})
    assert refused(paper, "稿.docx").code == "active_content"


def test_an_installer_is_refused(refused):
    clsid = bytes.fromhex("84100c000000000 0c000000000000046".replace(" ", ""))
    inner = samples.compound({"a": b"x"}, clsid=clsid)
    paper = samples.docx_with({"word/embeddings/oleObject1.bin": inner})
    assert refused(paper, "稿.docx").code == "active_content"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("word/media/image1.svg", b"<svg/>"),
        ("word/media/image1.emz", b"\x1f\x8b\x08"),
        ("word/media/image1.emf", b"\1\0\0\0"),
        ("word/embeddings/table.xlsx", samples.xlsx()),
        ("word/embeddings/oleObject1.bin", samples.compound({"Workbook": b"x"})),
        ("word/drawings/vmlDrawing1.vml", b"<xml><br></xml>"),
        ("customXml/item1.xml", b"<body/>"),
    ],
)
def test_what_word_itself_puts_into_a_paper_is_taken(look, name, content):
    assert look(samples.docx_with({name: content}), "稿.docx").kind == DOCX


def test_an_inner_package_is_listed(refused):
    def holding(parts):
        return samples.docx_with({"word/embeddings/a.docx": samples.docx_with(parts)})

    assert refused(holding({"word/embeddings/a.exe": b"x"}), "稿.docx").code == "active_content"
    assert refused(holding({"word/vbaProject.bin": b"x"}), "稿.docx").code == "macros"
    assert refused(holding({"word/embeddings/b.xlsx": b"x"}), "稿.docx").code == "bomb"
    assert refused(holding({"../a.png": b"x"}), "稿.docx").code == "unsafe_names"


@pytest.mark.parametrize(
    "name",
    [
        "../a.png",
        "word/../../a.png",
        "word/..",
        "./a.png",
        "/etc/a.png",
        "C:/a.png",
        "c:a.png",
        "..\\a.png",
        "word\\a.png",
        "word//a.png",
        "word/a.png\0.exe",
        "word/a\n.png",
        "word/a.png.",
        "word/a.png ",
        "word /a.png",
        "CON",
        "word/nul.png",
        "word/COM1.xml",
        "word/lpt9",
        "word/a?.png",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(refused, tmp_path, name):
    before = sorted(tmp_path.parent.iterdir())
    assert refused(docx_of(part(name)), "稿.docx").code == "unsafe_names"
    assert sorted(tmp_path.parent.iterdir()) == before
    assert [path.name for path in tmp_path.iterdir()] == ["upload"]


@pytest.mark.parametrize("name", ["word/document.xml", "WORD/Document.XML", "word/ｄocument.xml"])
def test_two_parts_of_one_name_are_refused(refused, name):
    assert refused(docx_of(part(name)), "稿.docx").code == "unsafe_names"


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK])
def test_a_part_that_is_no_file_is_refused(refused, kind):
    odd = part("word/media/a.png", b"/etc/hostname", mode=kind | 0o777)
    assert refused(docx_of(odd), "稿.docx").code == "unsafe_names"


def test_folders_are_taken(look):
    folder = part("word/media/", b"", mode=stat.S_IFDIR | 0o755, method=0)
    assert look(docx_of(folder), "稿.docx").kind == DOCX


def test_a_part_that_calls_itself_something_else_than_the_list_does_is_refused(refused):
    odd = part("word/media/a.exe", listed_name=b"word/media/a.png")
    assert refused(docx_of(odd), "稿.docx").code == "unsafe_names"


@pytest.mark.parametrize("flags", [0x801, 0x841, 0x2800])
def test_encrypted_parts_are_refused(refused, flags):
    assert refused(docx_of(part("a.png", flags=flags)), "稿.docx").code == "password"


@pytest.mark.parametrize(
    "claims",
    [
        {"listed_flags": 0x808},
        {"crc": 1},
        {"size": 5},
        {"own_size": 3},
        {"packed": 2},
        {"method": 12},
        {"raw": deflated(b"x" * 4) + b"more"},
    ],
)
def test_a_part_that_is_not_as_the_list_says_is_refused(refused, claims):
    assert refused(docx_of(part("a.png", b"x" * 4, **claims)), "稿.docx").code == "damaged"


def test_a_paper_of_two_kinds_is_refused(refused):
    both = samples.package(samples.docx_parts() | samples.ofd_parts())
    assert refused(both, "稿.docx").code == "polyglot"


def test_something_before_the_first_part_is_refused(refused):
    own = [part(name, text.encode()) for name, text in samples.docx_parts().items()]
    behind = raw_package(*own, before=b"PK\3\4" + bytes(60))
    assert refused(behind, "稿.docx").code == "polyglot"


def test_a_list_that_stands_elsewhere_than_it_says_is_refused(refused):
    assert refused(b"PK\3\4" + bytes(60) + docx_of(), "稿.docx").code == "damaged"


@pytest.mark.parametrize("ending", ["docx", "xlsx", "ofd"])
def test_markup_that_is_none_is_refused(refused, ending):
    parts = {"docx": samples.docx_parts, "xlsx": samples.xlsx_parts, "ofd": samples.ofd_parts}
    kinds = {"docx": DOCX, "xlsx": XLSX, "ofd": OFD}
    broken = samples.package(parts[ending]() | {"more/item.xml": "<a><b></a>"})
    refusal = refused(broken, f"来文.{ending}")
    assert (refusal.code, refusal.values) == ("damaged", {"kind": kinds[ending]})
