"""Mail by a real server on this machine: refused, dead, slow, and a crash between send and mark."""

import socket
import time
from datetime import timedelta

import pytest
import time_machine
from django.core.mail import get_connection
from django.db import connection, transaction
from django.utils import timezone

from activity import delivery
from activity.delivery import deliver
from activity.models import ChannelKind, MessageKind, MessageStatus, OutboxMessage
from organization.models import User
from tests.activity.conftest import at
from tests.activity.sinks import free_port, mail_sink

pytestmark = pytest.mark.usefixtures("mailing")
NOW = at(2, 25, 8)


@pytest.fixture
def server(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    with mail_sink() as sink:
        settings.EMAIL_PORT = sink.port
        yield sink


@pytest.fixture
def waiting(cast, work, scan_at):
    """`waiting("handler", "reader")` has a morning message wait for each of them."""

    def make(*names):
        for name in names:
            work((2, 25), who=getattr(cast, name), duty=f"of {name}")
        scan_at(2, 25, 7)
        return [
            OutboxMessage.objects.create(
                procuratorate=getattr(cast, name).procuratorate,
                kind=MessageKind.MORNING,
                channel=ChannelKind.EMAIL,
                recipient=getattr(cast, name).user,
                day=NOW.date(),
                made_at=NOW,
                next_attempt_at=NOW,
            )
            for name in names
        ]

    return make


def deliver_at(moment, **limits):
    with time_machine.travel(moment, tick=False):
        return deliver(timezone.now(), **limits)


def statuses():
    return list(
        OutboxMessage.objects.order_by("pk").values_list("status", "attempts", "last_error")
    )


def test_all_messages_of_a_batch_go_by_one_connection(waiting, server):
    waiting("handler", "reader", "clerk")
    assert deliver_at(NOW) == 3
    assert server.connections == 1
    assert [letter.to_whom for letter in server.letters] == [
        ["handler@office.invalid"],
        ["reader@office.invalid"],
        ["clerk@office.invalid"],
    ]
    assert statuses() == [("sent", 1, "")] * 3
    assert set(OutboxMessage.objects.values_list("sent_at", "next_attempt_at")) == {(NOW, None)}


def test_what_the_server_is_given(waiting, server, target):
    (message,) = waiting("handler")
    deliver_at(NOW)
    (letter,) = server.letters
    assert letter["From"] == "office@office.invalid"
    assert letter["To"] == "handler@office.invalid"
    assert letter["Message-ID"] == f"<{message.key}@office.invalid>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert target.reference in letter.get_content()
    assert "公文" in letter["Subject"] or "Papers" in letter["Subject"]
    assert sorted(letter.keys()) == sorted(
        [
            "Content-Type", "MIME-Version", "Content-Transfer-Encoding", "Subject", "From",
            "To", "Date", "Message-ID", "Auto-Submitted",
        ]
    )  # fmt: skip


def test_a_refused_recipient_parks_that_message_only(waiting, server):
    waiting("handler", "reader", "clerk")
    server.refused["reader@office.invalid"] = "550 no such user"
    deliver_at(NOW)
    assert statuses() == [
        ("sent", 1, ""),
        ("parked", 1, "SMTPRecipientsRefused"),
        ("sent", 1, ""),
    ]
    assert server.connections == 1


def test_a_recipient_refused_for_now_is_tried_again(waiting, server):
    waiting("handler")
    server.refused["handler@office.invalid"] = "450 come back later"
    deliver_at(NOW)
    assert statuses() == [("waiting", 1, "SMTPRecipientsRefused")]
    server.refused.clear()
    assert deliver_at(NOW + timedelta(seconds=29)) == 0
    assert deliver_at(NOW + timedelta(seconds=60)) == 1
    assert statuses() == [("sent", 2, "")]


def test_a_message_the_server_does_not_want_leaves_the_others_alone(waiting, server):
    waiting("handler")
    server.final = "554 not today"
    deliver_at(NOW)
    assert statuses() == [("waiting", 1, "SMTPDataError")]


def test_a_dead_server_leaves_the_others_waiting(waiting, server, settings):
    waiting("handler", "reader")
    settings.EMAIL_PORT = free_port()  # where nobody listens
    assert deliver_at(NOW) == 1
    assert statuses() == [("waiting", 1, "ConnectionRefusedError"), ("waiting", 0, "")]
    settings.EMAIL_PORT = server.port
    deliver_at(NOW + timedelta(minutes=1))
    assert [status for status, *_ in statuses()] == ["sent", "sent"]


def test_a_server_that_never_says_a_word_costs_one_timeout(waiting, settings, server):
    waiting("handler", "reader")
    settings.EMAIL_TIMEOUT = 0.3
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_PORT = silent.getsockname()[1]
        began = time.monotonic()
        assert deliver_at(NOW) == 1
    assert time.monotonic() - began < 3
    assert statuses() == [("waiting", 1, "SMTPServerDisconnected"), ("waiting", 0, "")]


def test_after_six_attempts_over_an_hour_and_a_half_it_is_parked(waiting, server, settings):
    waiting("handler")
    settings.EMAIL_PORT = free_port()
    tried, moment = [], NOW
    while OutboxMessage.objects.filter(status=MessageStatus.WAITING).exists():
        if deliver_at(moment):
            tried.append((moment - NOW).seconds // 60)
        moment += timedelta(minutes=1)
    assert tried == [0, 1, 3, 8, 23, 83]
    assert moment == NOW + timedelta(minutes=84)  # with the last attempt, not an hour after it
    assert statuses() == [("parked", 6, "ConnectionRefusedError")]


def test_a_message_that_kills_the_worker_is_counted_and_parked(waiting, server, monkeypatch):
    waiting("handler")

    def killed(parcel):
        raise SystemExit

    monkeypatch.setitem(delivery.SENDERS, ChannelKind.EMAIL, killed)
    moment = NOW
    for attempt in range(1, 7):
        with pytest.raises(SystemExit):
            deliver_at(moment)
        assert statuses() == [("waiting", attempt, "Unfinished")]
        moment += timedelta(hours=1)
    assert deliver_at(moment) == 0
    assert statuses() == [("parked", 6, "Unfinished")]


def test_a_crash_between_sending_and_marking_costs_one_copy_with_the_same_key(
    waiting, server, monkeypatch
):
    (message,) = waiting("handler")
    with monkeypatch.context() as patch:

        def dies(*args):
            raise SystemExit

        patch.setattr(delivery, "_settle", dies)
        with pytest.raises(SystemExit):
            deliver_at(NOW)
    assert deliver_at(NOW) == 0  # not at once
    deliver_at(NOW + timedelta(minutes=1))
    assert deliver_at(NOW + timedelta(minutes=10)) == 0
    keys = [letter["Message-ID"] for letter in server.letters]
    assert keys == [f"<{message.key}@office.invalid>"] * 2
    assert statuses() == [("sent", 2, "")]


def test_a_batch_ends_at_its_limit_and_the_next_goes_on(waiting, server):
    waiting("handler", "reader", "clerk")
    assert deliver_at(NOW, limit=2) == 2
    assert deliver_at(NOW, limit=2) == 1
    assert len(server.letters) == 3


def test_a_batch_that_takes_too_long_leaves_the_rest(waiting, server, monkeypatch):
    waiting("handler", "reader")
    monkeypatch.setattr(delivery, "BUDGET", 0)
    assert deliver_at(NOW) == 0
    assert statuses() == [("waiting", 0, "")] * 2


def test_without_a_server_messages_wait(waiting, settings):
    waiting("handler")
    settings.MAIL_IS_ON = False
    assert deliver_at(NOW) == 0
    assert statuses() == [("waiting", 0, "")]


@pytest.mark.parametrize(
    "address",
    [
        "a@office.invalid\nBcc: b@office.invalid",
        "a@office.invalid\r\nSubject: x",
        "a@office.invalid, b@office.invalid",
        "a@office.invalid;b@office.invalid",
        "甲 <a@office.invalid>",
        "a@оffice.invalid",  # a Cyrillic letter that looks like a Latin one
        "a@b@office.invalid",
        " a@office.invalid",
        "a@office.invalid\n",
    ],
)
def test_an_address_that_is_not_one_plain_address_is_refused_by_the_database(cast, address):
    with pytest.raises(Exception, match="email_is_one_plain_address"), transaction.atomic():
        User.objects.filter(pk=cast.handler.user.pk).update(email=address)


def test_a_line_break_in_a_header_is_refused_and_nothing_is_sent(waiting, server, settings):
    waiting("handler")
    settings.DEFAULT_FROM_EMAIL = "office@office.invalid\nBcc: b@office.invalid"
    deliver_at(NOW)
    assert server.letters == []
    assert statuses() == [("parked", 1, "ValueError")]


def test_only_the_name_of_the_error_is_kept(waiting, server):
    """What a server says may hold addresses and text."""
    waiting("handler")
    server.refused["handler@office.invalid"] = "550 handler@office.invalid is unknown"
    deliver_at(NOW)
    assert "handler" not in OutboxMessage.objects.get().last_error


@pytest.mark.django_db(transaction=True)
def test_several_senders_at_once_send_each_message_once(waiting, server, at_once):
    waiting("handler", "reader", "clerk", "colleague", "director", "chief", "head", "co_handler")
    at_once(*[lambda: deliver(NOW)] * 4)
    assert sorted(letter["To"].partition("@")[0] for letter in server.letters) == sorted(
        ["handler", "reader", "clerk", "colleague", "director", "chief", "head", "co_handler"]
    )
    assert set(statuses()) == {("sent", 1, "")}


@pytest.mark.django_db(transaction=True)
def test_a_message_in_other_hands_is_left_alone(waiting, server, at_once):
    """However long its sending takes: the row is locked for as long."""
    (message,) = waiting("handler")
    with transaction.atomic():
        OutboxMessage.objects.select_for_update().get(pk=message.pk)
        at_once(lambda: deliver(NOW), lambda: delivery._attempt(message, get_connection()))
    assert server.letters == []
    assert statuses() == [("waiting", 0, "")]


def test_a_message_somebody_sent_in_between_is_not_sent_again(waiting, server):
    (message,) = waiting("handler")
    deliver_at(NOW)
    assert delivery._attempt(message, get_connection()) is None
    assert len(server.letters) == 1


def test_a_slow_server_does_not_cost_the_transaction(waiting, server, monkeypatch):
    """The database ends a transaction that is idle for a minute; a message may take longer."""
    waiting("handler")
    seen = []

    def look(parcel):
        with connection.cursor() as cursor:
            cursor.execute("SHOW idle_in_transaction_session_timeout")
            seen.append(cursor.fetchone()[0])

    monkeypatch.setitem(delivery.SENDERS, ChannelKind.EMAIL, look)
    deliver_at(NOW)
    assert seen == ["5min"]
