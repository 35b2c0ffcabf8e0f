"""What the administrators change in 系统管理: who may, whose rows, and the event of each change."""

from datetime import date
from functools import partial

import pytest
from django.contrib.admin.models import LogEntry
from django.db.models.signals import pre_save

from activity.models import Event
from activity.words import sentence
from organization import signals
from organization.models import (
    CalendarDay,
    Department,
    Marking,
    Post,
    Role,
    User,
)
from tests.activity.desk import add, change, delete

DAY = date(2026, 12, 21)


def newest():
    return Event.objects.order_by("pk").last()


@pytest.fixture
def system(signed_in):
    return signed_in("system_admin")


@pytest.fixture
def security(signed_in):
    return signed_in("security_admin")


# Each change is one event, in words.


def test_a_new_department_is_one_event(system, cast, north):
    answer = add(system, "organization/department", name="第五检察部", position=5)
    assert answer.status_code == 302
    made = Department.objects.get(procuratorate=north, name="第五检察部")
    event = Event.objects.get(verb="department.add")
    assert (event.user, event.post, event.procuratorate) == (
        cast.system_admin.user,
        cast.system_admin.posts[0],
        north,
    )
    assert event.target == made
    assert sentence(event) == "新增“第五检察部”（名称：第五检察部；顺序：5）"
    assert not LogEntry.objects.exists()


def test_a_change_says_from_what_to_what(system, cast, departments):
    before = Event.objects.count()
    change(system, "organization/department", departments.first, name="第一部", position=1)
    assert Event.objects.count() == before + 1
    assert sentence(newest()) == "修改“第一部”（名称：第一检察部 → 第一部）"
    assert newest().verb == "department.change"


def test_saving_without_a_change_is_no_event(system, departments):
    before = Event.objects.count()
    first = departments.first
    change(system, "organization/department", first, name=first.name, position=first.position)
    assert Event.objects.count() == before


def test_a_deleted_day_leaves_its_event(system, north):
    day = CalendarDay.objects.create(
        procuratorate=north, date=DAY, is_workday=False, name="县里过节"
    )
    assert delete(system, "organization/calendarday", day).status_code == 302
    assert not CalendarDay.objects.filter(date=DAY).exists()
    assert newest().verb == "calendarday.delete"
    assert newest().target_id == day.pk
    assert "县里过节" in sentence(newest())
    assert "工作日：否" in sentence(newest())


@pytest.mark.parametrize("act", ["add", "change", "delete"])
def test_a_change_whose_event_cannot_be_written_is_refused(system, north, act, monkeypatch):
    day = CalendarDay.objects.create(
        procuratorate=north, date=DAY, is_workday=False, name="县里过节"
    )

    def refuse(**kwargs):
        raise RuntimeError("no event")

    typed = {"date": "2026-12-22", "is_workday": "on", "name": "改名"}
    acts = {
        "add": partial(add, system, "organization/calendarday", **typed),
        "change": partial(change, system, "organization/calendarday", day, **typed),
        "delete": partial(delete, system, "organization/calendarday", day),
    }
    monkeypatch.setattr(signals.administered, "receivers", [])
    signals.administered.connect(refuse)
    with pytest.raises(RuntimeError, match="no event"):
        acts[act]()
    assert list(CalendarDay.objects.filter(procuratorate=north).values_list("date", "name")) == [
        (DAY, "县里过节")
    ]
    assert not Event.objects.filter(verb__startswith="calendarday.").exists()


def test_two_administrators_at_one_account_do_not_undo_each_other(system, cast):
    """What the other wrote between reading and writing stays."""
    row = cast.reader.user

    def close_meanwhile(sender, **kwargs):
        User.objects.filter(pk=row.pk).update(is_active=False)

    pre_save.connect(close_meanwhile, sender=User)
    try:
        change(system, "organization/user", row, username="reader", name="新名", email="")
    finally:
        pre_save.disconnect(close_meanwhile, sender=User)
    row.refresh_from_db()
    assert (row.name, row.is_active) == ("新名", False)


# Accounts.


def test_a_new_account_is_closed_and_without_a_password(system, north):
    add(system, "organization/user", username="new", name="新人", email="", is_active="on",
        clearance="3")  # fmt: skip
    user = User.objects.get(username="new")
    assert (user.procuratorate, user.is_active, user.clearance) == (north, False, Marking.PUBLIC)
    assert not user.has_usable_password()
    assert "密码" not in sentence(newest())


def test_the_system_administrator_opens_no_account_and_raises_no_clearance(system, cast):
    User.objects.filter(pk=cast.reader.user.pk).update(is_active=False)
    change(system, "organization/user", cast.reader.user, username="reader", name="新名", email="",
           is_active="on", clearance="3", password="x")  # fmt: skip
    user = User.objects.get(pk=cast.reader.user.pk)
    assert (user.name, user.is_active, user.clearance) == ("新名", False, Marking.INTERNAL)
    assert user.check_password("password-of-reader")


