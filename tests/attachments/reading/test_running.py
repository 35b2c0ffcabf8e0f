"""What an office paper would run or fetch by itself is refused; what a person clicks on is not."""

import pytest

from attachments.reading.kinds import DOCX, XLSX
from tests.attachments.reading import samples

EXTERNAL = 'Target="http://example.org/x.dotm" TargetMode="External"'
FETCHED = ["attachedTemplate", "oleObject", "frame", "subDocument", "externalLinkPath"]
LINK = "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"
LONG = "字" * 5000
SVG = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'


def related(kind, how=EXTERNAL):
    return (
        f'<Relationships xmlns="{samples.RELATIONS}"><Relationship Id="rId1" '
        f'Type="{samples.OFFICE}/{kind}" {how}/></Relationships>'
    )


@pytest.mark.parametrize("kind", [*FETCHED, "ATTACHEDTEMPLATE", "xlExternalLinkPath/xlPathMissing"])
def test_a_relation_that_fetches_another_file_is_refused(refused, kind):
    part = {"word/_rels/settings.xml.rels": related(kind)}
    assert refused(samples.docx_with(part), "稿.docx").code == "active_content"
    table = samples.package(samples.xlsx_parts() | {"xl/_rels/a.xml.rels": related(kind)})
    assert refused(table, "表.xlsx").code == "active_content"


def test_how_a_relation_is_written_does_not_matter(refused):
    how = EXTERNAL.replace('"External"', '" external&#32;"')
    part = {"word/_RELS/settings.xml.RELS": related("frame", how)}
    assert refused(samples.docx_with(part), "稿.docx").code == "active_content"


@pytest.mark.parametrize("kind", ["hyperlink", "image"])
def test_a_plain_link_is_taken(look, kind):
    part = {"word/_rels/settings.xml.rels": related(kind)}
    assert look(samples.docx_with(part), "稿.docx").kind == DOCX


def test_what_is_related_within_the_paper_is_taken(look):
    part = {"word/_rels/settings.xml.rels": related("oleObject", 'Target="embeddings/a.bin"')}
    assert look(samples.docx_with(part), "稿.docx").kind == DOCX


def command(said):
    return f"<w:instrText>{said}</w:instrText>"


BEGIN, END = '<w:fldChar w:fldCharType="begin"/>', '<w:fldChar w:fldCharType="end"/>'
COMMANDS = {
    "plain": command("DDEAUTO c:\\\\cmd.exe"),
    "small letters": BEGIN + command(" dde x y") + END,
    "in quotes": BEGIN + command(' "DDE" x y') + END,
    "in pieces": BEGIN + command("  DD") + "</w:r><w:r>" + command("EAUTO x") + END,
    "around another": BEGIN + command("D") + BEGIN + command("PAGE") + END + command("DE x") + END,
    "simple": '<w:fldSimple w:instr=" DDEAUTO x"/>',
    "deleted words around it": f"<w:moveFrom>{command('DDE x')}</w:moveFrom>",
}


@pytest.mark.parametrize("before", ["", LONG])
@pytest.mark.parametrize("how", COMMANDS)
def test_a_field_that_starts_a_program_is_refused(refused, how, before):
    run = f"<w:t>{before}</w:t>{COMMANDS[how]}"
    assert refused(samples.docx(run), "稿.docx").code == "active_content"
    assert refused(samples.docx("正文", header=run), "稿.docx").code == "active_content"


@pytest.mark.parametrize("before", ["", LONG])
def test_other_fields_are_taken_and_not_heard(look, before):
    fields = BEGIN + command('HYPERLINK "http://example.org/DDE"') + END
    body = samples.docx(f"<w:t>{before}前</w:t>{fields}<w:t>后 DDE</w:t>")
    assert look(body, "稿.docx").text == f"{before}前后 DDE"[:4000]


@pytest.mark.parametrize("link", ["ddeLink", "oleLink"])
def test_a_table_that_asks_a_program_is_refused(refused, look, link):
    def linked(what):
        parts = samples.xlsx_parts()
        types = parts["[Content_Types].xml"]
        more = f'<Override PartName="/xl/links/a.xml" ContentType="{LINK}"/></Types>'
        parts["[Content_Types].xml"] = types.replace("</Types>", more)
        return samples.package(
            parts | {"xl/links/a.xml": f"<externalLink><{what}/></externalLink>"}
        )

    assert refused(linked(link), "表.xlsx").code == "active_content"
    assert look(linked("externalBook"), "表.xlsx").kind == XLSX


@pytest.mark.parametrize(
    "inside",
    [
        "<script>x</script>",
        "<g onclick='x'/>",
        "<a href='java&#10;script:x'/>",
        "<s:script xmlns:s='http://www.w3.org/2000/svg'/>",
        "<foreignObject/>",
    ],
)
def test_a_drawing_that_runs_is_refused(refused, inside):
    part = {"word/media/image1.svg": SVG.format(inside)}
    assert refused(samples.docx_with(part), "稿.docx").code == "active_content"


def test_a_drawing_that_draws_is_taken(look):
    part = {"word/media/image1.svg": SVG.format("<a href='#b'><path d='M0 0'/></a>")}
    assert look(samples.docx_with(part), "稿.docx").kind == DOCX


RUNNING = {
    "exe": b"MZ" * 50,
    "elf": b"\x7fELF" + bytes(60),
    "page": b"<html><script>x</script>",
    "page behind a declaration": b"<?xml version='1.0'?>\n<!-- a --><html xmlns='x'/>",
    "script": b"@echo off\r\ndel *",
}


@pytest.mark.parametrize(
    "name", ["word/media/a.png", "word/media/a.svg", "word/media/a.emz", "customXml/item1.xml"]
)
@pytest.mark.parametrize("what", RUNNING)
def test_what_runs_is_refused_whatever_its_part_is_called(refused, what, name):
    assert refused(samples.docx_with({name: RUNNING[what]}), "稿.docx").code == "active_content"


def test_what_runs_is_refused_in_an_inner_package_too(refused):
    inner = samples.docx_with({"word/media/a.png": RUNNING["exe"]})
    paper = samples.docx_with({"word/embeddings/a.bin": inner})
    assert refused(paper, "稿.docx").code == "active_content"


@pytest.mark.parametrize("name", ["a.exe\u200b", "a.e\u2060xe", "a.\uff45xe", "a.exe\u3164"])
def test_signs_that_nobody_sees_do_not_hide_an_ending(refused, name):
    assert refused(samples.docx_with({f"word/{name}": b"x"}), "稿.docx").code == "active_content"
    inner = samples.docx_with({f"word/{name}": b"x"})
    paper = samples.docx_with({"word/embeddings/a.bin": inner})
    assert refused(paper, "稿.docx").code == "active_content"


@pytest.mark.parametrize(
    "ending",
    [
        "library-ms",
        "appref-ms",
        "settingcontent-ms",
        "search-ms",
        "iqy",
        "slk",
        "img",
        "wll",
        "pyz",
        "ppa",
    ],
)
def test_the_less_known_endings_of_what_runs_are_known(refused, ending):
    part = {f"word/embeddings/a.{ending}": b"plain"}
    assert refused(samples.docx_with(part), "稿.docx").code == "active_content"
