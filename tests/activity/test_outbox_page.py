"""The outbox page: numbers and kinds for whoever keeps the system running; one may act."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils.timesince import timesince

from activity.models import (
    ChannelKind,
    Event,
    MessageKind,
    MessageStatus,
    OutboxMessage,
)
from tests.activity.conftest import at

NOW = at(2, 25, 10)
PAGE, RETRY = reverse("activity:outgoing"), reverse("activity:retry_outgoing")
EVERYBODY_ELSE = ["clerk", "director", "chief", "head", "handler", "two_posts", "outsider"]


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def message(cast):
    """`message("parked")` is one to the handler, made two hours ago."""

    def make(status="waiting", *, who=None, days_ago=0, **fields):
        person = who or cast.handler
        return OutboxMessage.objects.create(
            procuratorate=person.procuratorate,
            kind=MessageKind.MORNING,
            channel=ChannelKind.EMAIL,
            recipient=person.user,
            day=NOW.date() - timedelta(days=days_ago),
            made_at=NOW - timedelta(hours=2, days=days_ago),
            status=status,
            next_attempt_at=NOW if status == "waiting" else None,
            sent_at=NOW if status == "sent" else None,
            **{"last_error": "SMTPRecipientsRefused", "attempts": 6} if status == "parked" else {},
            **fields,
        )

    return make


@pytest.mark.parametrize("who", ["system_admin", "security_admin", "auditor"])
def test_administrators_see_counts_age_and_kinds(signed_in, message, who):
    parked = message("parked")
    message("waiting", days_ago=1)
    message("sent", days_ago=2)
    answer = signed_in(who).get(PAGE)
    assert str(parked.pk) in answer.text
    assert "SMTPRecipientsRefused" in answer.text
    assert answer.context["oldest"] == NOW - timedelta(days=1, hours=2)
    assert timesince(answer.context["oldest"]) in answer.text


@pytest.mark.parametrize("who", ["system_admin", "security_admin", "auditor"])
def test_neither_names_nor_texts_are_shown(signed_in, message, cast, who):
    cast.handler.user.name, cast.handler.user.email = "某甲", "mou@office.invalid"
    cast.handler.user.save()
    message("parked")
    text = signed_in(who).get(PAGE).text
    assert "某甲" not in text
    assert "mou@" not in text
    assert str(message("waiting", days_ago=1).key) not in signed_in(who).get(PAGE).text


@pytest.mark.parametrize("who", EVERYBODY_ELSE)
def test_everybody_else_is_refused_and_has_no_entry_in_the_menu(signed_in, message, who):
    message("parked")
    client = signed_in(who)
    assert client.get(PAGE).status_code == 403
    assert client.post(RETRY).status_code == 403
    assert PAGE not in client.get("/").text
    assert OutboxMessage.objects.get().status == MessageStatus.PARKED


@pytest.mark.parametrize("who", ["system_admin", "security_admin", "auditor"])
def test_who_may_look_has_an_entry_in_the_menu(signed_in, who):
    assert PAGE in signed_in(who).get("/").text


def test_the_system_administrator_has_parked_messages_sent_again(signed_in, message, cast):
    parked, waiting = message("parked"), message("waiting", days_ago=1)
    sent = message("sent", days_ago=2)
    client = signed_in("system_admin")
    assert RETRY in client.get(PAGE).text
    assert client.post(RETRY).url == PAGE
    parked.refresh_from_db()
    assert (parked.status, parked.attempts, parked.next_attempt_at, parked.last_error) == (
        MessageStatus.WAITING, 0, NOW, "",
    )  # fmt: skip
    event = Event.objects.get(verb="outboxmessage.retry")
    assert (event.target, event.user) == (parked, cast.system_admin.user)
    assert event.post == cast.system_admin.posts[0]
    for untouched in (waiting, sent):
        before = untouched.status
        untouched.refresh_from_db()
        assert untouched.status == before


def test_asked_twice_the_second_time_finds_nothing(signed_in, message):
    message("parked")
    client = signed_in("system_admin")
    client.post(RETRY)
    client.post(RETRY)
    assert Event.objects.filter(verb="outboxmessage.retry").count() == 1


@pytest.mark.parametrize("who", ["security_admin", "auditor"])
def test_the_other_two_look_and_do_not_act(signed_in, message, who):
    message("parked")
    client = signed_in(who)
    assert RETRY not in client.get(PAGE).text
    assert client.post(RETRY).status_code == 403
    assert OutboxMessage.objects.get().status == MessageStatus.PARKED
    assert not Event.objects.filter(verb="outboxmessage.retry").exists()


def test_of_another_procuratorate_nothing_is_seen_and_nothing_sent(signed_in, message, cast):
    theirs = message("parked", who=cast.outsider)
    client = signed_in("system_admin")
    assert "SMTPRecipientsRefused" not in client.get(PAGE).text
    client.post(RETRY)
    theirs.refresh_from_db()
    assert theirs.status == MessageStatus.PARKED


def test_the_rows_themselves_ask_for_an_administrator(message, cast):
    message("parked")
    seen = {who for who, actor in vars(cast).items() if OutboxMessage.objects.visible_to(actor)}
    assert seen == {"system_admin", "security_admin", "auditor"}


def test_to_act_takes_a_post(signed_in, message):
    message("parked")
    client = signed_in("system_admin")
    assert client.get(RETRY).status_code == 405
    assert client.post(PAGE).status_code == 405
    assert OutboxMessage.objects.get().status == MessageStatus.PARKED


def test_old_messages_are_not_counted_but_what_is_left_is(signed_in, message):
    message("sent", days_ago=31)
    client = signed_in("system_admin")
    assert client.get(PAGE).context["counts"] == []
    message("parked", days_ago=90)
    message("sent", days_ago=29)
    counts = client.get(PAGE).context["counts"]
    assert [(line.channel, line.status, line.count) for line in counts] == [
        ("email", "parked", 1),
        ("email", "sent", 1),
    ]


def test_the_list_goes_on_over_pages_parked_ones_first(signed_in, message):
    for days_ago in range(60):
        message("parked" if days_ago % 2 else "waiting", days_ago=days_ago)
    client = signed_in("system_admin")
    first = client.get(PAGE).context["page"]
    second = client.get(PAGE, {"after": first.after}).context["page"]
    rows = [*first.rows, *second.rows]
    assert [row.status for row in rows] == ["parked"] * 30 + ["waiting"] * 30
    assert len({row.pk for row in rows}) == 60
