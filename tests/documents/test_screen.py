"""初审: five answers; one “no” returns the paper to its sender, with the reason and a slip."""

import pytest

from activity.models import Assignment, Event
from documents.flow import incoming as flow
from documents.models import IncomingPaper, State
from tests.documents.factories import ALL_YES, paper_in


def answered(**changed):
    return {name: "on" for name, yes in (ALL_YES | changed).items() if yes}


def test_five_times_yes_asks_the_director(cast):
    paper = paper_in(State.REGISTERED, cast)
    flow.screen(paper, by=cast.colleague, answers=ALL_YES)
    assert paper.state == State.SCREENED
    asked = Assignment.objects.about(paper).open().values_list("duty", "post__user__name")
    assert set(asked) == {("propose", "director")}
    assert Event.objects.about(paper).last().details["answers"] == ALL_YES


@pytest.mark.parametrize("question", flow.QUESTIONS)
def test_any_no_returns_it_with_the_reason(cast, question):
    paper = paper_in(State.REGISTERED, cast)
    answers = ALL_YES | {question: False}
    flow.screen(paper, by=cast.clerk, answers=answers, opinion="请按规定重新行文。")
    paper.refresh_from_db()
    assert (paper.state, paper.return_reason) == (State.RETURNED, "请按规定重新行文。")
    assert paper.returned_at
    assert not Assignment.objects.about(paper).open().exists()


@pytest.mark.parametrize(
    ("answers", "opinion"),
    [(ALL_YES | {"form": False}, ""), ({"ours": True}, "理由"), ({}, "理由")],
)
def test_without_five_answers_or_a_reason_nothing_happens(cast, answers, opinion):
    paper = paper_in(State.REGISTERED, cast)
    with pytest.raises(ValueError, match="five"):
        flow.screen(paper, by=cast.clerk, answers=answers, opinion=opinion)
    assert IncomingPaper.objects.get(pk=paper.pk).state == State.REGISTERED


def test_the_page_has_all_five_ticked_and_one_click_is_enough(cast, signed_in):
    paper = paper_in(State.REGISTERED, cast)
    client = signed_in("clerk")
    page = client.get(paper.get_absolute_url()).text
    for name in flow.QUESTIONS:
        box = page.split(f'id="ScreenForm-{name}"')[1].split(">")[0]
        assert "checked" in box
    client.post(f"{paper.get_absolute_url()}screen/", answered())
    paper.refresh_from_db()
    assert paper.state == State.SCREENED


def test_a_no_without_a_reason_comes_back_with_a_sentence(cast, signed_in):
    paper = paper_in(State.REGISTERED, cast)
    answer = signed_in("clerk").post(f"{paper.get_absolute_url()}screen/", answered(ours=False))
    assert "有一项为“否”，将退回来文单位，请写明退文理由" in answer.text
    paper.refresh_from_db()
    assert paper.state == State.REGISTERED


def test_who_returned_it_has_the_slip_at_once(cast, signed_in):
    paper = paper_in(State.REGISTERED, cast)
    answer = signed_in("clerk").post(
        f"{paper.get_absolute_url()}screen/",
        answered(ours=False) | {"opinion": "不属本院管辖。"},
        follow=True,
    )
    assert answer.redirect_chain == [(f"{paper.get_absolute_url()}return-slip/", 302)]
    assert "退文单随文退回" in answer.text


def test_the_slip_says_what_was_answered_and_why(cast, signed_in):
    paper = paper_in(State.RETURNED, cast)
    page = signed_in("clerk").get(f"{paper.get_absolute_url()}return-slip/").text
    assert "退文单" in page
    assert "应由本院办理：否" in page
    assert "符合行文规则：是" in page
    assert "不属本院管辖。" in page
    assert paper.number in page
    assert "return-slip" in signed_in("clerk").get(paper.get_absolute_url()).text


def test_a_paper_that_was_not_returned_has_no_slip(cast, signed_in):
    paper = paper_in(State.SCREENED, cast)
    assert signed_in("clerk").get(f"{paper.get_absolute_url()}return-slip/").status_code == 404


def test_a_returned_paper_keeps_its_number_and_its_line(cast, signed_in):
    paper = paper_in(State.RETURNED, cast)
    page = signed_in("colleague").get("/documents/incoming/").text
    assert paper.number in page
    assert "已退文" in page
