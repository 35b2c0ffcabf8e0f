"""A password that was handed over opens one page, for one day."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from organization import start_passwords
from organization.models import User

NOW = "2026-11-20T09:00:00+08:00"
OWN = "一个只有我知道的密码-2026"


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def reader(cast):
    user = cast.reader.user
    User.objects.filter(pk=user.pk).update(is_active=False)
    return User.objects.get(pk=user.pk)


def sign_in(client, password, username="reader"):
    return client.post("/sign-in/", {"username": username, "password": password})


def choose(client, old, new):
    return client.post(
        "/password/", {"old_password": old, "new_password1": new, "new_password2": new}
    )


def issue(client, *users):
    """The security administrator's act; the answer shows the passwords."""
    picked = {"action": "issue_start_passwords", "_selected_action": [user.pk for user in users]}
    return client.post("/admin/organization/user/", picked)


def test_the_action_opens_the_account_and_shows_the_password_once(signed_in, reader, clock):
    client = signed_in("security_admin")
    answer = issue(client, reader)
    [(user, password)] = answer.context["issued"]
    assert (answer.status_code, user) == (200, reader)
    assert password in answer.text
    assert "no-store" in answer["Cache-Control"]
    reader.refresh_from_db()
    assert reader.is_active
    assert reader.check_password(password)
    assert reader.start_password_until == timezone.now() + timedelta(hours=24)
    assert password not in client.get("/admin/organization/user/").text


def test_each_password_is_another_and_long(cast, clock):
    given = {start_passwords.issue(cast.reader.user, timezone.now()) for _ in range(20)}
    assert len(given) == 20
    assert {len(password) for password in given} == {19}


@pytest.mark.parametrize("who", ["system_admin", "auditor"])
def test_nobody_else_issues_one(signed_in, reader, who):
    issue(signed_in(who), reader)
    reader.refresh_from_db()
    assert not reader.is_active
    assert reader.check_password("password-of-reader")


@pytest.mark.parametrize("action", ["issue_start_passwords", "unlock"])
def test_nobody_does_it_for_themselves(signed_in, cast, reader, action):
    me = cast.security_admin.user
    picked = {"action": action, "_selected_action": [reader.pk, me.pk]}
    assert signed_in("security_admin").post("/admin/organization/user/", picked).status_code == 403
    assert User.objects.get(pk=me.pk).check_password("password-of-security_admin")
    reader.refresh_from_db()
    assert not reader.is_active


def test_an_account_of_another_procuratorate_is_not_reached(signed_in, cast):
    answer = issue(signed_in("security_admin"), cast.outsider.user)
    assert User.objects.get(username="outsider").start_password_until is None
    assert answer.context is None or not answer.context.get("issued")


def test_until_it_is_changed_every_page_leads_there(reader, clock):
    client, password = Client(), start_passwords.issue(reader, timezone.now())
    assert sign_in(client, password).headers["Location"] == "/"
    for method in (client.get, client.post):
        for page in ("/", "/inbox/to_do/", "/admin/", "/documents/incoming/"):
            assert method(page).headers["Location"] == "/password/"
    assert "别人发给您的初始密码" in client.get("/password/").text
    assert choose(client, password, password).status_code == 200
    assert client.get("/").status_code == 302
    assert choose(client, password, OWN).status_code == 302
    assert client.get("/").status_code == 200
    clock.shift(timedelta(days=40))
    assert sign_in(Client(), OWN).status_code == 302


def test_one_can_always_sign_out(reader, clock):
    client = Client()
    sign_in(client, start_passwords.issue(reader, timezone.now()))
    assert client.post("/sign-out/").headers["Location"] == "/sign-in/"


def test_after_a_day_it_is_a_wrong_password(reader, clock):
    password = start_passwords.issue(reader, timezone.now())
    signed_in_before = Client()
    clock.shift(timedelta(hours=23, minutes=59))
    assert sign_in(signed_in_before, password).status_code == 302
    clock.shift(timedelta(minutes=1))
    answer = sign_in(Client(), password)
    assert answer.status_code == 200
    assert "账号或者密码不对" in answer.text
    assert "/sign-in/" in signed_in_before.get("/password/").headers["Location"]


def test_ones_own_password_never_ends_and_is_asked_of_nobody(client, cast, clock):
    sign_in(client, "password-of-reader")
    clock.shift(timedelta(days=300))
    assert sign_in(Client(), "password-of-reader").headers["Location"] == "/"
    assert "别人发给您" not in client.get("/password/").text


def test_a_lock_is_opened_by_the_security_administrator(signed_in, cast):
    for _ in range(6):
        sign_in(Client(), "wrong")
    assert sign_in(Client(), "password-of-reader").status_code == 429
    picked = {"action": "unlock", "_selected_action": [cast.reader.user.pk]}
    answer = signed_in("security_admin").post("/admin/organization/user/", picked, follow=True)
    assert "已解除 1 个账号的登录锁定" in answer.text
    assert sign_in(Client(), "password-of-reader").status_code == 302
