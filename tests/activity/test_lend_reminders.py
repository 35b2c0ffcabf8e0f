"""Reminders and messages of a lent post reach the delegate as well, up to their clearance."""

import time_machine

from activity.lending import flow as lending
from activity.letters import letter
from activity.models import MessageKind, OutboxMessage, Reminder
from activity.outbox import queue_morning
from organization.models import Marking
from tests.activity.conftest import at
from tests.activity.lent import lend


def reminded():
    return set(Reminder.objects.values_list("recipient__name", flat=True))


def test_the_delegate_is_reminded_beside_the_holder(work, cast, scan_at):
    with time_machine.travel(at(2, 24), tick=False):
        lend(cast.handler, cast.reader)
    work((2, 25))
    scan_at(2, 24)
    assert {"handler", "reader"} <= reminded()


def test_a_delegate_below_the_marking_is_not(work, cast, scan_at):
    cast.handler.user.clearance = Marking.SENSITIVE
    cast.handler.user.save()
    with time_machine.travel(at(2, 24), tick=False):
        lend(cast.handler, cast.reader)
    work((2, 25), marking=Marking.SENSITIVE)
    scan_at(2, 24)
    assert reminded() == {"handler"}


def test_after_it_was_given_back_nobody_else_is_reminded(work, cast, scan_at):
    with time_machine.travel(at(2, 24), tick=False):
        lending.give_back(lend(cast.handler, cast.reader), by=cast.reader)
    work((2, 25))
    scan_at(2, 24)
    assert "handler" in reminded()
    assert "reader" not in reminded()


def test_both_get_the_morning_message(work, cast, scan_at, mailing):
    with time_machine.travel(at(2, 24), tick=False):
        lend(cast.handler, cast.reader)
    work((2, 25))
    scan_at(2, 24)
    with time_machine.travel(at(2, 24), tick=False):
        queue_morning(at(2, 24))
        mails = OutboxMessage.objects.filter(kind=MessageKind.MORNING)
        written = {mail.recipient.name: letter(mail, at(2, 24).date()) for mail in mails}
    assert written["reader"] == written["handler"] is not None
