"""Urgent papers do not wait for the morning: whoever is asked hears of it at once."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from activity.delivery import deliver
from activity.loaders import load_channels
from activity.models import Assignment, Channel, Notice, OutboxMessage
from documents.flow import incoming as flow
from documents.models import State, Urgency
from tests.documents.factories import paper_in, registration


@pytest.fixture(autouse=True)
def mail_goes_out(settings, cast, north):
    settings.MAIL_IS_ON = True
    settings.DEFAULT_FROM_EMAIL = "office@office.invalid"
    load_channels(north)
    for actor in vars(cast).values():
        actor.user.email = f"{actor.user.username}@office.invalid"
        actor.user.save()


@pytest.fixture
def urgent(cast):
    def make(state=State.PROPOSED):
        return paper_in(state, cast, urgency=Urgency.URGENT)

    return make


def waiting():
    return sorted(OutboxMessage.objects.values_list("recipient__name", "kind", "status"))


def to(*names):
    return sorted((name, "urgent", "waiting") for name in names)


def test_registering_an_urgent_paper_tells_who_is_asked(cast):
    paper = paper_in(State.SIGNED_FOR, cast)
    assert waiting() == []  # in the mail room nobody knows yet how urgent it is
    flow.register(paper, registration(urgency=Urgency.URGENT), by=cast.clerk)
    assert waiting() == to("colleague")
    message = OutboxMessage.objects.get()
    assert message.notice.recipient == cast.colleague.user
    assert message.notice.event.verb == "incomingpaper.register"


def test_an_ordinary_paper_waits_for_the_morning(cast):
    paper_in(State.REPORTED, cast)
    assert waiting() == []


def test_each_one_asked_gets_one_for_each_piece_of_work(urgent):
    urgent(State.REVIEWED)
    clerks = ["clerk", "colleague"]  # to assign, and later to close
    office = ["colleague", "director", "director"]  # to pre-check, to propose, to review
    assert waiting() == to(*office, "chief", *clerks, "head", "reader", "handler", *clerks)


def test_who_is_only_told_gets_none(urgent, cast):
    paper = urgent(State.REVIEWED)
    OutboxMessage.objects.all().delete()
    flow.close(paper, by=cast.clerk, result="办结。")
    assert Notice.objects.filter(event__verb="incomingpaper.close").count() == 2
    assert waiting() == []


@pytest.mark.parametrize("how", ["no server", "channel off", "no address"])
def test_who_cannot_be_reached_by_mail_is_told_in_the_house_only(cast, settings, how):
    paper = paper_in(State.SIGNED_FOR, cast)
    settings.MAIL_IS_ON = how != "no server"
    Channel.objects.update(is_on=how != "channel off")
    if how == "no address":
        cast.colleague.user.email = ""
        cast.colleague.user.save()
    flow.register(paper, registration(urgency=Urgency.URGENT), by=cast.clerk)
    assert Notice.objects.filter(recipient=cast.colleague.user).exists()
    assert waiting() == []


def test_a_step_that_fails_leaves_no_message(cast):
    paper = paper_in(State.SCREENED, cast, urgency=Urgency.URGENT)
    OutboxMessage.objects.all().delete()

    @transaction.atomic
    def fails_after_all():
        flow.propose(paper, by=cast.director, opinion="拟办。", leaders=[cast.chief.posts[0]])
        assert waiting() == to("chief")
        raise PermissionDenied

    with pytest.raises(PermissionDenied):
        fails_after_all()
    assert waiting() == []


def test_a_worker_is_woken_after_the_commit_and_only_for_mail(
    cast, django_capture_on_commit_callbacks
):
    paper = paper_in(State.SIGNED_FOR, cast)
    with django_capture_on_commit_callbacks() as calls:
        flow.register(paper, registration(urgency=Urgency.URGENT), by=cast.clerk)
    assert len(calls) == 1
    with django_capture_on_commit_callbacks() as calls:
        paper_in(State.PROPOSED, cast)
    assert calls == []


def test_the_mail_names_the_number_and_never_the_title(urgent, settings):
    settings.SITE_URL = "https://office.invalid"
    paper = urgent(State.PROPOSED)
    deliver(timezone.now())
    letter = next(letter for letter in mail.outbox if letter.to == ["chief@office.invalid"])
    assert paper.number in letter.body
    assert "https://office.invalid/inbox/to_do/" in letter.body
    for said in (paper.title, paper.sender, "chief", "director", paper.number):
        assert said not in letter.subject
    assert paper.title not in letter.body


def test_what_a_colleague_did_in_the_meantime_is_not_sent(urgent, cast):
    paper = urgent(State.INSTRUCTED)
    OutboxMessage.objects.exclude(recipient=cast.colleague.user).delete()
    first = cast.head.posts[0].department
    plan = flow.Plan(lead=first, due_on=timezone.localdate(), chaser=cast.clerk.posts[0])
    flow.assign(paper, plan, by=cast.clerk)
    OutboxMessage.objects.exclude(recipient=cast.colleague.user).delete()
    deliver(timezone.now())
    assert mail.outbox == []
    assert set(OutboxMessage.objects.values_list("status", flat=True)) == {"dropped"}


def test_in_ordered_reading_the_next_reader_is_told_when_the_turn_comes(urgent, cast):
    paper = urgent(State.HANDLING)
    first = Assignment.objects.about(paper).get(post=cast.reader.posts[0])
    later = Assignment.objects.create(
        procuratorate=first.procuratorate,
        target_kind=first.target_kind,
        target_id=first.target_id,
        marking=first.marking,
        kind="read",
        duty="read",
        post=cast.two_posts.posts[1],
        batch=first.batch,
        turn=1,
        opening_event=first.opening_event,
    )
    OutboxMessage.objects.all().delete()
    flow.read(paper, by=cast.reader)
    later.refresh_from_db()
    assert later.since
    assert waiting() == to("two_posts")
    assert Notice.objects.get(recipient=cast.two_posts.user).event.verb == "incomingpaper.read"
