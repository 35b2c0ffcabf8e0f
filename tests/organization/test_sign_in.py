"""Signing in and out: one answer for every mistake, a short lock, a way back to our pages only."""

import re

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from config.settings import base
from organization.addresses import client_address
from organization.hashers import OfficeArgon2Hasher
from organization.models import User

NAME, PASSWORD = "clerk", "password-of-clerk"
ANOTHER_COMPUTER = {"REMOTE_ADDR": "192.0.2.7"}


@pytest.fixture
def people(north):
    """Two accounts in use and one that is closed."""
    for name in (NAME, "colleague", "closed"):
        User.objects.create_user(
            name, f"password-of-{name}", name=name, procuratorate=north, is_active=name != "closed"
        )


def sign_in(client, username=NAME, password=PASSWORD, next_page="", **extra):
    data = {"username": username, "password": password, "next": next_page}
    return client.post("/sign-in/", data, **extra)


def is_in(client):
    return client.get("/").status_code == 200


def shown(response, username):
    """The page without what differs by nature: the token, and the account that was typed."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    return text.replace(f'value="{username}"', "")


def test_the_right_password_leads_to_the_workbench(client, people):
    response = sign_in(client)
    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert is_in(client)


@pytest.mark.parametrize(
    ("username", "password"),
    [
        ("nobody", PASSWORD),
        ("closed", "password-of-closed"),
        ("closed", "wrong"),
        (NAME, PASSWORD.upper()),
        (NAME, PASSWORD + " "),
        ("nobody\x00", PASSWORD),
    ],
)
def test_every_mistake_gets_the_same_answer(client, people, username, password):
    wrong = sign_in(Client(), password="wrong")
    other = sign_in(client, username, password)
    assert other.status_code == wrong.status_code == 200
    if "\x00" not in username:
        assert shown(other, username) == shown(wrong, NAME)
        assert "账号或者密码不对" in other.content.decode()
    assert not is_in(client)


def fail(client, times, username=NAME, **extra):
    return [sign_in(client, username, "wrong", **extra).status_code for _ in range(times)]


def test_five_failures_lock_this_account_at_this_address(client, people):
    assert fail(client, 5)[:4] == [200] * 4
    response = sign_in(client)
    assert response.status_code == 429
    assert "登录已锁定" in response.content.decode()
    assert not is_in(client)


def test_a_lock_shuts_out_nobody_else(client, people):
    fail(client, 6)
    assert sign_in(Client(), "colleague", "password-of-colleague").status_code == 302
    assert sign_in(Client(), **ANOTHER_COMPUTER).status_code == 302


def test_another_address_in_a_header_opens_no_lock(client, people):
    for number in range(6):
        fail(client, 1, HTTP_X_FORWARDED_FOR=f"192.0.2.{number}", HTTP_X_REAL_IP="192.0.2.9")
    assert sign_in(client, HTTP_X_FORWARDED_FOR="192.0.2.200").status_code == 429


def through_front(seen, **extra):
    """What arrives when the front server saw `seen`, and set the header to it."""
    return {"HTTP_X_FORWARDED_FOR": seen, "REMOTE_ADDR": "192.0.2.80"} | extra


def test_behind_a_front_server_the_lock_counts_by_what_it_saw(client, people, settings):
    settings.TRUSTED_PROXIES = 1
    fail(client, 6, **through_front("198.51.100.1"))
    assert sign_in(client, **through_front("198.51.100.1")).status_code == 429
    assert sign_in(Client(), **through_front("198.51.100.2")).status_code == 302


@pytest.mark.parametrize(
    ("proxies", "header", "address"),
    [
        (0, "198.51.100.1", "192.0.2.80"),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "203.0.113.9, 198.51.100.1", "198.51.100.1"),
        (2, "203.0.113.9, 198.51.100.1, 192.0.2.81", "198.51.100.1"),
        (2, "198.51.100.1", "192.0.2.80"),
        (1, "2001:DB8::0:1", "2001:db8::1"),
        (1, "not an address", "192.0.2.80"),
        (1, "", "192.0.2.80"),
    ],
)
def test_only_what_our_own_front_servers_wrote_counts(rf, settings, proxies, header, address):
    settings.TRUSTED_PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR="192.0.2.80", HTTP_X_FORWARDED_FOR=header)
    assert client_address(request) == address


def test_a_lock_ends_by_itself(client, people):
    with time_machine.travel("2026-03-02T09:00:00+08:00", tick=False) as clock:
        fail(client, 6)
        clock.shift(14 * 60)
        assert sign_in(client).status_code == 429
        clock.shift(2 * 60 + 15 * 60)
        assert sign_in(client).status_code == 302


def test_a_success_forgets_the_failures_before_it(client, people):
    fail(client, 4)
    assert sign_in(client).status_code == 302
    client.post("/sign-out/")
    assert fail(client, 4) == [200] * 4


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        r"/\evil.example/",
        "https:///evil.example",
        "javascript:alert(1)",
        "http://testserver@evil.example/",
    ],
)
def test_signing_in_never_leads_to_another_site(client, people, elsewhere):
    assert sign_in(client, next_page=elsewhere).headers["Location"] == "/"


def test_signing_in_leads_back_to_the_page_that_was_asked_for(client, people):
    asked = client.get("/inbox/to_do/")
    assert asked.headers["Location"] == "/sign-in/?next=/inbox/to_do/"
    assert sign_in(client, next_page="/inbox/to_do/").headers["Location"] == "/inbox/to_do/"


def test_the_session_gets_a_new_key_at_sign_in(client, people):
    client.cookies["sessionid"] = "a" * 32
    sign_in(client)
    key = client.cookies["sessionid"].value
    assert key != "a" * 32
    assert not Session.objects.filter(session_key="a" * 32).exists()


def test_the_cookie_is_for_the_server_alone(client, people):
    cookie = sign_in(client).cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert (cookie["domain"], cookie["max-age"], cookie["expires"]) == ("", "", "")


def test_signing_out_ends_the_session_for_good(client, people):
    sign_in(client)
    key = client.cookies["sessionid"].value
    assert client.get("/sign-out/").status_code == 405
    assert is_in(client)
    assert client.post("/sign-out/").headers["Location"] == "/sign-in/"
    client.cookies["sessionid"] = key
    assert not is_in(client)
    assert not Session.objects.filter(session_key=key).exists()


def test_passwords_are_kept_by_argon2id_with_two_passes_over_19_mib():
    assert base.PASSWORD_HASHERS == ["organization.hashers.OfficeArgon2Hasher"]
    encoded = OfficeArgon2Hasher().encode("一个够长的密码", "salt-of-16-bytes")
    assert encoded.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert OfficeArgon2Hasher().verify("一个够长的密码", encoded)


def test_a_very_long_account_name_is_only_a_wrong_one(client, cast):
    answer = client.post("/sign-in/", {"username": "u" * 300, "password": "x"})
    assert answer.status_code == 200
