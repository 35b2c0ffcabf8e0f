"""What a file says: its beginning for the gate, all of it for the search."""

import pytest

from attachments.reading import Refused
from attachments.reading.inflating import PIECE
from attachments.reading.kinds import DOC, DOCX, OFD, PDF, PNG, TXT, XLSX
from tests.attachments import samples as pictures
from tests.attachments.reading import samples

LONG = "A line of text that is long enough"


def test_the_gate_reads_two_pages_of_a_pdf_and_the_search_reads_all(look, read):
    content = samples.pdf(LONG, "second page of it, also long", "third")
    found = look(content)
    assert (found.pages, found.text) == (3, f"{LONG}\nsecond page of it, also long")
    assert read(content, PDF).endswith("third")


@pytest.mark.parametrize(
    ("pages", "readable"),
    [((LONG,), True), ((None,), False), ((LONG, None), False), ((LONG, LONG, None), True)],
)
def test_a_pdf_is_readable_when_each_of_its_first_pages_says_what_it_shows(look, pages, readable):
    assert look(samples.pdf(*pages)).readable is readable


def test_a_scan_is_not_readable_for_the_stamp_of_the_scanning_program(look):
    assert not look(samples.pdf("#Scanned by a phone")).readable
    assert look(samples.pdf("Agreed.")).readable


def test_an_empty_pdf_is_not_readable(look):
    assert not look(pictures.pdf()).readable


def test_the_gate_reads_the_header_of_a_word_paper_before_its_body(look, read):
    content = samples.docx("第一段", "第二段", header="机密★1年")
    assert look(content, "稿.docx").text == "机密★1年\n第一段\n第二段"
    assert read(content, DOCX) == "第一段\n第二段\n机密★1年"


def test_the_gate_reads_four_thousand_characters_and_the_search_two_million(look, read):
    said = "".join(chr(0x4E00 + number * 7919 % 20_000) for number in range(2_100_000))
    content = samples.docx(said)
    assert look(content, "稿.docx").text == said[:4000]
    assert read(content, DOCX) == said[:2_000_000]


def test_a_paper_of_many_short_lines_is_read_to_the_same_length(look):
    lines = [f"第{number}条" for number in range(3000)]
    assert look(samples.docx(*lines), "稿.docx").text == "\n".join(lines)[:4000].rstrip()
    strings = "台账\n" + "\n".join(lines)
    assert look(samples.xlsx(strings=tuple(lines)), "表.xlsx").text == strings[:4000]


def sheet_with(before, cell):
    parts = samples.xlsx_parts(sheet=before + cell, strings=())
    return samples.package(parts), parts["xl/worksheets/sheet1.xml"]


@pytest.mark.parametrize("cut", range(-12, 12, 3))
def test_a_string_that_stands_across_two_pieces_is_heard(look, cut):
    """Sheets come in pieces, and are listened to only where they may speak."""
    cell = '<c r="B1" t="inlineStr"><is><t>字</t></is></c>'
    _package, text = sheet_with("<!---->", cell)
    filling = "x" * (PIECE - text.index("inlineStr") + cut)
    package, _text = sheet_with(f"<!--{filling}-->", cell)
    assert look(package, "表.xlsx").text == "台账\n字"


def test_a_string_far_inside_its_cell_is_heard(look):
    cell = f'<c r="B1" t="inlineStr"><is><!--{"x" * 2 * PIECE}--><t>字</t></is></c>'
    package, _text = sheet_with("", cell)
    assert look(package, "表.xlsx").text == "台账\n字"


def test_a_sheet_in_utf_16_is_heard(look):
    parts = samples.xlsx_parts(sheet='<c r="B2" t="str"><v>末</v></c>', strings=())
    first = "xl/worksheets/sheet1.xml"
    parts[first] = parts[first].replace("UTF-8", "UTF-16").encode("utf-16")
    assert look(samples.package(parts), "表.xlsx").text == "台账\n末"


def test_long_headers_leave_room_for_the_body(look):
    said = look(samples.docx("正文", header="页" * 5000), "稿.docx").text
    assert said == "页" * 1000 + "\n正文"


def test_words_in_pieces_stay_together_and_signs_become_blanks(look):
    pieces = "<w:t>机</w:t></w:r><w:r><w:rPr><w:tab/></w:rPr><w:t>密</w:t><w:tab/><w:t>★</w:t>"
    content = samples.docx(pieces, "<w:t>一</w:t><w:br/><w:t>二</w:t>")
    assert look(content, "稿.docx").text == "机密\t★\n一\n二"


