"""What waits in the outbox is sent: counted first, then sent, then marked.

Each message is claimed and its attempt counted in one transaction, so a message that kills the
worker runs out of attempts like any other. It is sent while its row is locked, so nobody else
sends it at the same time. A crash between sending and marking costs one more copy, with the same
key.
"""

import time
from collections.abc import Collection
from datetime import datetime, timedelta

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection as database
from django.db import transaction
from django.utils import timezone

from activity.channels import SENDERS
from activity.channels.parcel import Down, Parcel, Refused, Undelivered
from activity.letters import letter
from activity.models import Channel, ChannelKind, MessageStatus, OutboxMessage

MINUTES = (0.5, 2, 5, 15, 60)  # until the next attempt; a minute at most after a crash
ATTEMPTS = len(MINUTES) + 1
LIMIT = 100  # messages in one go
BUDGET = 40  # seconds after which the rest is left to the next go
UNFINISHED = "Unfinished"  # why it is not sent, as long as nobody says otherwise


def deliver(now: datetime, limit: int = LIMIT) -> int:
    """Send what is due; returns how many messages were tried. Any number may run at once."""
    began, tried = time.monotonic(), 0
    silent = set() if settings.MAIL_IS_ON else {ChannelKind.EMAIL.value}
    mail = get_connection()
    _park_the_exhausted(now)
    try:
        while tried < limit and time.monotonic() - began < BUDGET:
            message = _claim(now, silent)
            if message is None:
                break
            tried += 1
            if isinstance(_attempt(message, mail), Down):
                silent.add(message.channel)
    finally:
        mail.close()
    return tried


def _park_the_exhausted(now: datetime) -> None:
    """Nobody said what became of the last attempt: the worker was killed at it."""
    due = OutboxMessage.objects.filter(status=MessageStatus.WAITING, next_attempt_at__lte=now)
    due.filter(attempts__gte=ATTEMPTS).update(status=MessageStatus.PARKED, next_attempt_at=None)


def _claim(now: datetime, silent: Collection[str]) -> OutboxMessage | None:
    """The message that has been due the longest, with this attempt counted on it."""
    due = OutboxMessage.objects.filter(status=MessageStatus.WAITING, next_attempt_at__lte=now)
    with transaction.atomic():
        free = due.exclude(channel__in=silent).order_by("next_attempt_at", "pk")
        message = free.select_for_update(skip_locked=True, no_key=True).first()
        if message:
            pause = MINUTES[min(message.attempts, len(MINUTES) - 1)]
            message.attempts += 1
            message.next_attempt_at = now + timedelta(minutes=pause)
            message.last_error = UNFINISHED
            message.save(update_fields=["attempts", "next_attempt_at", "last_error"])
    return message


def _attempt(message: OutboxMessage, mail: BaseEmailBackend) -> Undelivered | None:
    """Send it while its row is locked, and say on the row what became of it."""
    with transaction.atomic():
        _allow_for_slow_servers()
        free = OutboxMessage.objects.select_for_update(skip_locked=True, no_key=True)
        if not free.filter(pk=message.pk, status=MessageStatus.WAITING):
            return None  # somebody took it in between
        try:
            _settle(message, _send(message, mail))
        except Refused as error:
            _settle(message, MessageStatus.PARKED, error)
            return error
        except Undelivered as error:
            last = message.attempts >= ATTEMPTS
            _settle(message, MessageStatus.PARKED if last else MessageStatus.WAITING, error)
            return error
    return None


def _allow_for_slow_servers() -> None:
    """The database would else end the transaction of a message that takes a minute."""
    with database.cursor() as cursor:
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = '5min'")


def _send(message: OutboxMessage, mail: BaseEmailBackend) -> MessageStatus:
    """Raises Undelivered when it could not be sent."""
    channel = Channel.objects.filter(
        procuratorate=message.procuratorate_id, kind=message.channel, is_on=True
    ).first()
    said = letter(message, timezone.localdate())
    if channel is None or said is None:
        return MessageStatus.DROPPED
    address, secret = _where_to(message, channel)
    if not address:
        return MessageStatus.DROPPED
    parcel = Parcel(message.key, said.subject, said.text, address, secret, mail)
    SENDERS[message.channel](parcel)
    return MessageStatus.SENT


def _where_to(message: OutboxMessage, channel: Channel) -> tuple[str, str]:
    if message.recipient:
        return message.recipient.email, ""
    try:
        return channel.unsealed()
    except InvalidToken as error:
        raise Refused from error


def _settle(
    message: OutboxMessage, status: MessageStatus, error: Undelivered | None = None
) -> None:
    message.status = status
    message.sent_at = timezone.now() if status == MessageStatus.SENT else None
    message.last_error = error.kind if error else ""
    if status != MessageStatus.WAITING:
        message.next_attempt_at = None
    message.save(update_fields=["status", "sent_at", "last_error", "next_attempt_at"])
