"""Lists by cursor: every row once, in order, both ways, whatever stands in the address."""

import base64
import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from activity.models import Event
from organization.models import User
from web.paging import Key, paginate

FIRST = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
ROWS = 11
BY_SIGN_IN = [Key("last_login", nullable=True), Key("id")]
NEWEST = [Key("at", descending=True), Key("id", descending=True)]
SIZES = [1, 2, 3, 5, ROWS - 1, ROWS, ROWS + 1]


@pytest.fixture
def people(north):
    """Some at the same second, some never."""
    seconds = [5, None, 3, 3, None, 3, 9, 5, None, 0, 3]
    return User.objects.bulk_create(
        User(
            username=f"person-{number}",
            procuratorate=north,
            last_login=None if second is None else FIRST + timedelta(seconds=second),
        )
        for number, second in enumerate(seconds)
    )


@pytest.fixture
def events(cast, departments):
    """Half of them at the same microsecond."""
    microseconds = [5, 1, 3, 3, 1, 3, 9, 5, 1, 0, 3]
    return Event.objects.bulk_create(
        Event(
            procuratorate=cast.clerk.procuratorate,
            verb="department.test",
            at=FIRST + timedelta(microseconds=number),
            user=cast.clerk.user,
            target=departments.first,
        )
        for number in microseconds
    )


def forwards(queryset, keys, size):
    pages, asked = [], {}
    while True:
        page = paginate(queryset, keys, asked, size)
        pages.append(page)
        if page.after is None or len(pages) > ROWS:
            return pages
        asked = {"after": page.after}


def backwards(queryset, keys, size, last):
    pages, page = [last], last
    while page.before and len(pages) <= ROWS:
        page = paginate(queryset, keys, {"before": page.before}, size)
        pages.insert(0, page)
    return pages


def rows(pages):
    return [row for page in pages for row in page.rows]


@pytest.mark.parametrize("size", SIZES)
def test_every_row_comes_once_and_in_order_with_equal_values_and_nulls(people, size):
    known = sorted(people, key=lambda row: (not row.last_login, row.last_login or FIRST, row.pk))
    pages = forwards(User.objects.all(), BY_SIGN_IN, size)
    assert rows(pages) == known
    assert rows(backwards(User.objects.all(), BY_SIGN_IN, size, pages[-1])) == known


@pytest.mark.parametrize("size", SIZES)
def test_every_row_comes_once_and_in_order_from_the_newest(events, size):
    known = sorted(events, key=lambda row: (row.at, row.pk), reverse=True)
    pages = forwards(Event.objects.all(), NEWEST, size)
    assert rows(pages) == known
    assert rows(backwards(Event.objects.all(), NEWEST, size, pages[-1])) == known


def test_a_page_says_whether_there_is_one_before_and_one_after(people):
    pages = forwards(User.objects.all(), BY_SIGN_IN, 5)
    assert [bool(page.before) for page in pages] == [False, True, True]
    assert [bool(page.after) for page in pages] == [True, True, False]
    back = backwards(User.objects.all(), BY_SIGN_IN, 5, pages[-1])
    assert [bool(page.before) for page in back] == [False, True, True]
    assert [bool(page.after) for page in back] == [True, True, False]


def test_an_empty_list_is_one_page_without_others(north):
    page = paginate(User.objects.all(), BY_SIGN_IN, {}, 5)
    assert (page.rows, page.before, page.after) == ([], None, None)


def test_a_row_that_came_in_between_shifts_nothing(people):
    first = paginate(User.objects.all(), BY_SIGN_IN, {}, 5)
    User.objects.create(
        username="early", procuratorate=people[0].procuratorate, last_login=FIRST - timedelta(1)
    )
    second = paginate(User.objects.all(), BY_SIGN_IN, {"after": first.after}, 5)
    assert not {row.pk for row in first.rows} & {row.pk for row in second.rows}
    assert "early" not in {row.username for row in second.rows}


@pytest.mark.parametrize("size", [2, 50])
def test_a_page_is_one_query(people, size, django_assert_num_queries):
    after = paginate(User.objects.all(), BY_SIGN_IN, {}, 2).after
    with django_assert_num_queries(1):
        paginate(User.objects.all(), BY_SIGN_IN, {"after": after}, size)


def cursor(*values):
    return encoded(json.dumps(values))


def encoded(text):
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


AT = "2026-03-02 01:00:00+00:00"
GARBAGE = {
    "nothing": "",
    "a letter": "x",
    "not base64": "%%%===",
    "chinese": "收文",
    "a nul": "\x00",
    "very long": "A" * 5000,
    "not json": encoded("{"),
    "not unicode": "_____w",
    "deeply nested": encoded("[" * 3000),
    "too few": cursor(AT),
    "too many": cursor(AT, "1", "1"),
    "an object": encoded('{"at": 1}'),
    "a text": encoded('"at"'),
    "null": encoded("null"),
    "null for what has none": cursor(AT, None),
    "a number": cursor(AT, 1),
    "a list inside": cursor(AT, ["1"]),
    "true": cursor(True, True),
    "not a time": cursor("yesterday", "1"),
    "no such time": cursor("2026-02-30 01:00:00+00:00", "1"),
    "a time without zone": cursor("2026-03-02 01:00:00", "1"),
    "a day": cursor("2026-03-02", "1"),
    "not a number": cursor(AT, "one"),
    "a broken number": cursor(AT, "1.5"),
    "infinity": cursor(AT, "inf"),
    "too large": cursor(AT, "9" * 19),
    "far too large": cursor(AT, "9" * 4999),
    "too small": cursor(AT, "-" + "9" * 19),
    "a nul in a value": cursor(AT + "\x00", "1\x00"),
}


@pytest.mark.parametrize("name", GARBAGE)
@pytest.mark.parametrize("parameter", ["after", "before"])
def test_a_cursor_that_cannot_be_read_shows_the_first_page(people, name, parameter):
    first = paginate(User.objects.all(), BY_SIGN_IN, {}, 3)
    page = paginate(User.objects.all(), BY_SIGN_IN, {parameter: GARBAGE[name]}, 3)
    assert page == first


def test_no_garbage_in_the_address_breaks_a_page(signed_in):
    client = signed_in("clerk")
    for name, garbage in GARBAGE.items():
        for address in ("/inbox/to_do/", "/inbox/done/", "/inbox/notices/"):
            assert client.get(address, {"after": garbage}).status_code == 200, (name, address)
