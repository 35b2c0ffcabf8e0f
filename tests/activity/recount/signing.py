"""What an office director does, and what is read afterwards."""

from datetime import date

from activity import recount
from activity.recount import differing, digest, sign
from organization.calendar import Calendar
from tests.activity.conftest import at

START = at(9, 28)  # a Monday; five working days lead to Saturday 10 October, which is worked
OLD, NEW, FESTIVAL = date(2026, 10, 10), date(2026, 10, 12), date(2026, 10, 9)


def found(place):
    return differing(place.pk, Calendar.load(place.pk))


def signed(director, reason="院发〔2026〕3号"):
    return sign(digest(found(director.procuratorate)[: recount.MOST]), reason, by=director)


def due_on(row):
    row.refresh_from_db()
    return row.due_on
