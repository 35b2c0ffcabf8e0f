"""What the pages of incoming papers show, and what they cost."""

import re

import pytest

from activity import inbox
from activity.inbox import Box
from activity.models import Assignment, Event
from attachments.models import Attachment
from documents.flow import incoming as flow
from documents.models import State
from tests.documents.factories import arrival, paper_in, pdf, registration, sent


def test_the_page_shows_sheet_trail_and_holder(cast, signed_in):
    paper = paper_in(State.HANDLING, cast)
    page = signed_in("director").get(paper.get_absolute_url()).text
    for words in ("文件处理单", "拟请检察长批示。", "同意。", "办理轨迹", "当前办理", "handler"):
        assert words in page


def test_buttons_are_the_open_steps(cast, signed_in):
    paper = paper_in(State.PROPOSED, cast)
    asked = signed_in("chief").get(paper.get_absolute_url()).text
    assert 'form="step-instruct"' in asked
    looking_on = signed_in("director").get(paper.get_absolute_url()).text
    assert 'form="step-' not in looking_on


def test_agreed_is_one_click(cast, signed_in):
    paper = paper_in(State.PROPOSED, cast)
    signed_in("chief").post(f"{paper.get_absolute_url()}instruct/", {"phrase": "同意。"})
    paper.refresh_from_db()
    assert paper.state == State.INSTRUCTED


def test_agreed_is_kept_before_what_was_typed_and_is_not_said_twice(cast, signed_in):
    for typed, kept in (
        ("请一部抓紧。", "同意。请一部抓紧。"),
        ("同意。请抓紧。", "同意。请抓紧。"),
    ):
        paper = paper_in(State.PROPOSED, cast)
        signed_in("chief").post(
            f"{paper.get_absolute_url()}instruct/", {"phrase": "同意。", "opinion": typed}
        )
        assert Event.objects.about(paper).last().details["opinion"] == kept


def test_what_was_typed_under_the_other_button_is_kept(cast, signed_in):
    """The head wrote a remark, and pressed the button that needs a colleague to be chosen."""
    paper = paper_in(State.HANDLING, cast, divided=False)
    answer = signed_in("head").post(
        f"{paper.get_absolute_url()}divide/", {"opinion": "请于周五前办结。"}
    )
    assert "请改正下面标红的地方" in answer.text
    assert answer.text.count("请于周五前办结。") == 2


def test_an_instruction_without_words_is_refused(cast, signed_in):
    paper = paper_in(State.PROPOSED, cast)
    answer = signed_in("chief").post(f"{paper.get_absolute_url()}instruct/", {"phrase": "胡说"})
    assert "请写一句意见" in answer.text
    paper.refresh_from_db()
    assert paper.state == State.PROPOSED


def test_a_stale_page_gets_a_sentence_and_the_typed_text_back(cast, signed_in):
    paper = paper_in(State.INSTRUCTED, cast)
    answer = signed_in("chief").post(
        f"{paper.get_absolute_url()}instruct/", {"opinion": "请一部抓紧。"}, follow=True
    )
    assert answer.redirect_chain == [(paper.get_absolute_url(), 302)]
    assert "已经办过了" in answer.text
    assert "请一部抓紧。" in answer.text


def test_somebody_who_comes_back_by_a_link_to_a_step_sees_the_page(cast, signed_in):
    paper = paper_in(State.PROPOSED, cast)
    answer = signed_in("chief").get(f"{paper.get_absolute_url()}instruct/")
    assert answer.url == paper.get_absolute_url()


def test_opening_is_said_by_the_page_itself_and_not_by_looking_at_it(cast, signed_in):
    paper = paper_in(State.PROPOSED, cast)
    client = signed_in("chief")
    client.get(paper.get_absolute_url())
    rows = Assignment.objects.about(paper).filter(duty="instruct")
    assert rows.get().opened_at is None
    assert client.post(f"{paper.get_absolute_url()}opened/").status_code == 204
    assert rows.get().opened_at is not None


def test_assigning_shows_the_proposed_date_and_how_it_was_counted(cast, signed_in):
    paper = paper_in(State.INSTRUCTED, cast)
    page = signed_in("clerk").get(paper.get_absolute_url()).text
    assert "建议时限" in page
    assert "第二十四条" in page


def test_a_head_divides_only_within_the_own_department(cast, signed_in):
    paper = paper_in(State.HANDLING, cast, divided=False)
    page = signed_in("head").get(paper.get_absolute_url()).text
    offered = re.findall(r'name="to" value="(\d+)"', page)
    assert offered == [str(cast.handler.posts[0].pk)]
    assert "第一检察部 承办人" in page


def test_the_page_says_that_pages_are_being_drawn(cast, signed_in):
    paper = flow.sign_for(arrival(), by=cast.clerk, files=[sent(cast)])
    assert "正在生成页面" in signed_in("clerk").get(paper.get_absolute_url()).text


def test_filters_of_the_register(cast, signed_in):
    done = paper_in(State.CLOSED, cast)
    waiting = paper_in(State.SIGNED_FOR, cast)
    client = signed_in("director")

    def found(query):
        page = client.get(f"/documents/incoming/?{query}")
        return {line.paper.pk for line in page.context["lines"]}

    both = {done.pk, waiting.pk}
    assert found("") == both
    assert found("state=closed") == {done.pk}
    assert found(f"number={done.number}") == {done.pk}
    assert found("number=8号") == {done.pk}
    assert found("title=工作总结") == both
    assert found("sender=没有这个单位") == set()
    assert found("urgency=2") == set()
    assert found("since=29990101") == set()
    assert found("until=20200101") == set()
    assert found("state=nonsense&since=xx&after=garbage&urgency=x") == both


