"""A real paper is called to mind, in the house and by mail, until it is done."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail

from activity import trail
from activity.loaders import load_channels
from activity.models import Assignment, Event, Notice, OutboxMessage, Reminder
from activity.tasks import deliver_messages, scan_reminders
from documents.flow import incoming as flow
from documents.models import IncomingPaper, State
from organization.models import Marking
from tests.documents.factories import paper_in

HERE = ZoneInfo("Asia/Shanghai")


def at(month, day, hour=8, minute=0):
    return datetime.combine(date(2026, month, day), time(hour, minute), tzinfo=HERE)


@pytest.fixture(autouse=True)
def mail_goes_out(settings, cast, north):
    settings.MAIL_IS_ON = True
    settings.DEFAULT_FROM_EMAIL = "office@office.invalid"
    load_channels(north)
    for actor in vars(cast).values():
        actor.user.email = f"{actor.user.username}@office.invalid"
        actor.user.save()


@pytest.fixture
def paper(cast):
    """Handed out on Monday, 2 March 2026, due on Thursday the 12th; the handler has it."""
    with time_machine.travel(at(3, 2), tick=False):
        return paper_in(State.HANDLING, cast)


@pytest.fixture
def clock():
    """`clock(3, 11)` is what the clock does on that day of 2026."""

    def strike(*moment):
        with time_machine.travel(at(*moment), tick=False):
            scan_reminders()
            deliver_messages()
        return [letter.to[0].partition("@")[0] for letter in mail.outbox]

    return strike


def test_in_the_morning_one_mail_says_what_is_due(paper, clock):
    assert clock(3, 11) == ["handler"]
    (letter,) = mail.outbox
    assert paper.number in letter.body
    assert "1 个工作日" in letter.body
    assert "2026年3月12日" in letter.body
    assert paper.title not in letter.subject + letter.body
    message = OutboxMessage.objects.get()
    assert letter.extra_headers["Message-ID"] == f"<{message.key}@office.invalid>"
    assert (message.status, message.attempts) == ("sent", 1)


def test_head_and_leader_hear_of_it_once_it_is_late(paper, clock):
    for day in (12, 13, 16, 17):
        clock(3, day)
    told = Reminder.objects.filter(outcome="sent").order_by("day", "recipient__name")
    assert list(told.values_list("day__day", "recipient__name")) == [
        (12, "handler"),
        (13, "handler"),
        (13, "head"),
        (16, "handler"),
        (17, "handler"),
        (17, "vice_chief"),
    ]


def test_who_reported_back_is_not_reminded_any_more(paper, clock, cast):
    clock(3, 11)
    with time_machine.travel(at(3, 11, 15), tick=False):
        flow.report(paper, by=cast.handler, opinion="已办。")
    assert clock(3, 12) == ["handler"]
    assert clock(3, 13) == ["handler"]
    assert Reminder.objects.filter(outcome="sent").count() == 1


def test_after_the_work_was_passed_on_the_colleague_is_reminded(cast, clock):
    with time_machine.travel(at(3, 2), tick=False):
        paper = paper_in(State.HANDLING, cast, divided=False)
    clock(3, 9)
    with time_machine.travel(at(3, 9, 15), tick=False):
        flow.divide(paper, by=cast.head, to=cast.handler.posts[0])
    clock(3, 11)
    assert clock(3, 11, 9) == ["head", "handler"]


def test_work_to_read_has_no_last_day_and_is_not_called_to_mind(paper, clock):
    clock(4, 20)
    assert Assignment.objects.about(paper).open().filter(kind="read").exists()
    assert not Reminder.objects.filter(assignment__kind="read").exists()


def test_a_paper_whose_marking_was_raised_is_not_in_the_mail(paper, cast):
    """Between the scan and the mail; the row of the paper is what counts."""
    with time_machine.travel(at(3, 11), tick=False):
        scan_reminders()
        IncomingPaper.objects.filter(pk=paper.pk).update(marking=Marking.SENSITIVE)
        deliver_messages()
    assert mail.outbox == []
    assert OutboxMessage.objects.get().status == "dropped"


def test_whoever_left_reads_nothing_of_it(paper, cast, ended):
    with time_machine.travel(at(3, 11), tick=False):
        scan_reminders()
        ended(cast.handler.posts[0], date(2026, 3, 11))
        deliver_messages()
    assert mail.outbox == []
    assert OutboxMessage.objects.get().status == "dropped"


def test_the_notice_names_the_system_and_leads_to_the_paper(paper, clock, signed_in):
    clock(3, 11)
    notice = Notice.objects.get(event__verb="assignment.remind")
    assert notice.event.target == paper
    with time_machine.travel(at(3, 11, 9), tick=False):
        text = signed_in("handler").get("/inbox/notices/").text
    line = text[text.index("unopened") :].partition("</li>")[0]
    assert "系统" in line
    assert paper.get_absolute_url() in line
    assert paper.title in line
    assert "1 个工作日" in line


def test_a_notice_about_a_paper_that_may_not_be_seen_says_nothing_of_it(paper, clock, signed_in):
    clock(3, 11)
    IncomingPaper.objects.filter(pk=paper.pk).update(marking=Marking.SENSITIVE)
    with time_machine.travel(at(3, 11, 9), tick=False):
        text = signed_in("handler").get("/inbox/notices/").text
    assert paper.title not in text
    assert "工作日" not in text


def test_the_trail_counts_reminders_beside_the_holder_and_leaves_them_out_of_the_lines(
    paper, clock, cast, signed_in
):
    before = len(trail.lines(paper))
    for day in (9, 11, 12, 13):
        clock(3, day)
    assert (
        Event.objects.about(paper).filter(verb="assignment.remind").count() == 4
    )  # one for two people
    assert len(trail.lines(paper)) == before
    (row,) = [row for row in trail.holders(paper) if row.duty == "handle"]
    assert (row.times_reminded, row.last_reminded_on) == (4, date(2026, 3, 13))
    with time_machine.travel(at(3, 13, 9), tick=False):
        text = signed_in("handler").get(paper.get_absolute_url()).text
    assert "2026年3月13日" in text[text.index('class="holder"') :]