def test_a_text_box_is_read_once_and_deleted_words_are_not(look):
    box = "<w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent>"
    twice = (
        "<w:t>前</w:t><mc:AlternateContent xmlns:mc='m'><mc:Choice>"
        f"{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    only_old = (
        "<w:t>前</w:t><mc:AlternateContent xmlns:mc='m'><mc:Choice/><mc:Fallback>"
        f"{box}</mc:Fallback></mc:AlternateContent>"
    )
    assert look(samples.docx(twice), "稿.docx").text == "前框"
    assert look(samples.docx(only_old), "稿.docx").text == "前框"
    assert look(samples.docx("<w:delText>旧</w:delText><w:t>新</w:t>"), "稿.docx").text == "新"


def test_a_word_paper_of_pictures_is_not_readable(look):
    found = look(samples.docx("<w:drawing/>"), "稿.docx")
    assert (found.text, found.readable) == ("", False)


def test_a_table_says_its_sheets_strings_results_and_margins(look, read):
    cells = (
        '<c r="C1" t="inlineStr"><is><r><t>机</t></r><r><t>密</t></r></is></c>'
        '<c r="D1" t="str"><f>A1</f><v>结果</v></c>'
    )
    parts = samples.xlsx_parts(strings=("序号", "案由"), sheet=cells, name="台账")
    first = "xl/worksheets/sheet1.xml"
    margins = '</sheetData><headerFooter><oddHeader>&amp;C&amp;"宋体,常规"&amp;14★</oddHeader>'
    parts[first] = parts[first].replace("</sheetData>", margins + "</headerFooter>")
    content = samples.package(parts)
    assert look(content, "表.xlsx").text == "台账\n★\n机密\n结果\n序号\n案由"
    assert read(content, XLSX) == look(content, "表.xlsx").text


def test_readings_of_a_string_are_not_read_twice(look):
    content = samples.xlsx(strings=("东京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh><t>",))
    assert look(content, "表.xlsx").text == "台账\n东京"


def test_the_gate_reads_two_pages_of_an_ofd_and_the_search_reads_all(look, read):
    content = samples.ofd("第一页", "第二页", "第三页")
    found = look(content, "来文.ofd")
    assert (found.text, found.readable, found.pages) == ("第一页\n第二页", True, None)
    assert read(content, OFD) == "第一页\n第二页\n第三页"


def test_a_scanned_ofd_is_not_readable(look):
    assert not look(samples.ofd("第一页", ""), "来文.ofd").readable


@pytest.mark.parametrize("encoding", ["gb2312", "GBK", "gb18030"])
def test_an_ofd_in_a_chinese_encoding_is_read(look, encoding):
    parts = {
        name: text.replace("UTF-8", encoding).encode(encoding)
        for name, text in samples.ofd_parts("丘陵市").items()
    }
    assert look(samples.package(parts), "来文.ofd").text == "丘陵市"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_plain_text_is_read_in_the_encodings_of_the_house(look, read, encoding):
    content = "关于报送总结的通知\r\n\t各科室：".encode(encoding)
    found = look(content, "稿.txt")
    assert (found.text, found.readable) == ("关于报送总结的通知\r\n\t各科室：", True)
    assert read(content, TXT) == found.text


def test_the_gate_reads_four_thousand_characters_of_plain_text(look, read):
    content = ("字" * 2_100_000).encode()
    assert len(look(content, "稿.txt").text) == 4000
    assert len(read(content, TXT)) == 2_000_000


@pytest.mark.parametrize("sign", ["\0", "\x1b", "\x07", "\x7f", "\x9b"])
def test_text_with_a_control_character_is_refused(refused, sign):
    assert refused(f"通知{sign}正文".encode(), "稿.txt").code == "unknown_kind"


def test_old_papers_and_pictures_say_nothing(look, read):
    assert not look(samples.doc(), "稿.doc").readable
    assert read(samples.doc(), DOC) == ""
    assert read(pictures.picture("PNG"), PNG) == ""


def test_a_file_that_is_no_longer_what_it_was_has_no_text(read):
    with pytest.raises(Refused) as refusal:
        read(samples.docx(), PDF)
    assert (refusal.value.code, refusal.value.values) == ("damaged", {"kind": PDF})
