"""What must always be true is refused by the database itself, under the name of its sentence."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from organization.models import (
    CalendarDay,
    DeadlineRule,
    Delegation,
    Department,
    LedgerEntry,
    Post,
    Procuratorate,
    Role,
    Serial,
    Series,
    Succession,
    User,
)
from tests.conftest import make_post

DAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
RULE = {"code": "test", "count": 1, "unit": "hour", "basis": "第一条", "valid_from": DAY}


@pytest.fixture
def rows(north, south, departments):
    """One good row of each kind, to be broken."""
    user = User.objects.create_user("clerk", name="收文", procuratorate=north)
    series = Series.objects.get(procuratorate=north, code="incoming")
    serial = Serial.objects.create(procuratorate=north, series=series, year=2026, last=1)
    post = make_post(user, Role.RECORDS_CLERK, departments.office)
    other = User.objects.create_user("delegate", name="受托", procuratorate=north)
    lent = Delegation.objects.create(
        procuratorate=north, post=post, delegate=other, starts_on=DAY, ends_on=DAY,
        reason="外出", lent_by=post,
    )  # fmt: skip
    return {
        Delegation: lent,
        Succession: Succession.objects.create(
            procuratorate=north,
            post=post,
            successor=make_post(other, Role.RECORDS_CLERK, departments.office),
        ),
        Procuratorate: north,
        Department: departments.office,
        User: user,
        Post: post,
        DeadlineRule: DeadlineRule.objects.create(**RULE),
        CalendarDay: CalendarDay.objects.get(procuratorate=None, date=date(2026, 10, 1)),
        Series: series,
        Serial: serial,
        LedgerEntry: LedgerEntry.objects.create(
            procuratorate=north, serial=serial, number=1, text="收〔2026〕0001号"
        ),
    }


def copied(row, **changes):
    """A second row like `row`."""
    row.pk, row._state.adding = None, True
    changed(row, **changes)


def changed(row, **changes):
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()


BROKEN = {
    "procuratorate_level_is_known": (Procuratorate, changed, {"level": "galactic"}),
    "procuratorate_is_not_its_own_superior": (Procuratorate, changed, {"parent_id": "itself"}),
    "department_name_is_unique_in_its_procuratorate": (Department, copied, {"position": 9}),
    "reading_is_syllables_in_lower_case": (User, changed, {"pinyin": "Ren Yuanfan"}),
    "email_is_one_plain_address": (User, changed, {"email": "a@office.invalid, b@office.invalid"}),
    "clearance_is_known": (User, changed, {"clearance": 4}),
    "post_role_is_known": (Post, changed, {"role": "emperor"}),
    "post_ends_after_it_starts": (Post, changed, {"ends_on": date(2024, 1, 1)}),
    "post_below_the_leaders_names_its_department": (Post, changed, {"department": None}),
    "person_holds_a_role_in_a_department_once_at_a_time": (Post, copied, {"starts_on": DAY}),
    "administrators_hold_no_other_kind_of_post_at_the_same_time": (
        Post,
        copied,
        {"role": "auditor", "department": None},
    ),
    "delegation_ends_after_it_starts": (Delegation, changed, {"ends_on": date(2026, 3, 1)}),
    "delegation_says_why": (Delegation, changed, {"reason": " "}),
    "ended_delegation_says_when_and_by_whom": (Delegation, changed, {"ended_at": NOON}),
    "post_is_lent_to_one_person_at_a_time": (Delegation, copied, {"reason": "又一次"}),
    "succession_is_written_once": (Succession, copied, {}),
    "nobody_succeeds_themselves": (Succession, changed, {"successor": "itself"}),
    "deadline_rule_unit_is_known": (DeadlineRule, changed, {"unit": "fortnight"}),
    "deadline_rule_direction_is_known": (DeadlineRule, changed, {"direction": "sideways"}),
    "deadline_rule_counts": (DeadlineRule, changed, {"count": 0}),
    "deadline_rule_says_why": (DeadlineRule, changed, {"basis": ""}),
    "deadline_rule_starts_once_a_day": (DeadlineRule, copied, {"count": 2}),
    "calendar_day_is_said_once": (CalendarDay, copied, {"name": "再说一次"}),
    "calendar_day_has_a_name": (CalendarDay, changed, {"name": ""}),
    "series_code_is_unique_in_its_procuratorate": (Series, copied, {"name": "另一种"}),
    "series_pattern_holds_year_and_number": (Series, changed, {"pattern": "收{number}号"}),
    "serial_is_one_per_series_and_year": (Serial, copied, {"last": 5}),
    "number_is_given_once": (LedgerEntry, copied, {"text": "收〔2026〕1号"}),
    "number_text_is_given_once": (LedgerEntry, copied, {"number": 2}),
    "ledger_state_is_known": (LedgerEntry, changed, {"state": "lost"}),
    "voided_number_says_why": (LedgerEntry, changed, {"state": "voided", "reason": ""}),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_bad_row_is_refused_by_the_constraint_of_that_name(rows, name):
    model, breaking, changes = BROKEN[name]
    row = rows[model]
    if changes == {"parent_id": "itself"}:
        changes = {"parent_id": row.pk}
    if changes == {"successor": "itself"}:
        changes = {"successor": row.post}
    with pytest.raises(IntegrityError, match=f'"{name}"'):
        breaking(row, **changes)


def test_every_constraint_is_broken_here():
    models = apps.get_app_config("organization").get_models()
    named = {constraint.name for model in models for constraint in model._meta.constraints}
    assert named == set(BROKEN)


def test_a_pattern_without_a_year_is_refused_too(rows):
    with pytest.raises(IntegrityError, match="series_pattern_holds_year_and_number"):
        changed(rows[Series], pattern="收〔{number}〕号")


@pytest.mark.parametrize("role", [Role.CHIEF, Role.SYSTEM_ADMIN, Role.AUDITOR])
def test_leaders_and_administrators_need_no_department(rows, role, north):
    somebody = User.objects.create_user("somebody", name="某人", procuratorate=north)
    assert make_post(somebody, role).department is None


def test_an_ended_post_can_be_held_again(rows):
    post = rows[Post]
    changed(post, ends_on=DAY)
    copied(post, starts_on=DAY, ends_on=None)
    assert Post.objects.filter(user=post.user).count() == 2


def test_the_same_role_can_be_held_in_two_procuratorates(rows, south):
    """A vice chief, or an administrator, may serve two: the choice on the page is for them."""
    make_post(rows[User], Role.VICE_CHIEF)
    make_post(rows[User], Role.VICE_CHIEF, procuratorate=south)
    assert Post.objects.filter(role=Role.VICE_CHIEF).count() == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN),
        (Role.SYSTEM_ADMIN, Role.AUDITOR),
        (Role.SECURITY_ADMIN, Role.AUDITOR),
        (Role.AUDITOR, Role.STAFF),
        (Role.SYSTEM_ADMIN, Role.CHIEF),
    ],
)
def test_kinds_of_posts_follow_each_other_and_never_overlap(north, south, departments, one, other):
    """In both orders, and wherever the second post would be."""
    for first, second in ((one, other), (other, one)):
        user = User.objects.create_user(f"{first}-{second}", name="某人", procuratorate=north)
        make_post(user, first, departments.first, ends_on=DAY)
        for place in (north, south):
            with transaction.atomic(), pytest.raises(IntegrityError, match="no_other_kind_of_post"):
                make_post(user, second, departments.first, procuratorate=place, starts_on=DAY)
        make_post(user, second, departments.first, starts_on=DAY + timedelta(days=1))


def test_the_same_administrators_post_can_be_held_in_two_places(north, south):
    user = User.objects.create_user("both", name="某人", procuratorate=north)
    make_post(user, Role.AUDITOR)
    assert make_post(user, Role.AUDITOR, procuratorate=south).pk


@pytest.mark.django_db(transaction=True)
def test_two_grants_at_the_same_moment_do_not_both_succeed(north, departments):
    """The second waits for the first to end, and is refused then."""
    user = User.objects.create_user("both", name="某人", procuratorate=north)

    def grant():
        try:
            make_post(user, Role.STAFF, departments.first)
        except IntegrityError:
            return "refused"
        finally:
            connection.close()
        return "granted"

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            make_post(user, Role.AUDITOR)
            waiting = pool.submit(grant)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.5)
        assert waiting.result(timeout=20) == "refused"
    assert [post.role for post in user.posts.all()] == [Role.AUDITOR]