def test_counts_of_the_menu_are_the_lengths_of_the_lists(cast, signed_in):
    paper_in(State.SCREENED, cast)
    paper_in(State.HANDLING, cast)
    page = signed_in("reader").get("/")
    assert page.context["counts"]["to_read"] == inbox.rows(Box.TO_READ, cast.reader).count() == 1
    assert inbox.counts(cast.director) == {"to_do": 1, "to_read": 0}


def test_numbers_of_the_workbench_open_lists_of_that_length(cast, signed_in):
    import time_machine
    from django.utils import timezone

    paper_in(State.HANDLING, cast)
    later = timezone.now() + timezone.timedelta(days=30)
    with time_machine.travel(later, tick=False):
        client = signed_in("handler")
        assert client.get("/").context["late"] == 1
        assert len(client.get("/inbox/to_do/?due=late").context["lines"]) == 1
        assert "超期" in client.get("/inbox/to_do/?due=late").text


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "99991231"])
def test_a_far_away_day_in_the_filter_is_no_error(cast, signed_in, day):
    for box in ("since", "until"):
        assert signed_in("director").get(f"/documents/incoming/?{box}={day}").status_code == 200


@pytest.mark.parametrize(
    ("due_on", "sentence"),
    [("2020-01-02", "这一天已经过了"), ("9999-12-31", "时限超过一年"), ("后天", "日期请写成")],
)
def test_an_impossible_deadline_gets_a_sentence(cast, signed_in, due_on, sentence):
    paper = paper_in(State.INSTRUCTED, cast)
    lead = cast.head.posts[0].department_id
    answer = signed_in("clerk").post(
        f"{paper.get_absolute_url()}assign/", {"lead": lead, "due_on": due_on}
    )
    assert sentence in answer.text


def test_the_lead_department_is_not_a_co_handler_as_well(cast, signed_in):
    paper = paper_in(State.INSTRUCTED, cast)
    lead = cast.head.posts[0].department_id
    answer = signed_in("clerk").post(
        f"{paper.get_absolute_url()}assign/",
        {"lead": lead, "assisting": [lead], f"assisting-{lead}": "20261231", "due_on": ""},
    )
    assert "不能同时是协办部门" in answer.text


def test_people_and_departments_of_elsewhere_are_no_choice(cast, signed_in, south):
    paper = paper_in(State.INSTRUCTED, cast)
    other = south.departments.get()
    answer = signed_in("clerk").post(
        f"{paper.get_absolute_url()}assign/",
        {"lead": other.pk, "readers": [cast.superior.posts[0].pk], "due_on": "20300101"},
    )
    assert answer.status_code == 200
    paper.refresh_from_db()
    assert paper.state == State.INSTRUCTED


def test_a_leader_with_a_second_post_can_be_asked(cast, signed_in):
    paper = paper_in(State.SCREENED, cast)
    page = signed_in("director").get(paper.get_absolute_url()).text
    assert "drafting_chief" in page


def test_further_files_can_be_added_while_registering(cast, signed_in):
    paper = paper_in(State.SIGNED_FOR, cast, file=pdf())
    client = signed_in("clerk")
    assert 'type="file"' in client.get(paper.get_absolute_url()).text
    flow.register(paper, registration(), by=cast.clerk, files=[sent(cast, pdf(name="附件.pdf"))])
    assert [file.name for file in Attachment.objects.about(paper)] == ["来文.pdf", "附件.pdf"]


def test_a_notice_of_a_paper_one_may_no_longer_see_shows_no_title(cast, signed_in):
    from documents.models import IncomingPaper

    paper = paper_in(State.HANDLING, cast)
    client = signed_in("handler")
    assert paper.title in client.get("/inbox/notices/").text
    IncomingPaper.objects.filter(pk=paper.pk).update(marking=3)
    page = client.get("/inbox/notices/").text
    assert paper.title not in page
    assert "您已无权查看" in page


def test_notices_are_marked_as_read_in_one_act(cast, signed_in):
    paper_in(State.HANDLING, cast)
    client = signed_in("handler")
    assert client.get("/").context["unread_notices"] == 1
    client.post("/inbox/notices/read/")
    assert client.get("/").context["unread_notices"] == 0


def test_a_print_is_an_event_of_the_paper(cast, signed_in):
    paper = paper_in(State.HANDLING, cast)
    assert signed_in("handler").post(f"{paper.get_absolute_url()}printed/").status_code == 204
    event = Event.objects.get(verb="incomingpaper.print")
    assert (event.target, event.user) == (paper, cast.handler.user)
    assert "打印了该文" in signed_in("clerk").get(paper.get_absolute_url()).text


def test_a_print_of_the_register_is_an_event(cast, signed_in):
    assert signed_in("clerk").post("/documents/incoming/printed/").status_code == 204
    event = Event.objects.get(verb="procuratorate.print_register")
    assert (event.target, event.user) == (cast.clerk.procuratorate, cast.clerk.user)
