"""Messages to the outside, as rows: made with what they tell of, sent later by `delivery`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q

from activity import access
from activity.models import (
    Channel,
    ChannelKind,
    MessageKind,
    MessageStatus,
    Notice,
    OutboxMessage,
    Reminder,
    ReminderOutcome,
)
from activity.models.outbox import OutboxQuerySet
from activity.record import record
from organization.actor import Actor
from organization.deadlines import OFFICE_TIME
from organization.models import Role, User

COUNTED = timedelta(days=30)


def queue_morning(now: datetime) -> int:
    """One message for each person reminded today, and one for each robot, once it is morning.

    Reminders fall on working days only, so these messages do. Safe to run as often as one likes:
    whoever has today's message gets no other, and who missed it while the system was down gets it.
    """
    here = now.astimezone(OFFICE_TIME)
    if here.time() < settings.MORNING_AT:
        return 0
    made = OutboxMessage.objects.bulk_create(
        [
            OutboxMessage(
                procuratorate_id=procuratorate,
                kind=MessageKind.MORNING,
                channel=channel,
                recipient_id=recipient,
                day=here.date(),
                made_at=now,
                next_attempt_at=now,
            )
            for procuratorate, channel, recipient in [*_mails(here), *_digests(here)]
        ],
        ignore_conflicts=True,
    )
    return len(made)


def queue_urgent(notices: Sequence[Notice], now: datetime) -> int:
    """A mail at once to whoever was given urgent work, inside the step's transaction.

    党政机关公文处理工作条例 第二十四条第四项: 紧急公文应当明确办理时限, and nobody waits until
    the next morning to hear of it.
    """
    if not notices or not settings.MAIL_IS_ON:
        return 0
    place = notices[0].procuratorate_id
    on = Channel.objects.filter(procuratorate=place, kind=ChannelKind.EMAIL, is_on=True)
    people = User.objects.filter(pk__in=[notice.recipient_id for notice in notices], is_active=True)
    reached = set(people.exclude(email="").values_list("pk", flat=True)) if on.exists() else set()
    made = OutboxMessage.objects.bulk_create(
        OutboxMessage(
            procuratorate_id=place,
            kind=MessageKind.URGENT,
            channel=ChannelKind.EMAIL,
            recipient_id=notice.recipient_id,
            notice=notice,
            day=now.astimezone(OFFICE_TIME).date(),
            made_at=now,
            next_attempt_at=now,
        )
        for notice in notices
        if notice.recipient_id in reached
    )
    return len(made)


def retry(*, by: Actor, now: datetime) -> int:
    """The parked messages are tried again from the beginning; returns how many there were."""
    if not access.may_retry_outbox(by):
        raise PermissionDenied(access.WHO_RETRIES_OUTBOX)
    parked = OutboxMessage.objects.visible_to(by).filter(status=MessageStatus.PARKED)
    with transaction.atomic():
        messages = list(parked.order_by("pk").select_for_update(no_key=True))
        for message in messages:
            record("outboxmessage.retry", message, by=by, post=by.post_as(Role.SYSTEM_ADMIN))
        parked.filter(pk__in=[message.pk for message in messages]).update(
            status=MessageStatus.WAITING, attempts=0, next_attempt_at=now, last_error=""
        )
    return len(messages)


@dataclass(frozen=True)
class Count:
    """How many messages of one channel have one status."""

    channel: ChannelKind
    status: MessageStatus
    count: int


def counts(messages: OutboxQuerySet, today: date) -> list[Count]:
    """What is left to be sent, and what became of the messages of the last days."""
    left = Q(status__in=[MessageStatus.WAITING, MessageStatus.PARKED])
    shown = messages.filter(left | Q(day__gt=today - COUNTED))
    found = shown.values_list("channel", "status").annotate(count=models.Count("pk"))
    return [
        Count(ChannelKind(channel), MessageStatus(status), count)
        for channel, status, count in found.order_by("channel", "status")
    ]


def waiting_since(messages: OutboxQuerySet) -> datetime | None:
    """When the oldest message was made that is not sent yet."""
    waiting = messages.filter(status=MessageStatus.WAITING).order_by("made_at")
    return waiting.values_list("made_at", flat=True).first()


Wanted = list[tuple[int, str, int | None]]  # procuratorate, channel, recipient


def _mails(here: datetime) -> Wanted:
    """Who was reminded today, has an address, and has no message of today yet."""
    if not settings.MAIL_IS_ON:
        return []
    on = Channel.objects.filter(
        procuratorate=OuterRef("procuratorate"), kind=ChannelKind.EMAIL, is_on=True
    )
    there = OutboxMessage.objects.filter(
        procuratorate=OuterRef("procuratorate"),
        recipient=OuterRef("recipient"),
        channel=ChannelKind.EMAIL,
        day=here.date(),
        kind=MessageKind.MORNING,
    )
    sent = Reminder.objects.filter(day=here.date(), outcome=ReminderOutcome.SENT)
    people = sent.filter(Exists(on), ~Exists(there), recipient__is_active=True)
    found = people.exclude(recipient__email="").values_list("procuratorate", "recipient")
    pairs = found.order_by("procuratorate", "recipient").distinct()
    return [(place, ChannelKind.EMAIL, person) for place, person in pairs]


def _digests(here: datetime) -> Wanted:
    """The robots of each procuratorate in which somebody was reminded today."""
    reminded = Reminder.objects.filter(
        procuratorate=OuterRef("procuratorate"), day=here.date(), outcome=ReminderOutcome.SENT
    )
    there = OutboxMessage.objects.filter(
        procuratorate=OuterRef("procuratorate"),
        channel=OuterRef("kind"),
        day=here.date(),
        kind=MessageKind.MORNING,
    )
    robots = Channel.objects.filter(Exists(reminded), ~Exists(there), is_on=True)
    found = robots.exclude(kind=ChannelKind.EMAIL).values_list("procuratorate", "kind")
    return [(place, kind, None) for place, kind in found]
