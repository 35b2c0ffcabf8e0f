"""Who sees which paper. Internal and sensitive papers were assigned to the first department."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from activity import inbox
from activity.models import Assignment, Outcome
from documents.flow import incoming as flow
from documents.models import IncomingPaper, State
from organization.models import Department, Marking, Role, User
from tests.conftest import make_person
from tests.documents.factories import paper_in

SEES = {
    "clerk": {"internal", "waiting"},
    "colleague": {"internal", "waiting"},
    "director": {"internal", "waiting", "sensitive"},
    "chief": {"internal", "sensitive"},
    "delegate": {"internal", "sensitive"},
    "vice_chief": {"internal"},  # in charge of the department that handles it
    "head": {"internal"},
    "handler": {"internal"},
    "co_handler": {"internal"},  # heads the reader's department
    "reader": {"internal"},
    "two_posts": set(),
    "drafting_chief": set(),
    "outsider": set(),
    "superior": set(),
    "system_admin": set(),
    "security_admin": set(),
    "auditor": set(),
}


@pytest.fixture
def papers(cast):
    names = {
        paper_in(State.REPORTED, cast).pk: "internal",
        paper_in(State.SIGNED_FOR, cast).pk: "waiting",
        paper_in(State.INSTRUCTED, cast, marking=Marking.SENSITIVE).pk: "sensitive",
    }
    # The clerk who signed for and registered the sensitive one has gone to another post.
    IncomingPaper.objects.filter(marking=Marking.SENSITIVE).update(
        signed_for_by=cast.director.posts[0], registered_by=cast.director.posts[0]
    )
    sensitive = IncomingPaper.objects.get(marking=Marking.SENSITIVE)
    rows = Assignment.objects.about(sensitive).filter(post=cast.clerk.posts[0])
    rows.update(post=cast.director.posts[0], duty="elsewhere")
    return names


def test_the_table_names_the_whole_cast(cast):
    assert set(SEES) == set(vars(cast))


def test_everybody_sees_exactly_these(cast, papers):
    found = {
        who: {papers[paper.pk] for paper in IncomingPaper.objects.visible_to(actor)}
        for who, actor in vars(cast).items()
    }
    assert found == SEES


def test_a_clerk_is_shown_every_line_of_the_register_but_opens_only_their_own(
    cast, papers, signed_in
):
    listed = IncomingPaper.objects.listed_for(cast.colleague)
    assert {papers[paper.pk] for paper in listed} == {"internal", "waiting", "sensitive"}
    sensitive = IncomingPaper.objects.get(marking=Marking.SENSITIVE)

    client = signed_in("colleague")
    page = client.get("/documents/incoming/").text
    assert sensitive.number in page
    assert "超出您的知悉范围" in page
    answer = client.get(sensitive.get_absolute_url())
    assert answer.status_code == 403
    assert "没有交给您" in answer.text


def test_a_title_that_may_not_be_read_may_not_be_searched(cast, signed_in):
    paper = paper_in(State.REGISTERED, cast, marking=Marking.SENSITIVE)
    found = signed_in("colleague").get("/documents/incoming/?title=年度工作总结").text
    assert paper.number not in found


def test_a_marking_that_is_raised_takes_the_paper_away_at_once(cast):
    paper = paper_in(State.HANDLING, cast)
    assert IncomingPaper.objects.visible_to(cast.handler).exists()
    IncomingPaper.objects.filter(pk=paper.pk).update(marking=Marking.SENSITIVE)
    assert not IncomingPaper.objects.visible_to(cast.handler).exists()


def test_what_was_taken_back_is_no_longer_seen(cast):
    paper = paper_in(State.REPORTED, cast)
    row = Assignment.objects.about(paper).get(post=cast.reader.posts[0])
    row.closed_at, row.closing_event = row.since, row.opening_event
    row.outcome = Outcome.RECALLED
    row.save()
    assert not IncomingPaper.objects.visible_to(cast.reader).exists()


def test_a_reader_whose_turn_has_not_come_sees_nothing(cast):
    paper = paper_in(State.REPORTED, cast)
    Assignment.objects.about(paper).filter(post=cast.reader.posts[0]).update(since=None)
    assert not IncomingPaper.objects.visible_to(cast.reader).exists()


def test_the_same_role_elsewhere_sees_nothing(cast, south):
    paper_in(State.CLOSED, cast)
    office = Department.objects.get(procuratorate=south)
    there = make_person("director_there", south, (Role.OFFICE_DIRECTOR, office), clearance=3)
    assert not IncomingPaper.objects.visible_to(there).exists()


def test_a_sensitive_paper_is_not_seen_just_for_leading_the_department(cast):
    """The vice chief is in charge of the department that handles it, and cleared; still not."""
    User.objects.filter(pk=cast.head.user.pk).update(clearance=Marking.SENSITIVE)
    paper = paper_in(State.INSTRUCTED, cast, marking=Marking.SENSITIVE)
    lead = cast.head.posts[0].department
    due = timezone.localdate() + timedelta(days=5)
    flow.assign(paper, flow.Plan(lead=lead, due_on=due), by=cast.clerk)
    assert not IncomingPaper.objects.visible_to(cast.vice_chief).exists()
    cleared = replace(cast.head, user=User.objects.get(pk=cast.head.user.pk))
    assert IncomingPaper.objects.visible_to(cleared).exists()


def test_an_administrator_reads_nothing_even_with_another_post(cast):
    """The database refuses such a person; were there one, papers would stay shut."""
    paper_in(State.CLOSED, cast)
    posts = (*cast.system_admin.posts, *cast.director.posts, *cast.clerk.posts)
    both = replace(cast.system_admin, posts=posts)
    assert not IncomingPaper.objects.visible_to(both).exists()
    assert not IncomingPaper.objects.listed_for(both).exists()


def test_whoever_administers_is_shown_no_work(cast):
    paper_in(State.SIGNED_FOR, cast)
    assert inbox.counts(cast.clerk) == {"to_do": 1, "to_read": 0}
    both = replace(cast.clerk, posts=(*cast.system_admin.posts, *cast.clerk.posts))
    assert inbox.counts(both) == {"to_do": 0, "to_read": 0}


def test_who_registered_a_paper_keeps_seeing_it(cast):
    paper = paper_in(State.REGISTERED, cast)
    rows = Assignment.objects.about(paper).filter(post=cast.clerk.posts[0])
    rows.filter(closed_at__isnull=True).delete()
    rows.update(outcome=Outcome.RECALLED)
    assert list(IncomingPaper.objects.visible_to(cast.clerk)) == [paper]
