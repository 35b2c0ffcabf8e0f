"""传阅: in order or at once; one reader less or more; closed when all have read it."""

import pytest
from django.core.exceptions import PermissionDenied

from activity import inbox
from activity.inbox import Box
from activity.models import Assignment, Notice, Outcome
from activity.steps import StepClosed
from activity.trace import NobodyToAsk
from documents import queries
from documents.flow import incoming as flow
from documents.models import IncomingPaper, State
from tests.documents.factories import paper_in
from tests.documents.test_sending_back import hands


def circulated(cast, *names, in_order=False):
    paper = paper_in(State.SCREENED, cast)
    readers = [getattr(cast, name).posts[0] for name in names]
    flow.circulate(
        paper, by=cast.director, readers=readers, in_order=in_order, opinion="分送阅知。"
    )
    return paper


def test_at_once_everybody_has_it_and_it_waits_for_the_last(cast):
    paper = circulated(cast, "reader", "handler", "chief")
    assert (paper.state, paper.for_reading) == (State.CIRCULATING, True)
    for name in ("chief", "reader"):
        flow.read(paper, by=getattr(cast, name))
        assert paper.state == State.CIRCULATING
    flow.read(paper, by=cast.handler, opinion="已阅，将传达。")
    assert paper.state == State.REVIEWED
    assert hands(paper) == {("close", "clerk"), ("close", "colleague")}


def test_it_cannot_be_closed_while_one_has_not_read_it(cast):
    paper = circulated(cast, "reader", "handler")
    flow.read(paper, by=cast.reader)
    with pytest.raises(PermissionDenied):
        flow.close(paper, by=cast.clerk, result="传阅完毕。")


def test_in_order_it_is_known_where_it_is(cast):
    paper = circulated(cast, "chief", "handler", "reader", in_order=True)
    assert hands(paper) == {("read", "chief"), ("read", "handler*"), ("read", "reader*")}
    assert not inbox.rows(Box.TO_READ, cast.reader).exists()
    assert not IncomingPaper.objects.visible_to(cast.reader).exists()
    with pytest.raises(StepClosed):
        flow.read(paper, by=cast.reader)
    flow.read(paper, by=cast.chief)
    assert hands(paper) == {("read", "handler"), ("read", "reader*")}
    assert Notice.objects.filter(recipient=cast.handler.user).exists()


@pytest.mark.parametrize(
    ("who", "left"),
    [
        ("chief", {("read", "handler"), ("read", "reader*")}),
        ("handler", {("read", "chief"), ("read", "reader*")}),
        ("reader", {("read", "chief"), ("read", "handler*")}),
    ],
)
def test_one_reader_is_taken_out_wherever_they_stand_in_the_order(cast, who, left):
    paper = circulated(cast, "chief", "handler", "reader", in_order=True)
    flow.remove_reader(paper, by=cast.clerk, reader=getattr(cast, who).posts[0])
    assert hands(paper) == left


def test_taking_out_the_last_one_ends_the_reading(cast):
    paper = circulated(cast, "chief", "reader")
    flow.read(paper, by=cast.chief)
    flow.remove_reader(paper, by=cast.director, reader=cast.reader.posts[0])
    assert paper.state == State.REVIEWED
    row = Assignment.objects.about(paper).get(post=cast.reader.posts[0])
    assert row.outcome == Outcome.CANCELLED


def test_another_reader_is_asked_and_nobody_twice(cast):
    paper = circulated(cast, "reader")
    readers = [cast.reader.posts[0], cast.handler.posts[0]]
    flow.add_readers(paper, by=cast.clerk, readers=readers)
    assert hands(paper) == {("read", "reader"), ("read", "handler")}


def test_who_has_read_it_can_be_asked_again(cast):
    paper = circulated(cast, "reader", "handler")
    flow.read(paper, by=cast.reader)
    flow.add_readers(paper, by=cast.clerk, readers=[cast.reader.posts[0]])
    assert hands(paper) == {("read", "reader"), ("read", "handler")}


def test_a_clerk_sends_it_round_when_a_leader_says_so(cast):
    paper = paper_in(State.INSTRUCTED, cast)
    flow.circulate(paper, by=cast.clerk, readers=[cast.reader.posts[0]])
    assert (paper.state, paper.for_reading) == (State.CIRCULATING, True)


def test_nobody_to_read_it_is_refused(cast):
    paper = paper_in(State.SCREENED, cast)
    with pytest.raises(NobodyToAsk):
        flow.circulate(paper, by=cast.director, readers=[])


def test_reading_beside_the_handling_moves_nothing(cast):
    paper = paper_in(State.HANDLING, cast)
    flow.read(paper, by=cast.reader)
    assert paper.state == State.HANDLING


def test_the_list_says_who_has_opened_it_and_who_has_not(cast, signed_in, django_user_model):
    paper = circulated(cast, "chief", "handler", "reader")
    flow.read(paper, by=cast.chief)
    signed_in("handler").post(f"{paper.get_absolute_url()}opened/")
    found = {row.post.user.name: row for row in queries.readers(paper)}
    assert [bool(found[who].opened_at) for who in ("chief", "handler", "reader")] == [1, 1, 0]
    assert [bool(found[who].closed_at) for who in ("chief", "handler", "reader")] == [1, 0, 0]
    page = signed_in("director").get(paper.get_absolute_url()).text
    part = page.split('class="readers"')[1].split("</section>")[0]
    assert part.count("未阅") == 2
    assert part.count("尚未打开") == 1


def test_the_order_is_the_one_in_which_people_were_ticked(cast, signed_in):
    paper = paper_in(State.SCREENED, cast)
    chosen = [str(getattr(cast, name).posts[0].pk) for name in ("reader", "chief", "handler")]
    sent = {
        "readers": sorted(chosen),
        "readers-order": ",".join(chosen),
        "in_order": "on",
        "opinion": "依次传阅。",
    }
    signed_in("director").post(f"{paper.get_absolute_url()}circulate/", sent)
    rows = queries.readers(paper)
    assert [row.post.user.name for row in rows] == ["reader", "chief", "handler"]
    assert [row.turn for row in rows] == [0, 1, 2]
