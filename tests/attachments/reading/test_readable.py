"""A paper is readable only where its text says what people see on it; else a person must look."""

import pytest

from attachments.reading.kinds import PDF
from tests.attachments import samples as pictures
from tests.attachments.reading import samples

LONG = "A line of text that is long enough"
PICTURE = pictures.picture("PNG")
TWENTY = "二十个字" * 5
PICTURES_DECLARED = {
    "[Content_Types].xml": samples.docx_parts()["[Content_Types].xml"].replace(
        "</Types>", '<Default Extension="png" ContentType="image/png"/></Types>'
    )
}
APPEARANCE = "/AP << /N 5 0 R >>"


def paper(*, drawn="", annotation="", form="0 0 m 9 9 l S", pages=1):
    """A page of 400 by 300 with a line of text, and what is drawn on it or laid over it.

    `form` is drawn by "/X1 Do", and by an annotation with APPEARANCE.
    """
    content = f"{drawn} BT /F1 12 Tf 20 200 Td ({LONG}) Tj ET"
    kids = " ".join(["3 0 R", *["7 0 R"] * (pages - 1)])
    own = "/Type /Page /Parent 2 0 R /MediaBox [0 0 400 300]"
    fonts = "/Resources << /Font << /F1 6 0 R >> /XObject << /X1 5 0 R >> >>"
    laid = f"<< /Type /Annot /Rect [50 50 300 90] {annotation} >>" if annotation else ""
    plain = f"<< {own} /Contents 8 0 R {fonts} >>"
    return samples.assembled(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
            f"<< {own} /Contents 4 0 R {fonts} /Annots [{laid}] >>",
            stream(content),
            stream(form, f"/Type /XObject /Subtype /Form /BBox [0 0 400 300] {fonts}"),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            plain,
            stream(f"BT /F1 12 Tf 20 200 Td ({LONG}) Tj ET"),
        ]
    )


def stream(content, more=""):
    return f"<< /Length {len(content)} {more} >>\nstream\n{content}\nendstream"


def picture(left, bottom, width, height):
    return f"q {width} 0 0 {height} {left} {bottom} cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q"


def test_a_page_with_text_alone_is_readable(look):
    assert look(paper()).readable


@pytest.mark.parametrize(
    ("drawn", "readable"),
    [
        (picture(0, 0, 400, 300), False),
        (picture(0, 0, 400, 151), False),
        (picture(0, 0, 400, 149), True),
        (picture(0, 0, 400, 80) + "\n" + picture(0, 80, 400, 80), False),
        (picture(-800, 0, 900, 300), True),
        ("/X1 Do", False),
    ],
    ids=["all", "over half", "under half", "in strips", "mostly beside the page", "in a drawing"],
)
def test_a_page_under_a_picture_is_not_readable_whatever_its_text(look, drawn, readable):
    form = picture(0, 0, 400, 300) if drawn == "/X1 Do" else "0 0 m 9 9 l S"
    assert look(paper(drawn=drawn, form=form)).readable is readable


@pytest.mark.parametrize(
    ("annotation", "readable"),
    [
        (f"/Subtype /Stamp {APPEARANCE}", False),
        (f"/Subtype /Widget /FT /Tx {APPEARANCE}", False),
        ("/Subtype /FreeText /Contents (Typed over it) /DA (/Helv 12 Tf)", False),
        ("/Subtype /Link /Border [0 0 0]", True),
    ],
    ids=["stamp", "form", "text", "link"],
)
def test_a_page_with_something_laid_over_it_is_not_readable(look, annotation, readable):
    assert look(paper(annotation=annotation)).readable is readable


def test_a_long_first_page_does_not_hide_what_the_second_is(look):
    tiny = ") Tj /F1 0.01 Tf (" + "x" * 21_000
    assert len(look(samples.pdf(tiny, LONG)).text) == 20_001
    assert not look(samples.pdf(tiny, None)).readable


def test_what_is_written_on_a_stamp_is_heard(look, read):
    form = "BT /F1 24 Tf 60 60 Td (SECRET STAMP) Tj ET"
    content = paper(annotation=f"/Subtype /Stamp {APPEARANCE}", form=form)
    assert look(content).text == f"{LONG}\nSECRET STAMP"
    assert read(content, PDF) == f"{LONG}\nSECRET STAMP"


def test_what_a_box_of_text_says_is_heard(look):
    marked = "FEFF" + "机密★".encode("utf-16-be").hex()
    content = paper(annotation=f"/Subtype /FreeText /Contents <{marked}>")
    assert look(content).text == f"{LONG}\n机密★"


@pytest.mark.parametrize("name", ["word/media/image1.png", "word/image1.png", "Word/Media/a"])
def test_a_word_paper_of_pictures_is_not_readable_for_a_few_letters(look, name):
    more = PICTURES_DECLARED | {name: PICTURE}
    assert not look(samples.docx_with(more, TWENTY[1:] + " "), "稿.docx").readable
    assert look(samples.docx_with(more, TWENTY), "稿.docx").readable


def test_a_word_paper_of_few_letters_without_pictures_is_readable(look):
    assert look(samples.docx("同意"), "稿.docx").readable
    thumbnail = PICTURES_DECLARED | {"docProps/thumbnail.png": PICTURE}
    assert look(samples.docx_with(thumbnail, "同意"), "稿.docx").readable


def test_a_table_of_pictures_is_not_readable_for_the_name_of_its_sheet(look):
    parts = samples.xlsx_parts(strings=()) | {"xl/media/image1.png": PICTURE}
    assert not look(samples.package(parts), "表.xlsx").readable
