"""The morning message: one for each person and working day, true at the moment it is sent."""

from datetime import date, time

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from activity import delivery
from activity.models import (
    Assignment,
    Channel,
    ChannelKind,
    Event,
    MessageStatus,
    OutboxMessage,
    Reminder,
)
from activity.outbox import queue_morning
from activity.tasks import deliver_messages, scan_reminders
from organization.models import Department
from tests.activity.conftest import at

pytestmark = pytest.mark.usefixtures("mailing")


@pytest.fixture
def clock():
    """`clock(2, 25)` is what the clock does on that day of 2026 at eight: look, and send."""

    def strike(month, day, hour=8, minute=0, *, send=True):
        with time_machine.travel(at(month, day, hour, minute), tick=False):
            scan_reminders()
            if send:
                deliver_messages()
        return mail.outbox

    return strike


def to(name, letters):
    (letter,) = [letter for letter in letters if letter.to == [f"{name}@office.invalid"]]
    return letter


def deliver_at(*moment):
    with time_machine.travel(at(*moment), tick=False):
        return delivery.deliver(timezone.now())


def test_it_is_made_at_eight_and_once(work, clock):
    work((2, 25))
    assert clock(2, 25, 0) == []
    assert clock(2, 25, 7, 59) == []
    assert len(clock(2, 25, 8)) == 1
    assert len(clock(2, 25, 9)) == 1
    assert len(clock(2, 25, 23)) == 1
    assert len(clock(2, 26, 8)) == 3  # handler and head


def test_the_hour_is_a_setting(work, clock, settings):
    settings.MORNING_AT = time(7, 30)
    work((2, 25))
    assert clock(2, 25, 7, 29) == []
    assert len(clock(2, 25, 7, 30)) == 1


def test_a_worker_is_woken_once_the_messages_are_made_and_only_then(
    work, clock, django_capture_on_commit_callbacks
):
    work((2, 25))
    woken = []
    for hour in (7, 8, 9):
        with django_capture_on_commit_callbacks() as calls:
            clock(2, 25, hour, send=False)
        woken.append(len(calls))
    assert woken == [0, 1, 0]


def test_a_system_that_was_down_at_eight_sends_it_when_it_is_back(work, clock):
    work((2, 25))
    assert len(clock(2, 25, 17, 40)) == 1


def test_a_system_that_is_back_the_next_day_sends_what_holds_then(work, clock):
    work((2, 25))
    clock(2, 25, 7)
    letter = to("handler", clock(2, 26))
    assert OutboxMessage.objects.filter(day=date(2026, 2, 25)).count() == 0
    assert "1 个工作日" in letter.body


def test_what_it_says(work, clock, settings, target):
    settings.SITE_URL = "https://office.invalid"
    work((2, 26), duty="near")
    work((2, 24), duty="late", since=at(1, 6))
    first = to("handler", clock(2, 25))
    lines = first.body.splitlines()
    assert [target.reference in line for line in lines].count(True) == 2
    late, near = [line for line in lines if target.reference in line]
    assert "2026年2月24日" in late
    assert "2026年2月26日" in near
    assert "2" in first.subject
    assert "https://office.invalid/inbox/to_do/" in first.body
    assert first.from_email == "office@office.invalid"


def test_without_a_site_address_there_is_no_link(work, clock):
    work((2, 25))
    (letter,) = clock(2, 25)
    assert "/inbox/" not in letter.body


def test_neither_title_nor_name_leaves_the_house(work, clock, target, cast):
    work((2, 25))
    for letter in clock(2, 26):
        text = letter.subject + letter.body
        for said in (target.name, "handler", "head", cast.handler.procuratorate.name):
            assert said not in text


def test_what_was_done_before_it_is_sent_is_not_in_it(work, clock, event, target):
    done, left = work((2, 25), duty="done"), work((2, 25), duty="left")
    clock(2, 25, send=False)
    Assignment.objects.filter(pk=done.pk).update(
        closed_at=at(2, 25, 8), closing_event=event, outcome="done"
    )
    deliver_at(2, 25)
    (letter,) = mail.outbox
    assert letter.body.count(target.reference) == 1
    assert left.closed_at is None


def test_with_nothing_left_to_say_it_is_dropped(work, clock, event):
    row = work((2, 25))
    clock(2, 25, send=False)
    Assignment.objects.filter(pk=row.pk).update(
        closed_at=at(2, 25, 8), closing_event=event, outcome="done"
    )
    deliver_at(2, 25)
    message = OutboxMessage.objects.get()
    assert (message.status, message.sent_at) == (MessageStatus.DROPPED, None)
    assert mail.outbox == []


def test_work_that_was_extended_is_not_in_it(work, clock):
    row = work((2, 25))
    clock(2, 25, send=False)
    Assignment.objects.filter(pk=row.pk).update(due_on=date(2026, 3, 10))
    deliver_at(2, 25)
    assert OutboxMessage.objects.get().status == MessageStatus.DROPPED


