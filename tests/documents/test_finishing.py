"""审核, 答复, 办结, 催办."""

from datetime import timedelta

import pytest
from django.utils import timezone

from activity.models import Event, Notice
from documents.flow import incoming as flow
from documents.models import State
from tests.documents.factories import paper_in, registration
from tests.documents.test_sending_back import hands, jointly_handled


def wanting(cast):
    """A paper whose sender wants an answer, ready to be closed."""
    paper = paper_in(State.SIGNED_FOR, cast)
    flow.register(paper, registration(wants_answer=True), by=cast.clerk)
    flow.screen(paper, by=cast.clerk, answers=dict.fromkeys(flow.QUESTIONS, True))
    flow.circulate(paper, by=cast.director, readers=[cast.reader.posts[0]])
    flow.read(paper, by=cast.reader)
    return paper


def test_between_report_and_end_the_director_finds_it_in_order(cast):
    paper = paper_in(State.REPORTED, cast)
    flow.review(paper, by=cast.director, opinion="同意办结。")
    assert paper.state == State.REVIEWED
    assert ("close", "clerk") in hands(paper)


def test_an_answer_is_recorded_on_paper_sheet_and_trail(cast, signed_in):
    paper = paper_in(State.HANDLING, cast)
    today = timezone.localdate()
    sent = {
        "answered_on": today.isoformat(),
        "means": "letter",
        "number": "北丘检办函[2026]03号",
        "told": "丘陵市人民检察院办公室",
    }
    signed_in("handler").post(f"{paper.get_absolute_url()}answer/", sent)
    paper.refresh_from_db()
    assert (paper.answered_on, paper.answer_means) == (today, "letter")
    assert paper.answer_number == "北丘检办函〔2026〕3号"
    assert paper.state == State.HANDLING
    page = signed_in("director").get(paper.get_absolute_url()).text
    assert "登记答复：复函，文号北丘检办函〔2026〕3号" in page
    assert "告知单位：丘陵市人民检察院办公室" in page


@pytest.mark.parametrize("days", [-400, 1])
def test_an_answer_lies_between_arrival_and_today(cast, signed_in, days):
    paper = paper_in(State.HANDLING, cast)
    day = timezone.localdate() + timedelta(days=days)
    answer = signed_in("clerk").post(
        f"{paper.get_absolute_url()}answer/", {"answered_on": day.isoformat(), "means": "letter"}
    )
    assert "答复日期应在收文日期" in answer.text
    assert not Event.objects.filter(verb="incomingpaper.answer").exists()


def test_a_sender_who_wants_an_answer_gets_one_or_a_reason_is_written(cast, signed_in):
    paper = wanting(cast)
    client = signed_in("clerk")
    url = f"{paper.get_absolute_url()}close/"
    assert "来文要求答复，尚未登记答复" in client.get(paper.get_absolute_url()).text
    refused = client.post(url, {"result": "办结。"})
    assert "不答复的原因" in refused.text
    paper.refresh_from_db()
    assert paper.state == State.REVIEWED
    client.post(url, {"result": "办结。", "no_answer": "来电确认无需答复。"})
    paper.refresh_from_db()
    assert paper.state == State.CLOSED
    assert Event.objects.about(paper).last().details["no_answer"] == "来电确认无需答复。"


def test_once_answered_nothing_more_is_asked_for(cast, signed_in):
    paper = wanting(cast)
    flow.answer(paper, by=cast.clerk, answered_on=timezone.localdate(), means="telephone")
    page = signed_in("clerk").get(paper.get_absolute_url()).text
    assert "尚未登记答复" not in page


class TestChase:
    def told(self):
        return {notice.recipient.name for notice in Notice.objects.all()}

    def test_everybody_who_has_it_is_told_with_the_note(self, cast):
        paper = jointly_handled(cast)
        Notice.objects.all().delete()
        flow.chase(paper, by=cast.director, opinion="请今日反馈。")
        assert self.told() == {"head", "co_handler", "reader"}
        event = Event.objects.about(paper).last()
        assert event.details["opinion"] == "请今日反馈。"
        assert paper.state == State.HANDLING

    def test_or_one_of_them_alone(self, cast):
        paper = jointly_handled(cast)
        Notice.objects.all().delete()
        flow.chase(paper, by=cast.clerk, opinion="", holders=[cast.co_handler.posts[0]])
        assert self.told() == {"co_handler"}

    def test_who_waits_for_a_turn_is_not_chased(self, cast):
        paper = paper_in(State.SCREENED, cast)
        readers = [cast.reader.posts[0], cast.handler.posts[0]]
        flow.circulate(paper, by=cast.director, readers=readers, in_order=True)
        Notice.objects.all().delete()
        flow.chase(paper, by=cast.clerk, opinion="请尽快阅。")
        assert self.told() == {"reader"}

    def test_the_form_has_all_holders_ticked(self, cast, signed_in):
        paper = jointly_handled(cast)
        page = signed_in("clerk").get(f"{paper.get_absolute_url()}act/chase/").text
        form = page.split('id="step-chase"')[1].split("</form>")[0]
        assert form.count("checked") == 3
