"""Acting for somebody whose post is lent: what one sees, does and hears, and when it ends."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from activity import inbox
from activity.inbox import Box
from activity.lending import flow as lending
from activity.models import Assignment, Event, Notice
from documents.flow import incoming as flow
from documents.models import IncomingPaper, State
from organization.actor import actor_for
from organization.models import Delegation, Marking
from tests.activity.lent import lend
from tests.documents.factories import paper_in, registration


@pytest.fixture
def at_the_desk(cast):
    """A client that is strict about tokens, as in life, and reads them off the page."""

    class Desk(Client):
        def fresh(self, page="/"):
            return self.get(page).text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]

        def send(self, path, token, **typed):
            return self.post(path, typed | {"csrfmiddlewaretoken": token})

    def sit_down(who):
        desk = Desk(enforce_csrf_checks=True)
        desk.force_login(getattr(cast, who).user)
        return desk

    return sit_down


def wear(desk, lent):
    assert desk.send(f"/acting/{lent.pk}/", desk.fresh()).status_code == 302


def test_what_was_open_is_there_at_once_and_what_is_left_the_holder_has_again(cast):
    papers = [paper_in(State.PROPOSED, cast) for _ in range(2)]
    lent = lend(cast.chief, cast.vice_chief)
    delegate = actor_for(lent)
    assert inbox.counts(delegate)["to_do"] == inbox.counts(cast.chief)["to_do"] == 2
    flow.instruct(papers[0], by=delegate, opinion="同意。")
    lending.give_back(lent, by=delegate)
    assert [row.target for row in inbox.rows(Box.TO_DO, cast.chief)] == [papers[1]]
    assert inbox.rows(Box.DONE, cast.chief).count() == 1


def test_holder_and_delegate_act_side_by_side_each_in_their_own_name(cast):
    first, second = (paper_in(State.PROPOSED, cast) for _ in range(2))
    delegate = actor_for(lend(cast.chief, cast.vice_chief))
    flow.instruct(first, by=delegate, opinion="同意。")
    flow.instruct(second, by=cast.chief, opinion="同意。")
    made = Event.objects.filter(verb="incomingpaper.instruct").order_by("pk")
    assert [(event.user.name, event.acting_for) for event in made] == [
        ("vice_chief", cast.chief.posts[0]),
        ("chief", None),
    ]


def test_above_the_delegates_clearance_there_is_nothing(cast, at_the_desk):
    paper = paper_in(State.PROPOSED, cast, marking=Marking.SENSITIVE)
    lent = lend(cast.chief, cast.head)
    delegate = actor_for(lent)
    assert not IncomingPaper.objects.visible_to(delegate).exists()
    assert inbox.counts(delegate)["to_do"] == 0
    assert not inbox.rows(Box.TO_DO, delegate).exists()
    desk = at_the_desk("head")
    wear(desk, lent)
    for page in ("/", "/inbox/to_do/", "/documents/incoming/", "/inbox/notices/"):
        assert paper.title not in desk.get(page).text, page
    assert desk.get(paper.get_absolute_url()).status_code == 404
    assert inbox.counts(cast.chief)["to_do"] == 1


def test_above_the_principals_clearance_there_is_nothing_either(cast):
    """Two were asked to register it; then it was marked above one of them."""
    papers = [paper_in(State.SIGNED_FOR, cast), paper_in(State.SIGNED_FOR, cast)]
    flow.register(papers[1], registration(marking=Marking.SENSITIVE), by=cast.clerk)
    delegate = actor_for(lend(cast.colleague, cast.vice_chief))
    assert list(IncomingPaper.objects.visible_to(delegate)) == [papers[0]]


def test_the_delegate_hears_what_the_holder_hears_up_to_their_clearance(cast):
    lend(cast.chief, cast.head)
    paper_in(State.PROPOSED, cast)
    assert Notice.objects.filter(recipient=cast.head.user, event__verb="incomingpaper.propose")
    Notice.objects.all().delete()
    paper_in(State.PROPOSED, cast, marking=Marking.SENSITIVE)
    told = Notice.objects.filter(event__verb="incomingpaper.propose").values_list("recipient__name")
    assert list(told) == [("chief",)]


def test_without_a_delegation_nobody_else_hears(cast):
    lending.give_back(lend(cast.chief, cast.head), by=cast.chief)
    paper_in(State.PROPOSED, cast)
    told = Notice.objects.filter(event__verb="incomingpaper.propose").values_list("recipient__name")
    assert list(told) == [("chief",)]


def test_one_switches_sees_it_on_every_page_and_switches_back(cast, at_the_desk):
    paper = paper_in(State.PROPOSED, cast)
    lent = lend(cast.chief, cast.vice_chief)
    desk = at_the_desk("vice_chief")
    home = desk.get("/").text
    assert "受托岗位" in home
    assert "待办 <b>1</b>" in home
    assert desk.get(paper.get_absolute_url()).status_code == 404
    wear(desk, lent)
    for page in ("/", "/inbox/to_do/", "/documents/incoming/", paper.get_absolute_url()):
        assert "正以“检察长 chief”名义办理" in desk.get(page).text, page
    desk.send("/acting/myself/", desk.fresh())
    assert "正以“" not in desk.get("/").text
    assert desk.get(paper.get_absolute_url()).status_code == 404


def test_the_trail_and_the_sheet_name_both(cast, at_the_desk):
    paper = paper_in(State.PROPOSED, cast)
    lent = lend(cast.chief, cast.vice_chief)
    assert "chief（vice_chief代）" in at_the_desk("director").get(paper.get_absolute_url()).text
    desk = at_the_desk("vice_chief")
    wear(desk, lent)
    path = paper.get_absolute_url()
    assert desk.send(f"{path}instruct/", desk.fresh(path), opinion="同意。").status_code == 302
    page = at_the_desk("director").get(path).text
    assert page.count("vice_chief（代 chief）") >= 3  # the drawing, the sheet, the trail


def test_a_form_drawn_under_one_hat_is_not_sent_under_another(cast, at_the_desk):
    """The vice chief is asked twice on one paper: for themselves, and for the chief."""
    paper = paper_in(State.SCREENED, cast)
    leaders = [cast.chief.posts[0], cast.vice_chief.posts[0]]
    flow.propose(paper, by=cast.director, opinion="拟请批示。", leaders=leaders)
    desk, path = at_the_desk("vice_chief"), paper.get_absolute_url()
    drawn_as_oneself = desk.fresh(path)
    lent = lend(cast.chief, cast.vice_chief)
    wear(desk, lent)
    answer = desk.send(f"{path}instruct/", drawn_as_oneself, opinion="同意。")
    assert answer.status_code == 403
    assert "另一岗位" in answer.text
    assert "vice_chief（代 chief）" in answer.text
    drawn_for_the_chief = desk.fresh(path)
    desk.send("/acting/myself/", drawn_for_the_chief)
    assert desk.send(f"{path}instruct/", drawn_for_the_chief, opinion="同意。").status_code == 403
    token = {"X-CSRFToken": drawn_for_the_chief}
    draft = desk.post("/inbox/drafts/save/", "{}", "application/json", headers=token)
    assert draft.status_code == 403
    assert not Event.objects.about(paper).filter(verb="incomingpaper.instruct").exists()
    assert desk.send(f"{path}instruct/", desk.fresh(path), opinion="同意。").status_code == 302
    assert Event.objects.about(paper).get(verb="incomingpaper.instruct").acting_for is None


@pytest.mark.parametrize("how", ["given back", "over"])
def test_an_act_after_the_end_is_refused_and_not_done_in_ones_own_name(how, cast, at_the_desk):
    paper = paper_in(State.SCREENED, cast)
    leaders = [cast.chief.posts[0], cast.vice_chief.posts[0]]
    flow.propose(paper, by=cast.director, opinion="拟请批示。", leaders=leaders)
    lent = lend(cast.chief, cast.vice_chief)
    desk, path = at_the_desk("vice_chief"), paper.get_absolute_url()
    wear(desk, lent)
    token = desk.fresh(path)
    if how == "given back":
        lending.give_back(lent, by=cast.chief)
    else:
        yesterday = timezone.localdate() - timedelta(days=1)
        Delegation.objects.update(starts_on=yesterday, ends_on=yesterday)
    answer = desk.send(f"{path}instruct/", token, opinion="同意。")
    assert answer.status_code == 403
    assert "委托已经结束" in answer.text
    assert "没有办理" in answer.text
    assert not Event.objects.about(paper).filter(verb="incomingpaper.instruct").exists()
    page = desk.get(path)
    assert page.context["request"].actor.acting_for is None


def test_after_the_end_the_next_page_is_ones_own_and_says_so(cast, at_the_desk):
    lent = lend(cast.chief, cast.vice_chief)
    desk = at_the_desk("vice_chief")
    wear(desk, lent)
    lending.give_back(lent, by=cast.chief)
    page = desk.get("/")
    assert "委托已经结束" in page.text
    assert "正以“" not in page.text
    assert "委托已经结束" not in desk.get("/").text


def test_signing_out_is_never_refused(cast, at_the_desk):
    lent = lend(cast.chief, cast.vice_chief)
    desk = at_the_desk("vice_chief")
    wear(desk, lent)
    token = desk.fresh()
    lending.give_back(lent, by=cast.chief)
    assert desk.send("/sign-out/", token).headers["Location"] == "/sign-in/"


def test_the_holder_reads_who_has_the_post_and_takes_it_back(cast, at_the_desk):
    lent = lend(cast.chief, cast.vice_chief)
    desk = at_the_desk("chief")
    assert "已委托vice_chief至" in desk.get("/").text
    desk.send(f"/inbox/delegations/{lent.pk}/give-back/", desk.fresh())
    assert "已委托vice_chief" not in desk.get("/").text


def test_the_page_warns_of_what_stays_with_the_holder(cast, at_the_desk):
    paper_in(State.PROPOSED, cast, marking=Marking.SENSITIVE)
    desk, today = at_the_desk("chief"), timezone.localdate()
    answer = desk.send(
        "/inbox/delegations/lend/", desk.fresh("/inbox/delegations/lend/"),
        post=cast.chief.posts[0].pk, delegate=cast.head.posts[0].pk,
        starts_on=today, ends_on=today, reason="出差",
    )  # fmt: skip
    assert answer.status_code == 302
    assert "有 1 件未办事项超出head的知悉范围" in desk.get(answer.url).text


def test_the_page_says_why_a_post_is_not_lent(cast, at_the_desk):
    desk, today = at_the_desk("chief"), timezone.localdate()
    answer = desk.send(
        "/inbox/delegations/lend/", desk.fresh("/inbox/delegations/lend/"),
        post=cast.chief.posts[0].pk, delegate=cast.chief.posts[0].pk,
        starts_on=today, ends_on=today, reason="出差",
    )  # fmt: skip
    assert "岗位不能委托给任职人本人" in answer.text
    assert not Delegation.objects.exists()


def test_whoever_chooses_a_person_sees_that_their_post_is_lent(cast, at_the_desk):
    paper = paper_in(State.SCREENED, cast)
    lend(cast.chief, cast.vice_chief)
    assert "已委托vice_chief" in at_the_desk("director").get(paper.get_absolute_url()).text


def test_notices_are_a_persons_and_say_which_hat_opens_them(cast, at_the_desk):
    lent = lend(cast.chief, cast.vice_chief)
    paper = paper_in(State.PROPOSED, cast)
    desk = at_the_desk("vice_chief")
    page = desk.get("/inbox/notices/").text
    assert paper.title in page
    assert "以受托岗位名义办理时可打开" in page
    wear(desk, lent)
    assert f'href="{paper.get_absolute_url()}"' in desk.get("/inbox/notices/").text
    lending.give_back(lent, by=cast.chief)
    assert paper.title not in desk.get("/inbox/notices/").text


def test_nothing_is_moved_by_lending(cast):
    paper_in(State.PROPOSED, cast)
    before = list(Assignment.objects.order_by("pk").values())
    lending.give_back(lend(cast.chief, cast.vice_chief), by=cast.chief)
    assert list(Assignment.objects.order_by("pk").values()) == before