def test_what_the_reader_may_no_longer_see_is_not_in_it(work, clock, monkeypatch):
    work((2, 25))
    monkeypatch.setattr(Department.objects, "visible_to", lambda actor: Department.objects.none())
    assert clock(2, 25) == []
    assert OutboxMessage.objects.get().status == MessageStatus.DROPPED


@pytest.mark.parametrize("how", ["account closed", "address gone", "channel off"])
def test_who_cannot_be_reached_any_more_gets_nothing(work, clock, cast, how):
    work((2, 25))
    clock(2, 25, send=False)
    user = cast.handler.user
    user.is_active = how != "account closed"
    user.email = "" if how == "address gone" else user.email
    user.save()
    Channel.objects.update(is_on=how != "channel off")
    deliver_at(2, 25)
    assert OutboxMessage.objects.get().status == MessageStatus.DROPPED
    assert mail.outbox == []


@pytest.mark.parametrize("how", ["no server", "no address", "channel off", "no channel"])
def test_without_a_way_out_no_message_is_made(work, clock, cast, settings, how):
    settings.MAIL_IS_ON = how != "no server"
    if how == "no address":
        cast.handler.user.email = ""
        cast.handler.user.save()
    Channel.objects.update(is_on=how != "channel off")
    if how == "no channel":
        Channel.objects.all().delete()
    work((2, 25))
    clock(2, 25)
    assert OutboxMessage.objects.count() == 0
    assert (
        Reminder.objects.filter(outcome="sent").count() == 1
    )  # in the house it is said all the same


def test_a_message_that_was_delayed_says_how_it_stands_when_it_is_sent(work, clock):
    work((2, 25))
    clock(2, 25, send=False)
    deliver_at(2, 26)
    assert "超期 1 个工作日" in mail.outbox[0].body


def test_asked_again_there_is_nothing_to_make(work, clock, robot):
    robot(ChannelKind.WECOM)
    work((2, 25))
    clock(2, 25, 7, send=False)
    assert queue_morning(at(2, 25)) == 2  # a mail and the robot's
    assert queue_morning(at(2, 25)) == 0


def test_for_a_robot_that_is_off_nothing_is_made(work, clock, robot):
    robot(ChannelKind.WECOM)
    Channel.objects.update(is_on=False)
    work((2, 25))
    clock(2, 25, 7, send=False)
    assert queue_morning(at(2, 25)) == 0


def test_who_only_missed_something_gets_no_message(work, clock, robot):
    robot(ChannelKind.WECOM)
    work((2, 25))
    clock(2, 25, 7, send=False)
    Reminder.objects.update(outcome="skipped", event=None)
    assert queue_morning(at(2, 25)) == 0


def test_on_a_day_off_there_is_none(work, clock):
    work((2, 14))
    assert clock(2, 15) == []
    assert clock(2, 23) == []


@pytest.fixture
def robot(north):
    """`robot("wecom")` is in use."""

    def make(kind):
        channel = Channel(procuratorate=north, kind=kind, is_on=True)
        channel.seal("https://qyapi.weixin.qq.com/send?key=1", "")
        channel.save()

    return make


def test_a_robot_gets_one_message_with_numbers_only(work, robot, cast, target, clock, monkeypatch):
    said = []
    monkeypatch.setitem(delivery.SENDERS, ChannelKind.WECOM, said.append)
    robot(ChannelKind.WECOM)
    for number in range(3):
        work((2, 25), duty=f"near {number}", who=[cast.handler, cast.reader, cast.chief][number])
    work((2, 24), duty="late")
    clock(2, 25)
    clock(2, 25, 9)
    (parcel,) = said
    assert parcel.address == "https://qyapi.weixin.qq.com/send?key=1"
    assert "4" in parcel.text
    assert "1" in parcel.text
    for word in (target.name, target.reference, "handler", "reader", "chief"):
        assert word not in parcel.text
    message = OutboxMessage.objects.get(channel=ChannelKind.WECOM)
    assert (message.recipient, message.status) == (None, MessageStatus.SENT)


def test_a_robot_has_nothing_to_say_once_all_is_done(work, robot, clock, event):
    robot(ChannelKind.FEISHU)
    row = work((2, 25))
    clock(2, 25, send=False)
    Assignment.objects.filter(pk=row.pk).update(
        closed_at=at(2, 25, 8), closing_event=event, outcome="done"
    )
    deliver_at(2, 25)
    assert set(OutboxMessage.objects.values_list("status", flat=True)) == {MessageStatus.DROPPED}


def test_to_make_the_messages_is_not_told_of_as_an_act(work, clock):
    work((2, 25))
    clock(2, 25)
    assert set(Event.objects.values_list("verb", flat=True)) == {
        "department.test",
        "assignment.remind",
    }


def test_making_messages_costs_the_same_for_many(work, clock, django_assert_num_queries):
    work((2, 25))
    clock(2, 25, 7, send=False)
    with django_assert_num_queries(3):
        queue_morning(at(2, 25))
    for number in range(20):
        work((2, 25), duty=f"duty {number}")
    clock(2, 26, 7, send=False)
    with django_assert_num_queries(3):
        queue_morning(at(2, 26))
