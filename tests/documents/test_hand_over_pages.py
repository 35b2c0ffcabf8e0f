"""The pages of a hand-over: what is listed, how somebody else is named, what is printed."""

import pytest
from django.utils import timezone

from activity.models import Assignment, Draft, Event, Handover
from documents.flow import incoming as flow
from documents.models import State
from organization.models import Marking
from tests.activity.lent import lend
from tests.documents.factories import paper_in
from tests.documents.leaving import hand_over, open_of


@pytest.fixture
def page(people):
    return f"/inbox/handovers/of/{people.handler.user.pk}/"


def test_everything_in_hand_is_listed(people, page, signed_in):
    paper = paper_in(State.HANDLING, people)
    lend(people.head, people.handler)
    Draft.objects.create(
        procuratorate=people.handler.procuratorate, user=people.handler.user,
        form="incomingpaper.1.report", fields={}, saved_at=timezone.now(),
    )  # fmt: skip
    text = signed_in("director").get(page).text
    for words in (
        paper.number,
        paper.title,
        "承办",
        "1 件未办事项",
        "1 份已填写未提交",
        "委托随之结束",
    ):
        assert words in text, words


def test_one_click_moves_it_and_the_sheet_follows(people, page, signed_in):
    paper = paper_in(State.HANDLING, people)
    answer = signed_in("head").post(page, {"successor": people.second_handler.posts[0].pk})
    handover = Handover.objects.get()
    assert answer.headers["Location"] == f"/inbox/handovers/{handover.pk}/"
    text = signed_in("head").get(answer.headers["Location"]).text
    for words in (paper.number, paper.title, "移交人", "接交人", "监交人", "second_handler"):
        assert words in text, words
    assert signed_in("head").post(f"/inbox/handovers/{handover.pk}/printed/").status_code == 204
    assert Event.objects.about(handover).filter(verb="handover.print").exists()


def test_what_cannot_go_says_why_beside_its_line_until_somebody_else_is_named(people, signed_in):
    paper = paper_in(State.PROPOSED, people, marking=Marking.SENSITIVE)
    people.vice_chief.user.clearance = Marking.INTERNAL
    people.vice_chief.user.save()
    row = Assignment.objects.about(paper).open().get()
    page, client = f"/inbox/handovers/of/{people.chief.user.pk}/", signed_in("director")
    typed = {"successor": people.vice_chief.posts[0].pk}
    answer = client.post(page, typed)
    assert f"{paper.number}超出vice_chief的知悉范围" in answer.text
    wrong = client.post(page, typed | {f"row-{row.pk}": "没有这个人"})
    assert "请从列表中选择姓名" in wrong.text
    assert not Handover.objects.exists()
    answer = client.post(page, typed | {f"row-{row.pk}": str(people.drafting_chief.posts[0])})
    assert answer.status_code == 302
    assert open_of(people.drafting_chief).get().target == paper


def test_titles_above_the_readers_clearance_are_masked(people, signed_in):
    people.handler.user.clearance = people.second_handler.user.clearance = Marking.SENSITIVE
    for one in (people.handler, people.second_handler):
        one.user.save()
    paper = paper_in(State.HANDLING, people)
    Assignment.objects.about(paper).update(marking=Marking.SENSITIVE)
    page = f"/inbox/handovers/of/{people.handler.user.pk}/"
    assert paper.title not in signed_in("head").get(page).text
    assert paper.title in signed_in("director").get(page).text
    sheet = hand_over(people, "handler", "second_handler").get_absolute_url()
    assert paper.title in signed_in("second_handler").get(sheet).text
    assert paper.title in signed_in("director").get(sheet).text
    Handover.objects.update(done_by=people.head.posts[0])
    assert paper.title not in signed_in("head").get(sheet).text


def test_whoever_takes_over_a_line_sees_that_line_alone(people, signed_in):
    papers = [paper_in(State.HANDLING, people) for _ in range(2)]
    first = open_of(people.handler).order_by("pk")[0]
    sheet = hand_over(
        people, "handler", "second_handler", others={first.pk: people.head.posts[0]}
    ).get_absolute_url()
    text = signed_in("head").get(sheet).text
    assert papers[0].number in text
    assert papers[1].number not in text
    assert papers[1].number in signed_in("handler").get(sheet).text


def test_people_who_left_with_open_work_stand_on_the_directors_page(people, ended, signed_in):
    paper_in(State.HANDLING, people)
    ended(people.handler.posts[0], timezone.localdate())
    assert "handler：未办 1 件" in signed_in("director").get("/inbox/handovers/").text
    assert "未办 1 件" not in signed_in("co_handler").get("/inbox/handovers/").text


def test_choosing_somebody_leads_to_their_open_work(people, page, signed_in):
    chosen = {"leaver": people.handler.posts[0].pk}
    assert signed_in("director").get("/inbox/handovers/", chosen).headers["Location"] == page
    assert signed_in("co_handler").get("/inbox/handovers/", chosen).status_code == 200


def test_a_post_with_open_work_is_not_ended_before_the_hand_over(people, signed_in):
    paper_in(State.HANDLING, people)
    post = people.handler.posts[0]
    address, client = f"/admin/organization/post/{post.pk}/change/", signed_in("security_admin")
    answer = client.post(address, {"ends_on": "2026-01-05"})
    assert "该岗位还有未办事项" in answer.text
    post.refresh_from_db()
    assert post.ends_on is None
    hand_over(people, "handler", "second_handler")
    assert client.post(address, {"ends_on": "2026-01-05"}).status_code == 302


def test_the_list_costs_the_same_for_many_lines(
    people, page, signed_in, django_assert_num_queries, django_assert_max_num_queries
):
    client = signed_in("director")
    paper_in(State.HANDLING, people)
    client.get(page)
    with django_assert_max_num_queries(30) as first:
        client.get(page)
    for _ in range(3):
        paper_in(State.HANDLING, people)
    with django_assert_num_queries(len(first)):
        client.get(page)


def test_the_new_hand_reads_on_the_papers_page_who_handed_it_over(people, signed_in):
    paper = paper_in(State.HANDLING, people)
    hand_over(people, "handler", "second_handler")
    text = signed_in("second_handler").get(paper.get_absolute_url()).text
    assert "handler离岗，移交second_handler办理" in text
    flow.report(paper, by=people.second_handler, opinion="已办。")