def test_the_security_administrator_does_and_renames_nobody(security, cast):
    change(security, "organization/user", cast.reader.user, name="新名", username="other",
           clearance="3")  # fmt: skip
    user = User.objects.get(pk=cast.reader.user.pk)
    assert (user.name, user.username) == ("reader", "reader")
    assert (user.is_active, user.clearance) == (False, Marking.SENSITIVE)
    assert sentence(newest()) == "修改“reader”（知悉范围：内部 → 工作秘密；启用：是 → 否）"


def test_the_security_administrator_decides_nothing_about_themselves(security, cast, north):
    me = cast.security_admin.user
    assert change(security, "organization/user", me, clearance="1").status_code == 403
    own = cast.security_admin.posts[0]
    assert change(security, "organization/post", own, ends_on="2030-01-01").status_code == 403
    answer = add(security, "organization/post", user=me.pk, role="auditor", starts_on="2030-01-01")
    assert answer.status_code == 200
    assert "user" in answer.context["adminform"].form.errors
    me.refresh_from_db()
    assert me.clearance == Marking.SENSITIVE
    assert Post.objects.filter(user=me, ends_on=None).count() == 1


# Posts.


def test_a_post_is_granted_and_ended(security, cast, departments):
    new = User.objects.create_user("new", name="新人", procuratorate=cast.head.procuratorate)
    answer = add(security, "organization/post", user=new.pk, role="staff",
                 department=departments.first.pk, starts_on="2026-11-20")  # fmt: skip
    assert answer.status_code == 302
    post = Post.objects.get(user=new)
    assert newest().verb == "post.add"
    change(security, "organization/post", post, role="chief", ends_on="2026-11-30")
    post.refresh_from_db()
    assert (post.role, post.ends_on) == (Role.STAFF, date(2026, 11, 30))
    assert sentence(newest()) == ("修改“新人（第一检察部 承办人）”（至：— → 2026年11月30日）")


@pytest.mark.parametrize(
    ("who", "role"),
    [("auditor", "staff"), ("auditor", "system_admin"), ("system_admin", "security_admin"),
     ("clerk", "auditor"), ("head", "security_admin")],
)  # fmt: skip
def test_nobody_gets_an_administrators_post_beside_another(security, cast, departments, who, role):
    person = getattr(cast, who).user
    answer = add(security, "organization/post", user=person.pk, role=role,
                 department=departments.office.pk, starts_on="2026-11-20")  # fmt: skip
    assert answer.status_code == 200
    assert "同一时间内，不得兼任两个管理员岗位" in answer.text
    assert Post.objects.filter(user=person).count() == 1


def test_an_administrators_post_that_ended_is_no_obstacle(security, cast, departments):
    person, post = cast.auditor.user, cast.auditor.posts[0]
    change(security, "organization/post", post, ends_on="2026-11-19")
    answer = add(security, "organization/post", user=person.pk, role="staff",
                 department=departments.office.pk, starts_on="2026-11-20")  # fmt: skip
    assert answer.status_code == 302
    answer = change(security, "organization/post", post, ends_on="2026-11-20")
    assert answer.status_code == 200
    assert "不得兼任" in answer.text


def test_a_post_that_ends_before_it_begins_is_a_sentence_on_the_form(security, cast):
    answer = change(security, "organization/post", cast.auditor.posts[0], ends_on="2020-01-01")
    assert answer.status_code == 200
    assert "截止日期不能早于起始日期" in answer.text


def test_the_leader_in_charge_is_for_the_security_administrator(signed_in, cast, departments):
    chief = cast.chief.posts[0]
    first = departments.first
    client = signed_in("system_admin")
    change(client, "organization/department", first, name="一部", position=1,
           leader_in_charge=chief.pk)  # fmt: skip
    first.refresh_from_db()
    assert (first.name, first.leader_in_charge) == ("一部", cast.vice_chief.posts[0])
    client = signed_in("security_admin")
    change(client, "organization/department", first, name="二部", leader_in_charge=chief.pk)
    first.refresh_from_db()
    assert (first.name, first.leader_in_charge) == ("一部", chief)


def test_only_a_leader_is_in_charge(security, cast, departments):
    first = departments.first
    answer = change(security, "organization/department", first,
                    leader_in_charge=cast.head.posts[0].pk)  # fmt: skip
    assert answer.status_code == 200
    first.refresh_from_db()
    assert first.leader_in_charge == cast.vice_chief.posts[0]


def test_the_auditor_changes_nothing(signed_in, cast, departments):
    client, before = signed_in("auditor"), Event.objects.count()
    assert add(client, "organization/department", name="新", position=1).status_code == 403
    assert change(client, "organization/user", cast.reader.user, clearance=3).status_code == 403
    assert Event.objects.count() == before
