"""处理单 and 收文登记簿 on A4, as Chromium sends them to the printer."""

from typing import NamedTuple

import pytest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate

from documents.models import IncomingPaper
from tests.pages.conftest import LARGE, SMALL
from tests.pages.office import LONGEST, OPINION, TITLE
from tests.pages.paper import sheets
from web.paging import SIZE

pytestmark = pytest.mark.journey


class Form(NamedTuple):
    """A4 and its margins, in millimetres."""

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int


UPRIGHT, ACROSS = Form(210, 297, 20, 18, 20, 25), Form(297, 210, 25, 12, 16, 12)
COLUMNS = ["收文编号", "标题", "来文单位", "来文字号", "收文日期"]
COLUMNS += ["当前环节", "主办部门", "办理时限"]
TRAIL = ["办理人", "办理事项", "意见", "收到", "打开", "办完", "用时"]
BOXES = ("拟办意见", "领导批示", "传阅", "承办情况", "办理结果")
NOT_ON_PAPER = ["工作台", "修改密码", "退出", "下一页", "查询", "跳到正文", "下载和打印记录"]
REGISTER = reverse("documents:register_list")


@pytest.fixture(scope="module")
def printed(offices, eyes):
    """`printed(who, size, address)` is what comes out of the printer: its sheets."""

    def send(who, size, address):
        page, watch = eyes.of(offices[size].user(who))
        watch.problems.clear()
        page.goto(address)
        found = sheets(page.pdf(prefer_css_page_size=True))
        assert watch.problems == []
        return found

    return send


@pytest.fixture(scope="module")
def matter(printed, offices):
    """`matter("closed", SMALL)` are the sheets of that paper: its processing sheet, its trail."""

    def send(name, size):
        address = reverse("documents:incoming", args=[offices[size].things[name]])
        found = printed("director", size, address)
        upright = [sheet for sheet in found if sheet.height > sheet.width]
        assert_fit_to_bind(found, [UPRIGHT] * len(upright) + [ACROSS] * (len(found) - len(upright)))
        place = offices[size].people.clerk.procuratorate.name
        number = IncomingPaper.objects.get(pk=offices[size].things[name]).number
        head = f"{place}文件处理单{number}"
        trail_head = f"办理轨迹{place}{number}{TITLE}（0）" + "".join(TRAIL)
        across = found[len(upright) :]
        return [_below(head, one) for one in upright], [_below(trail_head, one) for one in across]

    return send


def _below(head, sheet):
    assert head in sheet.text
    return sheet.text.replace(head, "")


def bare(text):
    return "".join(str(text).split())


def assert_fit_to_bind(found, forms):
    """Size, margins and page numbers; nothing overlaps, and nothing is lost without colours."""
    for number, (sheet, form) in enumerate(zip(found, forms, strict=True), 1):
        assert (round(sheet.width), round(sheet.height)) == (form.width, form.height)
        foot = sheet.take_below(form.height - form.bottom)
        assert foot == f"{number}/{len(found)}"
        marks = sheet.marks
        assert min(mark.left for mark in marks) >= form.left - 0.5
        assert max(mark.right for mark in marks) <= form.width - form.right + 0.5
        assert min(mark.top for mark in marks) >= form.top - 0.5
        assert sheet.overlaps() == []
        assert [mark.letter for mark in marks if not mark.is_dark] == []
        assert [words for words in NOT_ON_PAPER if words in sheet.text] == []


def test_the_register_is_printed_whole_with_its_head_on_every_sheet(printed, offices):
    found = printed("clerk", LARGE, REGISTER)
    assert_fit_to_bind(found, [ACROSS] * 7)
    papers = IncomingPaper.objects.listed_for(offices[LARGE].people.clerk)
    shown = papers.order_by("-signed_for_at", "-id")[:SIZE]
    day = date_format(localdate(shown[0].signed_for_at))
    for sheet in found:
        assert f"南丘县人民检察院收文登记簿收文日期：{day}至{day}，共{SIZE}件" in sheet.text
        assert f"筛选条件：无（全部收文）·打印日期：{date_format(localdate())}" in sheet.text
        assert "".join(COLUMNS) in sheet.text
    text = "".join(sheet.text for sheet in found)
    for paper in shown:
        for words in (paper.title, paper.sender, paper.sender_number, paper.number):
            assert bare(words) in text
    assert text.count("超期") == sum(bool(one.due_on and one.due_on < localdate()) for one in shown)


def test_the_head_of_the_register_says_what_was_filtered(printed):
    (sheet,) = printed("clerk", SMALL, f"{REGISTER}?state=closed&urgency=0&since=20200102")
    assert "筛选条件：当前环节已办结、紧急程度无、收文日期从2020年1月2日·" in sheet.text


def test_a_short_matter_is_one_sheet_and_its_trail_another(matter):
    (sheet,), (trail,) = matter("proposed", SMALL)
    assert [name for name in BOXES if name not in sheet] == []
    assert bare(TITLE) in sheet
    assert "second_vice_chief" in trail


def test_each_box_that_fits_is_whole_on_one_sheet(matter):
    sheet, _ = matter("closed", SMALL)
    assert len(sheet) == 2
    assert sheet[1].startswith(BOXES)
    assert [name for name in BOXES if sum(name in page for page in sheet) != 1] == []


def test_the_longest_opinions_run_on_and_nothing_is_lost(matter):
    sheet, trail = matter("longest", SMALL)
    assert "".join(sheet).count(LONGEST) == 4  # three leaders, one department
    said = "".join(trail).replace("审核通过", "")
    assert said.count("核") == 4 * LONGEST.count("核")
    assert (len(sheet), len(trail)) == (8, 12)
    assert BOXES[1] in sheet[0]  # it begins where it stands


def test_of_sixty_opinions_none_is_torn(matter):
    sheet, trail = matter("closed", LARGE)
    for number in range(LARGE):
        opinion = f"{OPINION}读者{number}20"
        assert sum(opinion in page for page in sheet) == 1
    assert "".join(trail).count(OPINION) == LARGE + 7
    assert min(page.count(OPINION) for page in sheet[1:-1]) >= 9  # no sheet is left half empty
