"""Addresses and secrets of robots are kept so that a copy of the database does not hold them."""

import pytest
from cryptography.fernet import InvalidToken
from django.core.management import CommandError, call_command
from django.db import connection

from activity.delivery import deliver
from activity.management.commands import set_channel
from activity.models import Channel, ChannelKind, Event, MessageKind, OutboxMessage
from activity.sealing import SEALED, sealed, unsealed
from tests.activity.conftest import at

ADDRESS = "https://oapi.dingtalk.com/robot/send?access_token=canary-address"
SECRET = "SEC-canary-secret"


@pytest.fixture
def typed(monkeypatch):
    """What the operator types."""
    answers = [ADDRESS, SECRET]
    monkeypatch.setattr(set_channel, "getpass", lambda prompt: answers.pop(0))
    return answers


def test_what_was_sealed_can_be_read_again():
    assert unsealed(sealed("秘密 abc")) == "秘密 abc"
    assert sealed("秘密 abc").startswith(SEALED)
    assert sealed("x") != sealed("x")
    assert (sealed(""), unsealed("")) == ("", "")


def test_an_earlier_key_still_reads_and_a_lost_one_does_not(settings):
    old = sealed("abc")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 60, [settings.SECRET_KEY]
    assert unsealed(old) == "abc"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        unsealed(old)


def test_the_database_holds_neither_address_nor_secret(north, typed):
    call_command("set_channel", north.name, "dingtalk", "on")
    channel = Channel.objects.get()
    assert channel.is_on
    assert channel.unsealed() == (ADDRESS, SECRET)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(t::text, '') FROM activity_channel t")
        (stored,) = cursor.fetchone()
    assert "canary" not in stored


def test_a_change_of_a_channel_is_written_down_without_the_secret(north, typed):
    call_command("set_channel", north.name, "dingtalk", "on")
    event = Event.objects.get(verb="channel.set")
    assert (event.by_system, event.procuratorate) == (True, north)
    assert event.details == {"channel": "dingtalk", "is_on": True}


def test_a_channel_can_be_turned_off_and_keeps_its_address(north, typed):
    call_command("set_channel", north.name, "dingtalk", "on")
    call_command("set_channel", north.name, "dingtalk", "off")
    channel = Channel.objects.get()
    assert not channel.is_on
    assert channel.unsealed() == (ADDRESS, SECRET)


def test_mail_asks_for_no_address(north, typed):
    call_command("set_channel", north.name, "email", "on")
    assert typed == [ADDRESS, SECRET]
    assert Channel.objects.get().is_on


def test_an_address_elsewhere_is_not_taken(north, typed):
    typed[0] = "https://robots.office.invalid/hook"
    with pytest.raises(CommandError, match="WEBHOOK_ORIGINS"):
        call_command("set_channel", north.name, "dingtalk", "on")
    assert not Channel.objects.exists()


def test_an_unknown_procuratorate_is_said_by_its_name(db, typed):
    with pytest.raises(CommandError, match="没有这个院"):
        call_command("set_channel", "没有这个院", "dingtalk", "on")


def test_a_robot_sealed_with_a_lost_key_is_parked(north, typed, settings, work, scan_at):
    call_command("set_channel", north.name, "dingtalk", "on")
    work((2, 25))
    scan_at(2, 25)
    OutboxMessage.objects.create(
        procuratorate=north,
        kind=MessageKind.MORNING,
        channel=ChannelKind.DINGTALK,
        day=at(2, 25).date(),
        made_at=at(2, 25),
        next_attempt_at=at(2, 25),
    )
    settings.SECRET_KEY = "n" * 60
    deliver(at(2, 25))
    message = OutboxMessage.objects.get()
    assert (message.status, message.last_error) == ("parked", "InvalidToken")
