"""What must always be true of the ladder, reminders, channels and messages."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from activity.models import (
    Audience,
    Channel,
    ChannelKind,
    LadderStage,
    MessageKind,
    Notice,
    OutboxMessage,
    Reminder,
)
from activity.sealing import sealed
from tests.activity.conftest import at

DAY, NOW = date(2026, 2, 25), at(2, 25)


@pytest.fixture
def rows(north, event, cast, work):
    """One good row of each kind, not saved yet: rows["reminder"](stage=1, …)."""
    row, person = work((2, 25)), cast.handler.user
    notice = Notice.objects.create(procuratorate=north, event=event, recipient=person)

    def of(model, **known):
        return lambda **fields: model(procuratorate=north, **known | fields)

    mail = {"channel": ChannelKind.EMAIL, "recipient": person, "day": DAY, "made_at": NOW}
    mail |= {"next_attempt_at": NOW}
    return {
        "stage": of(LadderStage, stage=-9, audience=Audience.HEAD),
        "reminder": of(
            Reminder,
            assignment=row,
            due_on=DAY,
            stage=0,
            recipient=person,
            day=DAY,
            outcome="sent",
            event=event,
        ),
        "channel": of(Channel, kind=ChannelKind.WECOM, address=sealed("x"), is_on=True),
        "morning": of(OutboxMessage, kind=MessageKind.MORNING, **mail),
        "urgent": of(OutboxMessage, kind=MessageKind.URGENT, notice=notice, **mail),
    }


ROBOT = {"channel": "wecom", "recipient": None}
PARKED = {"status": "parked", "next_attempt_at": None, "last_error": "TimeoutError"}
SENT = {"status": "sent", "next_attempt_at": None, "sent_at": NOW}
# name -> (row, changes that break it)
BROKEN = {
    "ladder_audience_is_known": ("stage", [{"audience": "everybody"}]),
    "reminder_outcome_is_known": ("reminder", [{"outcome": "lost"}]),
    "sent_reminder_has_an_event_and_a_skipped_one_none": (
        "reminder",
        [{"event": None}, {"outcome": "skipped"}],
    ),
    "channel_kind_is_known": ("channel", [{"kind": "pigeon"}]),
    "channel_keeps_address_and_secret_sealed": (
        "channel",
        [{"address": "https://qyapi.weixin.qq.com/x"}, {"secret": "SEC1"}],
    ),
    "robot_in_use_has_an_address": ("channel", [{"address": ""}]),
    "outbox_kind_is_known": ("morning", [{"kind": "evening"}]),
    "outbox_channel_is_known": ("morning", [ROBOT | {"channel": "pigeon"}]),
    "mail_has_a_recipient_and_a_robot_none": (
        "morning",
        [{"recipient": None}, {"channel": "wecom"}],
    ),
    "urgent_message_has_a_notice_and_a_morning_one_none": (
        "urgent",
        [{"notice": None}, {"kind": "morning"}],
    ),
    "waiting_message_says_when_it_is_tried_next_and_no_other": (
        "morning",
        [{"next_attempt_at": None}, PARKED | {"next_attempt_at": NOW}, {"status": "lost"}],
    ),
    "sent_message_says_when_and_no_other": (
        "morning",
        [SENT | {"sent_at": None}, {"sent_at": NOW}],
    ),
    "parked_message_says_why": ("morning", [PARKED | {"last_error": ""}]),
}
TWICE = {  # name -> (row, how the second may differ and still be too much, how it must to be good)
    "ladder_stage_is_said_once_for_each_audience": ("stage", {"repeats": True}, {"stage": -8}),
    "reminder_is_made_once": (
        "reminder",
        {"outcome": "skipped", "event": None, "day": date(2026, 3, 1)},
        {"due_on": date(2026, 3, 1)},
    ),
    "channel_is_one_of_each_kind": ("channel", {"is_on": False}, {"kind": "feishu"}),
    "morning_message_is_one_a_day_for_each_recipient": (
        "morning",
        SENT,
        {"day": date(2026, 2, 26)},
    ),
    "notice_goes_out_once_by_each_channel": ("urgent", SENT, {}),
}


def refused(name, row):
    with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
        row.save()


@pytest.mark.parametrize("name", BROKEN)
def test_a_bad_row_is_refused_by_the_constraint_of_that_name(rows, name):
    kind, changes = BROKEN[name]
    for fields in changes:
        refused(name, rows[kind](**fields))
    rows[kind]().save()


@pytest.mark.parametrize("name", TWICE)
def test_a_second_row_is_refused_by_the_constraint_of_that_name(rows, name):
    kind, same, other = TWICE[name]
    rows[kind]().save()
    refused(name, rows[kind](**same))
    if other:
        rows[kind](**other).save()


def test_a_robot_has_one_morning_message_a_day_too(rows):
    rows["morning"](**ROBOT).save()
    refused("morning_message_is_one_a_day_for_each_recipient", rows["morning"](**ROBOT))


def test_a_national_stage_is_said_once_too(rows):
    refused(
        "ladder_stage_is_said_once_for_each_audience",
        LadderStage(stage=0, audience=Audience.HOLDER),
    )


def test_good_rows_are_taken(rows):
    rows["reminder"](outcome="skipped", event=None).save()
    rows["channel"](is_on=False, address="", secret="").save()
    rows["morning"](**SENT).save()
    rows["morning"](**PARKED, day=date(2026, 2, 26)).save()
    rows["morning"](status="dropped", next_attempt_at=None, day=date(2026, 2, 27)).save()
    rows["urgent"]().save()
