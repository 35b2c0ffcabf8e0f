"""Robots of chat groups: what they are sent, whom we talk to at all, and what they answer."""

import base64
import hashlib
import hmac
import socket
import ssl
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
import time_machine
from django.core.mail import get_connection

from activity.channels import SENDERS, robots
from activity.channels.parcel import Down, Parcel, Refused, Undelivered
from activity.models import ChannelKind
from tests.activity.conftest import at
from tests.activity.sinks import free_port, robot_sink, self_signed

NOW = at(2, 25, 8)
SECRET = "SEC0123456789"


@pytest.fixture
def robot(settings):
    with robot_sink() as server:
        settings.WEBHOOK_ORIGINS = [server.origin]
        yield server


def send(kind, address, secret=""):
    parcel = Parcel(UUID(int=1), "今日提醒", "今日提醒：2 件\n", address, secret, get_connection())
    with time_machine.travel(NOW, tick=False):
        SENDERS[kind](parcel)


def test_wecom_is_sent_text(robot):
    send(ChannelKind.WECOM, f"{robot.origin}/cgi-bin/webhook/send?key=abc")
    ((path, body, headers),) = robot.asked
    assert path == "/cgi-bin/webhook/send?key=abc"
    assert body == {"msgtype": "text", "text": {"content": "今日提醒：2 件\n"}}
    assert headers["Content-Type"].startswith("application/json")


def test_dingtalk_is_signed_in_its_address(robot):
    """HMAC-SHA256 keyed with the secret over "time\\nsecret", time in milliseconds."""
    send(ChannelKind.DINGTALK, f"{robot.origin}/robot/send?access_token=abc", SECRET)
    ((path, body, _headers),) = robot.asked
    asked = parse_qs(urlsplit(path).query)
    now = f"{int(NOW.timestamp()) * 1000}"
    sign = hmac.new(SECRET.encode(), f"{now}\n{SECRET}".encode(), hashlib.sha256).digest()
    assert asked == {
        "access_token": ["abc"],
        "timestamp": [now],
        "sign": [base64.b64encode(sign).decode()],
    }
    assert body == {"msgtype": "text", "text": {"content": "今日提醒：2 件\n"}}


def test_feishu_is_signed_in_its_body(robot):
    """HMAC-SHA256 keyed with "time\\nsecret" over nothing, time in seconds."""
    robot.answer = (200, {}, '{"code": 0, "msg": "success"}')
    send(ChannelKind.FEISHU, f"{robot.origin}/open-apis/bot/v2/hook/abc", SECRET)
    ((path, body, _headers),) = robot.asked
    now = f"{int(NOW.timestamp())}"
    sign = hmac.new(f"{now}\n{SECRET}".encode(), b"", hashlib.sha256).digest()
    assert path == "/open-apis/bot/v2/hook/abc"
    assert body == {
        "timestamp": now,
        "sign": base64.b64encode(sign).decode(),
        "msg_type": "text",
        "content": {"text": "今日提醒：2 件\n"},
    }


@pytest.mark.parametrize("kind", [ChannelKind.DINGTALK, ChannelKind.FEISHU])
def test_without_a_secret_nothing_is_signed(robot, kind):
    robot.answer = (200, {}, '{"code": 0, "errcode": 0}')
    send(kind, f"{robot.origin}/hook/abc")
    ((path, body, _headers),) = robot.asked
    assert path == "/hook/abc"
    assert "sign" not in body


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        (ChannelKind.WECOM, (200, {}, '{"errcode": 93000, "errmsg": "invalid webhook url"}')),
        (ChannelKind.DINGTALK, (200, {}, '{"errcode": 310000, "errmsg": "sign not match"}')),
        (ChannelKind.FEISHU, (200, {}, '{"code": 19021, "msg": "sign match fail"}')),
        (ChannelKind.FEISHU, (200, {}, '{"errcode": 0}')),
        (ChannelKind.WECOM, (200, {}, "not json")),
        (ChannelKind.WECOM, (200, {}, "[0]")),
        (ChannelKind.WECOM, (500, {}, '{"errcode": 0}')),
        (ChannelKind.WECOM, (204, {}, "")),
    ],
)
def test_what_it_did_not_take_is_not_sent(robot, kind, answer):
    robot.answer = answer
    with pytest.raises(robots.RobotSaidNo) as caught:
        send(kind, f"{robot.origin}/hook")
    assert not isinstance(caught.value, Refused | Down)  # another attempt may succeed


