"""Rules, series, days, ladder and channels, and the border between procuratorates."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from activity.models import Channel, ChannelKind, Event, LadderStage
from activity.words import sentence
from organization.models import CalendarDay, DeadlineRule, Department, Role, Serial, Series, User
from tests.activity.desk import add, change, delete
from tests.conftest import make_person, make_post

DAY = date(2026, 12, 21)


def newest():
    return Event.objects.order_by("pk").last()


@pytest.fixture
def system(signed_in):
    return signed_in("system_admin")


@pytest.fixture
def security(signed_in):
    return signed_in("security_admin")


def rule(north, valid_from):
    return DeadlineRule.objects.create(
        procuratorate=north, code="incoming.ordinary", count=7, unit="working_day", basis="本院",
        valid_from=valid_from,
    )  # fmt: skip


def test_a_rule_in_force_is_ended_and_not_rewritten_nor_deleted(system, north):
    mine = rule(north, timezone.localdate())
    assert delete(system, "organization/deadlinerule", mine).status_code == 403
    change(system, "organization/deadlinerule", mine, count=99, valid_to="2030-01-01")
    mine.refresh_from_db()
    assert (mine.count, mine.valid_to) == (7, date(2030, 1, 1))


def test_a_rule_to_come_can_be_changed_and_deleted(system, north):
    mine = rule(north, timezone.localdate() + timedelta(days=1))
    change(system, "organization/deadlinerule", mine, code=mine.code, count=8, unit="working_day",
           direction="after", basis="本院", valid_from=mine.valid_from)  # fmt: skip
    mine.refresh_from_db()
    assert mine.count == 8
    assert delete(system, "organization/deadlinerule", mine).status_code == 302


def test_a_rule_replaces_a_national_one(system, north):
    typed = {"count": 7, "unit": "working_day", "direction": "after", "basis": "本院",
             "valid_from": "2026-12-01"}  # fmt: skip
    assert add(system, "organization/deadlinerule", code="nothing", **typed).status_code == 200
    answer = add(system, "organization/deadlinerule", code="incoming.urgent", **typed)
    assert answer.status_code == 302
    assert DeadlineRule.objects.get(procuratorate=north).code == "incoming.urgent"


@pytest.mark.parametrize(
    ("kind", "find"),
    [("organization/calendarday", CalendarDay), ("organization/deadlinerule", DeadlineRule),
     ("activity/ladderstage", LadderStage)],
)  # fmt: skip
def test_national_rows_are_looked_at_and_not_touched(system, north, kind, find):
    row = find.objects.filter(procuratorate=None).first()
    assert system.get(f"/admin/{kind}/{row.pk}/change/").status_code == 200
    assert change(system, kind, row, name="x", stage=99, count=99).status_code == 403
    assert delete(system, kind, row).status_code == 403
    assert find.objects.get(pk=row.pk) == row


def test_a_series_that_gave_a_number_keeps_its_pattern(system, north):
    series = Series.objects.get(procuratorate=north)
    typed = {"name": "来文编号", "pattern": "{year}-{number}", "digits": 2}
    change(system, "organization/series", series, **typed)
    series.refresh_from_db()
    assert (series.pattern, series.digits) == ("{year}-{number}", 2)
    Serial.objects.create(procuratorate=north, series=series, year=2026, last=1)
    change(system, "organization/series", series, name="收文", pattern="{number}{year}", digits=9)
    series.refresh_from_db()
    assert (series.name, series.pattern, series.digits) == ("收文", "{year}-{number}", 2)


def test_a_day_that_is_there_already_is_a_sentence_on_the_form(system, north):
    CalendarDay.objects.create(procuratorate=north, date=DAY, is_workday=False, name="县里过节")
    answer = add(system, "organization/calendarday", date=DAY, name="再来一次")
    assert answer.status_code == 200
    assert CalendarDay.objects.filter(date=DAY).count() == 1


def test_a_ladder_of_ones_own_can_be_taken_away_again(system, north):
    assert add(system, "activity/ladderstage", stage=-2, audience="head").status_code == 302
    mine = LadderStage.objects.get(procuratorate=north)
    assert LadderStage.objects.of(north.pk) == [mine]
    assert delete(system, "activity/ladderstage", mine).status_code == 302


# Channels.

ROBOT = "https://oapi.dingtalk.com/robot/send?access_token=canary-address"


def test_address_and_secret_are_sealed_and_never_shown(system, north):
    typed = {"kind": "dingtalk", "is_on": "on", "new_address": ROBOT, "new_secret": "canary-secret"}
    assert add(system, "activity/channel", **typed).status_code == 302
    channel = Channel.objects.get(procuratorate=north, kind=ChannelKind.DINGTALK)
    assert channel.unsealed() == (ROBOT, "canary-secret")
    change(system, "activity/channel", channel, is_on="on", new_address=ROBOT + "2")
    assert sentence(newest()) == "修改“钉钉”（机器人地址已更改；签名密钥已更改）"
    channel.refresh_from_db()
    for text in (
        system.get(f"/admin/activity/channel/{channel.pk}/change/").text,
        system.get("/admin/activity/channel/").text,
        *(str(event.details) for event in Event.objects.all()),
    ):
        assert "canary" not in text
        assert channel.address not in text


def test_an_empty_box_keeps_the_address(system, north):
    channel = Channel(procuratorate=north, kind="dingtalk", is_on=True)
    channel.seal(ROBOT, "s")
    channel.save()
    change(system, "activity/channel", channel)
    channel.refresh_from_db()
    assert (channel.is_on, channel.unsealed()) == (False, (ROBOT, "s"))


@pytest.mark.parametrize(
    "typed",
    [{"new_address": "https://evil.example/hook"}, {}, {"new_secret": "s"}],
)
def test_a_robot_needs_an_address_the_operator_allows(system, north, typed):
    answer = add(system, "activity/channel", kind="dingtalk", is_on="on", **typed)
    assert answer.status_code == 200
    assert not Channel.objects.filter(kind="dingtalk").exists()
    assert "evil.example" not in answer.text


# Another procuratorate.


def test_rows_of_another_procuratorate_are_like_missing_ones(signed_in, cast, south):
    there = Department.objects.get(procuratorate=south)
    foreign = [
        ("organization/department", there.pk),
        ("organization/user", cast.outsider.user.pk),
        ("organization/post", cast.outsider.posts[0].pk),
        ("organization/procuratorate", south.pk),
        ("organization/series", Series.objects.get(procuratorate=south).pk),
    ]
    for who in ("system_admin", "security_admin", "auditor"):
        client = signed_in(who)
        for kind, pk in foreign:
            for act in ("change", "history"):
                ours = client.get(f"/admin/{kind}/{pk}/{act}/")
                missing = client.get(f"/admin/{kind}/999999/{act}/")
                assert ours.status_code == missing.status_code, (who, kind, act)
                assert ours.status_code in {403, 404}, (who, kind, act)
                assert ours.text == missing.text
            listed = client.get(f"/admin/{kind}/")
            if listed.status_code == 200:
                assert pk not in {row.pk for row in listed.context["cl"].result_list}


def test_foreign_keys_of_another_procuratorate_are_refused(security, cast, south, departments):
    there = Department.objects.get(procuratorate=south)
    new = User.objects.create_user("new", name="新人", procuratorate=cast.head.procuratorate)
    for typed in (
        {"user": cast.outsider.user.pk, "department": departments.first.pk},
        {"user": new.pk, "department": there.pk},
    ):
        answer = add(security, "organization/post", role="staff", starts_on="2026-11-20", **typed)
        assert answer.status_code == 200
        assert len(answer.context["adminform"].form.errors) == 1
    leader = make_person("leader there", south, (Role.CHIEF, None)).posts[0]
    answer = change(security, "organization/department", departments.first,
                    leader_in_charge=leader.pk)  # fmt: skip
    assert answer.status_code == 200
    assert "leader_in_charge" in answer.context["adminform"].form.errors


def test_choices_and_filters_offer_ones_own_rows_only(security, cast, south, departments):
    Department.objects.create(procuratorate=south, name="南丘独有的部门")
    make_post(cast.outsider.user, Role.STAFF, Department.objects.get(name="南丘独有的部门"))
    cast.outsider.user.name = "南丘独有的人"
    cast.outsider.user.save()
    for address in ("post/", "post/add/", "user/", "department/"):
        text = security.get(f"/admin/organization/{address}").text
        assert "南丘独有的" not in text, address


def test_somebody_who_administers_two_works_in_the_one_chosen(client, cast, north, south):
    make_post(cast.system_admin.user, Role.SYSTEM_ADMIN, procuratorate=south)
    client.force_login(cast.system_admin.user)
    client.post(f"/procuratorate/{south.pk}/")
    assert client.get(f"/admin/organization/procuratorate/{north.pk}/change/").status_code == 404
    add(client, "organization/department", name="新部门", position=1)
    assert Department.objects.get(name="新部门").procuratorate == south
    assert newest().procuratorate == south


@pytest.mark.parametrize("lookup", ["password__startswith=a", "procuratorate__name__startswith=a",
                                    "posts__role=chief", "email__contains=a"])  # fmt: skip
def test_nothing_can_be_guessed_at_through_a_filter(system, lookup):
    assert system.get(f"/admin/organization/user/?{lookup}").status_code == 400
