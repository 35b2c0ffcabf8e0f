"""The first day of a procuratorate: one command, three start passwords, nothing twice."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from activity.models import Channel, Event, LadderStage
from organization.models import CalendarDay, DeadlineRule, Post, Procuratorate, Series, User

NAME = "西丘县人民检察院"
OWN = "一个只有我知道的密码-2026"


def found(capsys, *more):
    call_command("found_procuratorate", NAME, "西丘县院", "county", *more)
    return capsys.readouterr().out


def test_it_makes_the_place_and_its_three_administrators(city, capsys):
    said = found(capsys, "--superior", city.name)
    place = Procuratorate.objects.get(name=NAME)
    assert (place.short_name, place.level, place.parent) == ("西丘县院", "county", city)
    assert Series.objects.filter(procuratorate=place).exists()
    assert Channel.objects.filter(procuratorate=place).exists()
    assert CalendarDay.objects.exists()
    assert DeadlineRule.objects.exists()
    assert LadderStage.objects.exists()
    posts = Post.objects.filter(procuratorate=place)
    assert {(post.role, post.user.username) for post in posts} == {
        ("system_admin", f"system{place.pk}"),
        ("security_admin", f"security{place.pk}"),
        ("auditor", f"auditor{place.pk}"),
    }
    for user in User.objects.filter(procuratorate=place):
        assert user.start_password_until is not None
        assert len(re.findall(rf"{user.username}  [a-z2-9-]{{19}}$", said, re.MULTILINE)) == 1


def test_each_thing_made_is_an_event_without_a_password(city, capsys):
    said = found(capsys)
    events = Event.objects.filter(procuratorate__name=NAME)
    verbs = sorted(event.verb for event in events)
    assert verbs == ["post.add"] * 3 + ["procuratorate.add"] + ["user.add"] * 3
    assert all(event.by_system for event in events)
    for password in re.findall(r"[a-z2-9]{4}(?:-[a-z2-9]{4}){3}", said):
        assert password not in str([event.details for event in events])


def test_a_start_password_lets_in_and_is_worth_nothing_once_changed(city, capsys):
    said = found(capsys)
    username, password = re.search(r"(auditor\d+)  (\S+)", said).groups()
    client = Client()
    client.post("/sign-in/", {"username": username, "password": password})
    assert client.get("/admin/").headers["Location"] == "/password/"
    typed = {"old_password": password, "new_password1": OWN, "new_password2": OWN}
    client.post("/password/", typed)
    assert client.get("/admin/").status_code == 200
    again = Client().post("/sign-in/", {"username": username, "password": password})
    assert again.status_code == 200


def test_it_refuses_to_run_twice(city, capsys):
    found(capsys)
    before = (User.objects.count(), Event.objects.count(), Procuratorate.objects.count())
    with pytest.raises(CommandError, match="已经有这个检察院"):
        found(capsys)
    assert (User.objects.count(), Event.objects.count(), Procuratorate.objects.count()) == before


def test_a_superior_that_is_not_there_stops_it(city, capsys):
    with pytest.raises(CommandError, match="没有这个上级检察院"):
        found(capsys, "--superior", "没有的检察院")
    assert not Procuratorate.objects.filter(name=NAME).exists()