def test_a_redirect_is_not_followed(robot):
    robot.answer = (302, {"Location": f"{robot.origin}/elsewhere"}, "")
    with pytest.raises(robots.RobotSaidNo):
        send(ChannelKind.WECOM, f"{robot.origin}/hook")
    assert [path for path, *_ in robot.asked] == ["/hook"]


def test_only_listed_origins_are_connected_to(robot):
    port = urlsplit(robot.origin).port
    for address in (
        f"http://localhost:{port}/hook",
        f"http://2130706433:{port}/hook",
        f"http://0x7f000001:{port}/hook",
        f"http://0177.0.0.1:{port}/hook",
        f"http://127.1:{port}/hook",
        f"http://0:{port}/hook",
        f"http://[::1]:{port}/hook",
        f"http://[::ffff:127.0.0.1]:{port}/hook",
        f"http://127.0.0.1.:{port}/hook",
        f"http://127.0.0.1:{port + 1}/hook",
        f"http://someone@127.0.0.1:{port}/hook",
        f"http://127.0.0.1:{port}@office.invalid/hook",
        f"https://127.0.0.1:{port}/hook",
        f"//127.0.0.1:{port}/hook",
        f"ftp://127.0.0.1:{port}/hook",
        "file:///etc/hostname",
        "http://127.0.0.1/hook",
        "",
    ):
        with pytest.raises(robots.WrongOrigin):
            send(ChannelKind.WECOM, address)
    assert robot.asked == []


@pytest.mark.parametrize(
    "inside", ["127.0.0.1", "10.1.2.3", "192.168.0.9", "169.254.169.254", "::1", "fe80::1"]
)
def test_a_public_service_at_an_address_inside_the_house_is_refused(
    robot, settings, monkeypatch, inside
):
    """A forged answer to the name of a service leads nowhere."""
    settings.WEBHOOK_ORIGINS = settings.PUBLIC_ORIGINS
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (inside, 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **named: found)
    with pytest.raises(robots.InsideAddress):
        send(ChannelKind.WECOM, "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abc")


def test_the_address_that_was_checked_is_the_one_connected_to(settings, monkeypatch):
    """The name is looked up once, so that a second answer cannot lead elsewhere."""
    asked, connected = [], []

    def look_up(host, port, **named):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", port))]

    def connect(address, timeout):
        connected.append((address, timeout))
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(Down):
        send(ChannelKind.DINGTALK, "https://oapi.dingtalk.com/robot/send?access_token=abc")
    assert asked == ["oapi.dingtalk.com"]
    assert connected == [(("8.8.8.8", 443), 10)]


def test_who_cannot_prove_their_name_is_not_spoken_to(settings, tmp_path):
    """A server with a certificate that nobody vouches for."""
    with robot_sink(self_signed(tmp_path)) as server:
        settings.WEBHOOK_ORIGINS = [server.origin]
        with pytest.raises(Down) as caught:
            send(ChannelKind.WECOM, f"{server.origin}/hook")
    assert isinstance(caught.value.__cause__, ssl.SSLCertVerificationError)
    assert server.asked == []


def test_whose_certificate_is_vouched_for_is_sent_to(settings, tmp_path, monkeypatch):
    path = self_signed(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    with robot_sink(path) as server:
        settings.WEBHOOK_ORIGINS = [server.origin]
        send(ChannelKind.WECOM, f"{server.origin}/hook")
    assert len(server.asked) == 1


def test_a_robot_that_is_away_may_be_back_later(settings):
    origin = f"http://127.0.0.1:{free_port()}"
    settings.WEBHOOK_ORIGINS = [origin]
    with pytest.raises(Down) as caught:
        send(ChannelKind.WECOM, f"{origin}/hook")
    assert caught.value.kind == "ConnectionRefusedError"


def test_a_robot_that_never_answers_is_given_up(settings, monkeypatch):
    monkeypatch.setattr(robots, "SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        origin = f"http://127.0.0.1:{silent.getsockname()[1]}"
        settings.WEBHOOK_ORIGINS = [origin]
        with pytest.raises(Down) as caught:
            send(ChannelKind.WECOM, f"{origin}/hook")
    assert caught.value.kind == "TimeoutError"


def test_an_environment_with_a_proxy_changes_nothing(robot, monkeypatch):
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{free_port()}")
    send(ChannelKind.WECOM, f"{robot.origin}/hook")
    assert len(robot.asked) == 1


def test_every_kind_of_channel_has_a_sender():
    assert set(SENDERS) == set(ChannelKind)
    assert issubclass(Refused, Undelivered)
