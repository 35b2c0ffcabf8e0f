"""A mark of secrecy is heard wherever an office program shows one."""

import pytest

from tests.attachments.reading import samples

MARK = "机密★1年"
HEADER = samples.WORD + "header+xml"
MAIN = samples.WORD + "document.main+xml"
HEARD_AS = (
    ('w:font="Wingdings" w:char="F0AB"', "★"),
    ('w:font="Wingdings" w:char="00AB"', "★"),
    ('w:char="F0AB"', "★"),
    ('w:char="2605"', "★"),
    ('w:font="Wingdings 2" w:char="F0F6"', "★"),
    ('w:font="Arial" w:char="00AB"', "«"),
    ('w:char="no number"', ""),
    ('w:char="FFFFFFFFFF"', ""),
)


def watermark(said):
    return (
        f'<w:pict><v:shape xmlns:v="v"><v:textpath style="x" string="{said}"/></v:shape></w:pict>'
    )


def test_the_watermark_of_a_header_is_heard(look):
    found = look(samples.docx("正文", header=watermark(MARK)), "稿.docx")
    assert found.text == f"{MARK}\n正文"


@pytest.mark.parametrize(("sign", "heard"), HEARD_AS)
def test_a_sign_from_a_font_of_signs_is_heard_as_what_it_looks_like(look, sign, heard):
    run = f"<w:t>机密</w:t><w:sym {sign}/><w:t>1年</w:t>"
    assert look(samples.docx(run), "稿.docx").text == f"机密{heard}1年"


def test_a_star_in_the_letters_of_a_font_of_signs_is_a_star(look):
    assert look(samples.docx("机密\uf0ab1年"), "稿.docx").text == MARK
    assert MARK in look(samples.xlsx(strings=("机密\uf0ab1年",)), "表.xlsx").text


@pytest.mark.parametrize("name", ["word/header2.hdr", "word/top", "other/页%20眉.bin"])
@pytest.mark.parametrize("slip", ["", "; charset=utf-8"])
def test_a_header_is_heard_whatever_its_part_is_called(look, name, slip):
    types = samples.content_types(("word/document.xml", MAIN), (name, HEADER + slip))
    more = {"[Content_Types].xml": types, name: samples.word(MARK, tag="hdr")}
    assert look(samples.docx_with(more, "正文"), "稿.docx").text == f"{MARK}\n正文"


def typed_by_endings(*overrides, **endings):
    listed = "".join(
        f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in endings.items()
    )
    return samples.content_types(*overrides).replace("</Types>", f"{listed}</Types>")


def test_a_part_is_also_what_its_ending_says(look):
    types = typed_by_endings(("word/document.xml", MAIN), hdr=HEADER)
    more = {"[Content_Types].xml": types, "word/a.HDR": samples.word(MARK, tag="hdr")}
    assert look(samples.docx_with(more, "正文"), "稿.docx").text == f"{MARK}\n正文"


def test_a_body_under_another_ending_is_heard(look):
    parts = samples.docx_parts()
    parts["word/body.dat"] = parts.pop("word/document.xml")
    parts["[Content_Types].xml"] = typed_by_endings(dat=MAIN)
    assert look(samples.package(parts), "稿.docx").text == "关于报送年度工作总结的通知"


def test_what_older_programs_would_see_instead_is_heard_too(look):
    run = (
        '<mc:AlternateContent xmlns:mc="m"><mc:Choice Requires="x"><w:t>通知</w:t></mc:Choice>'
        f"<mc:Fallback><w:t>{MARK}</w:t></mc:Fallback></mc:AlternateContent><w:t>后</w:t>"
    )
    assert look(samples.docx(run), "稿.docx").text == f"通知{MARK}后"


@pytest.mark.parametrize("kind", ["inline&#83;tr", "inlineStr", "unheard-of"])
def test_a_string_in_a_cell_is_heard_however_its_kind_is_written(look, kind):
    cell = f'<c r="B2" t="{kind}"><is><t>{MARK}</t></is></c>'
    assert look(samples.xlsx(sheet=cell, strings=()), "表.xlsx").text == f"台账\n{MARK}"


def test_a_result_in_a_cell_is_heard_however_its_kind_is_written(look):
    cell = f'<c r="B2" t="&#115;tr"><v>{MARK}</v></c>'
    assert look(samples.xlsx(sheet=cell, strings=()), "表.xlsx").text == f"台账\n{MARK}"


def test_a_cell_whose_tag_stretches_over_two_pieces_is_heard(look):
    filling = "x" * 600_000
    cell = f'<c t="inlineStr" r="{filling}"><is><t>{MARK}</t></is></c>'
    parts = samples.xlsx_parts(sheet=cell, strings=())
    assert look(samples.package(parts, packed=0), "表.xlsx").text == f"台账\n{MARK}"
