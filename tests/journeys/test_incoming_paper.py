"""An incoming paper as the people of an office live through it, each at a browser of their own."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import desk

pytestmark = pytest.mark.journey

DIRECTOR, CHIEF = "zhao.yanqiu", "nie.qingyuan"  # 赵砚秋 聂清源
HEAD, COLLEAGUE, READER = "cai.bojun", "ren.yuanfan", "liao.xiaoyan"  # 蔡伯钧 任远帆 廖晓燕
STRANGERS = ("wen.chuqing", "lin.yuehua")  # a clerk elsewhere, the director above

TITLE = "关于开展群众信访件件有回复情况核查的通知"
SENDER_NUMBER = "澜检办发〔2026〕88号"
PROPOSAL = "拟请聂清源检察长阅示，第一检察部承办。"
INSTRUCTION = "同意拟办意见，请第一检察部逐件核对，不得漏报。"
REQUEST = "请任远帆同志办理，周三前给我看稿。"
FEEDBACK = "已逐件核对三十二件，核查情况已于今日报送市院。"
FINDING = "办理情况符合批示要求，同意办结。"
RESULT = "已按期报送，原件入卷。"
NUMBER = re.compile(r"收〔\d{4}〕\d{4}号")


def test_a_paper_goes_its_way_from_the_mail_room_to_its_end(as_person, watch, scan):
    clerk, director = as_person(desk.CLERK), as_person(DIRECTOR)
    sign_for_it(clerk, scan)
    waiting = desk.count(director, "待办")
    number = register_it(clerk)
    propose_its_handling(director, waiting)
    instruct_within_two_clicks(as_person(CHIEF))
    due = assign_it(clerk)
    pass_it_to_a_colleague(as_person(HEAD), due)
    report_back(as_person(COLLEAGUE), due)
    review_it(director)
    mark_it_as_read(as_person(READER))
    close_it(clerk)
    it_stands_in_the_register_as_closed(clerk, number, due)
    the_sheet_shows_every_opinion_with_its_name(clerk)
    the_trail_shows_everybody(clerk, number)
    file_address = the_original_comes_back_byte_for_byte(clerk, scan)
    those_who_decided_are_told(director)
    for login in STRANGERS:
        it_does_not_exist_for(as_person(login), watch, [clerk.url, file_address])


def sign_for_it(clerk, scan):
    before = desk.count(clerk, "待办")
    desk.sign_for(clerk, TITLE, scan)
    desk.press_sign_for(clerk)
    assert desk.count(clerk, "待办") == before + 1
    desk.shows_two_pages(clerk)


def register_it(clerk):
    desk.fill_register(clerk, SENDER_NUMBER)
    desk.press(clerk, "登记")
    desk.is_told(clerk, NUMBER)
    number = NUMBER.search(desk.messages(clerk).inner_text())[0]
    desk.screen(clerk)
    expect(desk.line_about(clerk, TITLE)).to_have_count(0)
    desk.counts_are_the_lists(clerk)
    return number


def propose_its_handling(director, waiting):
    desk.go_to(director, "待办")
    assert desk.count(director, "待办") == waiting + 1
    expect(desk.line_about(director, TITLE)).to_contain_text("待拟办")
    expect(desk.line_about(director, TITLE)).to_contain_text("加急")
    desk.open_paper(director, TITLE)
    desk.propose(director, PROPOSAL, "聂清源 检察长")
    desk.press(director, "拟办")
    desk.is_told(director, "拟办意见已呈领导。")
    desk.counts_are_the_lists(director)
    assert desk.count(director, "待办") == waiting


def instruct_within_two_clicks(chief):
    """From the workbench: the title, then the button."""
    desk.open_paper(chief, TITLE)
    expect(desk.sheet_box(chief, "拟办意见")).to_contain_text(PROPOSAL)
    chief.get_by_label("批示意见").fill(INSTRUCTION)
    desk.press(chief, "批示")
    desk.is_told(chief, "批示已写入处理单。")
    desk.counts_are_the_lists(chief)


def assign_it(clerk):
    """The date the rules propose stands in the box, and beside it why. Returns it."""
    desk.open_from(clerk, "待办", TITLE)
    explained = clerk.locator(".act .how").first.inner_text()
    assert re.search(r"\d+ 个工作日", explained)
    assert "第二十四条第四项" in explained
    year, month, day = re.search(r"(\d+)年(\d+)月(\d+)日", explained).groups()
    box = clerk.locator("#AssignForm-due_on")
    assert box.input_value() == f"{year}-{int(month):02}-{int(day):02}"
    clerk.get_by_label("主办部门").select_option("第一检察部")
    clerk.get_by_label("催办责任人").select_option(label="周小兰（办公室 文书）")
    clerk.get_by_label("廖晓燕").check()
    desk.press(clerk, "交办")
    desk.is_told(clerk, "已交办")
    desk.counts_are_the_lists(clerk)
    return f"{year}年{month}月{day}日"


def pass_it_to_a_colleague(head, due):
    desk.go_to(head, "待办")
    expect(desk.line_about(head, TITLE)).to_contain_text(due)
    desk.open_paper(head, TITLE)
    colleague = head.get_by_label("任远帆 第一检察部")
    colleague.check()
    head.locator("form").filter(has=colleague).get_by_label("意见（可不填）").fill(REQUEST)
    desk.press(head, "分办")
    desk.is_told(head, "已分给承办人。")
    desk.counts_are_the_lists(head)


def report_back(colleague, due):
    desk.go_to(colleague, "待办")
    expect(desk.line_about(colleague, TITLE)).to_contain_text(due)
    desk.open_paper(colleague, TITLE)
    colleague.get_by_label("办理情况").fill(FEEDBACK)
    desk.press(colleague, "反馈")
    desk.is_told(colleague, "已反馈。")
    desk.counts_are_the_lists(colleague)


def review_it(director):
    desk.open_from(director, "待办", TITLE)
    expect(desk.sheet_box(director, "承办情况")).to_contain_text(FEEDBACK)
    director.get_by_label("审核意见").fill(FINDING)
    desk.press(director, "审核通过")
    desk.is_told(director, "审核意见已写入处理单。")
    desk.counts_are_the_lists(director)


def mark_it_as_read(reader):
    desk.open_from(reader, "待阅", TITLE)
    desk.press(reader, "已阅")
    desk.is_told(reader, "已阅。")
    desk.counts_are_the_lists(reader)
    desk.go_to(reader, "已阅")
    expect(desk.line_about(reader, TITLE)).to_have_count(1)


def close_it(clerk):
    desk.open_from(clerk, "待办", TITLE)
    clerk.get_by_label("办理结果").fill(RESULT)
    desk.press(clerk, "办结")
    desk.is_told(clerk, "已办结。")
    desk.counts_are_the_lists(clerk)


def it_stands_in_the_register_as_closed(clerk, number, due):
    desk.find_in_register(clerk, TITLE)
    line = desk.lines(clerk)
    expect(line).to_have_count(1)
    for words in (number, TITLE, desk.SENDER, SENDER_NUMBER, "已办结", "第一检察部", due):
        expect(line).to_contain_text(words)
    desk.follow(clerk, line.get_by_role("link", name=TITLE))


def the_sheet_shows_every_opinion_with_its_name(clerk):
    boxes = {
        "拟办意见": [PROPOSAL, "赵砚秋"],
        "领导批示": [INSTRUCTION, "聂清源"],
        "传阅": ["已阅", "廖晓燕"],
        "承办情况": [REQUEST, "蔡伯钧", FEEDBACK, "任远帆"],
        "审核": [FINDING, "赵砚秋"],
        "办理结果": [RESULT, "周小兰"],
    }
    for name, contents in boxes.items():
        for words in contents:
            expect(desk.sheet_box(clerk, name)).to_contain_text(words)


def the_trail_shows_everybody(clerk, number):
    steps = [
        ("周小兰", "签收，1份"),
        ("周小兰", f"登记，编号{number}"),
        ("周小兰", "初审：五项均符合"),
        ("赵砚秋", "提出拟办意见，呈聂清源批示"),
        ("聂清源", "作出批示"),
        ("周小兰", "交第一检察部主办，时限"),
        ("蔡伯钧", "分给任远帆办理"),
        ("任远帆", "反馈办理情况"),
        ("赵砚秋", "审核通过"),
        ("廖晓燕", "已阅"),
        ("周小兰", "办结"),
    ]
    shown = desk.trail(clerk)
    expect(shown).to_have_count(len(steps))
    for place, (name, what) in enumerate(steps):
        expect(shown.nth(place)).to_contain_text(name)
        expect(shown.nth(place)).to_contain_text(what)


def the_original_comes_back_byte_for_byte(clerk, scan):
    """Returns the address of the file."""
    link = clerk.get_by_role("link", name=scan.name)
    with clerk.expect_download() as begun:
        link.click()
    assert begun.value.suggested_filename == scan.name
    assert begun.value.path().read_bytes() == scan.read_bytes()
    return begun.value.url


def those_who_decided_are_told(director):
    desk.follow(director, director.get_by_role("link", name=re.compile("^消息")))
    told = director.get_by_role("listitem").filter(has_text=TITLE).filter(has_text="周小兰")
    expect(told.first).to_contain_text("办结")


def it_does_not_exist_for(stranger, watch, addresses):
    for address in addresses:
        watch.refused.add(address)
        stranger.goto(address)
        expect(stranger.get_by_role("heading", name="没有这个页面")).to_be_visible()
        expect(stranger.get_by_text(TITLE)).to_have_count(0)


def test_a_double_click_does_a_step_once_and_says_so_politely(as_person):
    title = "关于报送重复点击情况的函"
    clerk = as_person(desk.CLERK)
    desk.sign_for(clerk, title)
    clerk.get_by_role("button", name="签收").dblclick()
    desk.is_told(clerk, "已签收")
    clerk.get_by_label("来文字号").press("Enter")  # goes to the next box and gives no number
    expect(clerk.get_by_label("文种")).to_be_focused()
    desk.fill_register(clerk, "澜检函〔2026〕5号")
    desk.action_bar(clerk).get_by_role("button", name="登记").dblclick()
    desk.is_told(clerk, re.compile("已登记，编号|这一步已经办过了"))
    desk.find_in_register(clerk, title)
    expect(desk.lines(clerk)).to_have_count(1)
    desk.follow(clerk, clerk.get_by_role("link", name=title))
    expect(desk.trail(clerk).filter(has_text="登记，编号")).to_have_count(1)
    desk.counts_are_the_lists(clerk)


def test_a_stale_tab_is_told_and_gives_back_what_was_typed(as_person):
    title, late_words = "关于核对两个窗口情况的函", "这一句写在旧窗口里，写了很久。"
    clerk, first = as_person(desk.CLERK), as_person(DIRECTOR)
    desk.sign_for(clerk, title)
    desk.press_sign_for(clerk)
    desk.fill_register(clerk, "澜检函〔2026〕6号")
    desk.press(clerk, "登记")
    desk.screen(clerk)
    desk.open_from(first, "待办", title)
    second = first.context.new_page()
    second.goto(first.url)
    desk.propose(second, late_words, "聂清源 检察长")
    desk.propose(first, PROPOSAL, "胡秉文 副检察长")
    desk.press(first, "拟办")
    desk.is_told(first, "拟办意见已呈领导。")

    desk.press(second, "拟办")

    desk.is_told(second, "这一步已经办过了")
    desk.is_told(second, late_words)
    expect(desk.sheet_box(second, "拟办意见")).to_contain_text(PROPOSAL)
    expect(desk.sheet_box(second, "拟办意见")).not_to_contain_text(late_words)
    expect(desk.trail(second).filter(has_text="提出拟办意见")).to_have_count(1)
