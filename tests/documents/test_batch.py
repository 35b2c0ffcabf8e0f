"""One act on several papers: each with its own result."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activity.models import Event
from documents.flow import incoming as flow
from documents.models import State
from organization.models import Marking
from tests.documents.factories import paper_in

URL = "/documents/incoming/batch"


def results(answer):
    return {item.paper.pk: item.is_fine for item in answer.context["items"]}


def test_several_papers_are_read_at_once(cast, signed_in):
    papers = [paper_in(State.HANDLING, cast) for _ in range(3)]
    client = signed_in("reader")
    page = client.get("/inbox/to_read/").text
    assert page.count('name="paper"') == 3
    ids = [paper.pk for paper in papers]
    answer = client.post(f"{URL}/read/take/", {"paper": ids, "opinion": ""})
    assert results(answer) == dict.fromkeys(ids, True)
    assert client.get("/inbox/to_read/").context["lines"] == []


def test_several_papers_are_agreed_to_with_one_click(cast, signed_in):
    papers = [paper_in(State.PROPOSED, cast) for _ in range(2)]
    ids = [paper.pk for paper in papers]
    client = signed_in("chief")
    page = client.get(f"{URL}/instruct/", {"paper": ids})
    assert page.text.count('type="hidden" name="paper"') == 2
    client.post(f"{URL}/instruct/take/", {"paper": ids, "phrase": "同意。"})
    said = Event.objects.filter(verb="incomingpaper.instruct")
    assert [event.details["opinion"] for event in said] == ["同意。", "同意。"]
    for paper in papers:
        paper.refresh_from_db()
        assert paper.state == State.INSTRUCTED


def test_what_one_paper_refuses_stops_no_other(cast, signed_in):
    fine, done = paper_in(State.PROPOSED, cast), paper_in(State.PROPOSED, cast)
    ids = [fine.pk, done.pk]
    flow.instruct(done, by=cast.chief, opinion="已批。")
    answer = signed_in("chief").post(f"{URL}/instruct/take/", {"paper": ids, "opinion": "同意。"})
    assert results(answer) == {fine.pk: True, done.pk: False}
    assert "未办理：" in answer.text
    fine.refresh_from_db()
    assert fine.state == State.INSTRUCTED


def test_a_second_click_finds_everything_done_and_changes_nothing(cast, signed_in):
    paper = paper_in(State.PROPOSED, cast)
    client = signed_in("chief")
    for fine in (True, False):
        answer = client.post(f"{URL}/instruct/take/", {"paper": [paper.pk], "opinion": "同意。"})
        assert results(answer) == {paper.pk: fine}
    assert Event.objects.filter(verb="incomingpaper.instruct").count() == 1


def test_an_opinion_is_asked_for_before_anything_is_done(cast, signed_in):
    paper = paper_in(State.PROPOSED, cast)
    answer = signed_in("chief").post(f"{URL}/instruct/take/", {"paper": [paper.pk]})
    assert "请写一句意见" in answer.text
    paper.refresh_from_db()
    assert paper.state == State.PROPOSED


def test_papers_of_others_are_not_there(cast, signed_in):
    hidden = paper_in(State.PROPOSED, cast)
    answer = signed_in("handler").post(
        f"{URL}/instruct/take/", {"paper": [hidden.pk], "opinion": "同意。"}
    )
    assert "没有勾选公文" in answer.text
    hidden.refresh_from_db()
    assert hidden.state == State.PROPOSED


def test_who_sees_a_paper_and_may_not_act_is_told(cast, signed_in):
    paper = paper_in(State.PROPOSED, cast)
    answer = signed_in("director").post(
        f"{URL}/instruct/take/", {"paper": [paper.pk], "opinion": "同意。"}
    )
    assert results(answer) == {paper.pk: False}


def test_late_papers_are_chased_together(cast, signed_in):
    papers = [paper_in(State.HANDLING, cast) for _ in range(2)]
    ids = [paper.pk for paper in papers]
    client = signed_in("clerk")
    assert client.get("/documents/incoming/").text.count('name="paper"') == 2
    answer = client.post(f"{URL}/chase/take/", {"paper": ids, "opinion": "请今日反馈。"})
    assert results(answer) == dict.fromkeys(ids, True)
    assert Event.objects.filter(verb="incomingpaper.chase").count() == 2


def test_several_papers_go_to_the_same_readers_as_far_as_these_may_see_all(cast, signed_in):
    papers = [paper_in(State.CLOSED, cast) for _ in range(2)]
    ids = [paper.pk for paper in papers]
    client = signed_in("clerk")
    sent = {"paper": ids, "readers": [cast.handler.posts[0].pk], "opinion": ""}
    answer = client.post(f"{URL}/add_readers/take/", sent)
    assert results(answer) == dict.fromkeys(ids, True)
    sensitive = paper_in(State.SCREENED, cast, marking=Marking.SENSITIVE)
    page = client.get(f"{URL}/add_readers/", {"paper": [*ids, sensitive.pk]}).text
    assert f'name="readers" value="{cast.handler.posts[0].pk}"' not in page


@pytest.mark.parametrize("name", ["close", "register", "nonsense"])
def test_other_acts_are_not_for_many(cast, signed_in, name):
    assert signed_in("clerk").get(f"{URL}/{name}/").status_code == 404


@pytest.mark.parametrize("asked", [["x"], ["-1"], ["9" * 30], [], ["²"]])
def test_nonsense_is_no_error(cast, signed_in, asked):
    page = signed_in("clerk").get(f"{URL}/chase/", {"paper": asked})
    assert "没有勾选公文" in page.text


def test_the_list_costs_the_same_with_boxes_to_tick(cast, signed_in):
    client = signed_in("reader")
    papers = [paper_in(State.HANDLING, cast) for _ in range(2)]

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get("/inbox/to_read/")
        return len(queries)

    client.get("/inbox/to_read/")
    few = cost()
    papers += [paper_in(State.HANDLING, cast) for _ in range(6)]
    assert cost() == few
