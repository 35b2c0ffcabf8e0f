"""The pages of 系统管理: a list of each kind of row; one each to add, change, delete, look back."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from activity.models import Channel, Event, LadderStage, Phrase
from activity.record import record
from organization.models import (
    CalendarDay,
    DeadlineRule,
    Delegation,
    Department,
    Post,
    Procuratorate,
    Series,
    User,
)

CHANGED = ("changelist", "change", "history")
ADDED = ("changelist", "add", "change", "history")
DELETED = ("changelist", "add", "change", "delete", "history")
# A kind of row that is new here, or an address that is, fails `test_table_is_complete`.
PAGES = {
    "organization.procuratorate": CHANGED,
    "organization.department": ADDED,
    "organization.user": ADDED,
    "organization.post": ADDED,
    "organization.delegation": CHANGED,
    "organization.calendarday": DELETED,
    "organization.deadlinerule": DELETED,
    "organization.series": ADDED,
    "activity.ladderstage": DELETED,
    "activity.channel": ADDED,
    "activity.phrase": ADDED,
    "activity.event": CHANGED,
}
LISTS = {"index": [], "app_list": ["organization"], "jsi18n": []}


def administration_pages():
    return [f"{label.replace('.', '_')}_{page}" for label, pages in PAGES.items() for page in pages]


def administration_address(name, rows=None):
    """Of the row given for this kind, else of one that does not matter."""
    page = name.removeprefix("admin:")
    if page in LISTS:
        return reverse(name, args=LISTS[page])
    label, _line, act = page.rpartition("_")
    if act in {"changelist", "add"}:
        return reverse(name)
    return reverse(name, args=[rows[label.replace("_", ".")].pk if rows else 1])


def rows_of(cast, north, departments):
    """One row of each kind that belongs to north, and that may be deleted where any may."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    a_week_ago, head = tomorrow - timedelta(days=8), cast.head.posts[0]
    rows = [
        north,
        departments.first,
        cast.reader.user,
        cast.reader.posts[0],
        Delegation.objects.create(
            procuratorate=north, post=head, delegate=cast.reader.user, reason="出差",
            starts_on=a_week_ago, ends_on=a_week_ago, lent_by=head,
        ),
        CalendarDay.objects.create(
            procuratorate=north, date=date(2026, 12, 21), is_workday=False, name="县里过节"
        ),
        DeadlineRule.objects.create(
            procuratorate=north, code="incoming.urgent", count=4, unit="working_day", basis="本院",
            valid_from=tomorrow,
        ),
        Series.objects.get(procuratorate=north),
        LadderStage.objects.create(procuratorate=north, stage=-4, audience="head"),
        Channel.objects.create(procuratorate=north, kind="email", is_on=True),
        Phrase.objects.create(procuratorate=north, act="instruct", text="请抓紧办理。"),
        record("user.sign_in", cast.clerk.user, by=cast.clerk),
    ]  # fmt: skip
    return {row._meta.label_lower: row for row in rows}


KINDS = {model._meta.label_lower: model for model in (
    Procuratorate, Department, User, Post, Delegation, CalendarDay, DeadlineRule, Series,
    LadderStage, Channel, Phrase, Event,
)}  # fmt: skip
