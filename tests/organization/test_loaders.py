"""Reference rows: loading adds what is missing and leaves what an office changed."""

from datetime import date

import pytest

from organization import loaders
from organization.calendar import Calendar
from organization.models import CalendarDay, DeadlineRule, Procuratorate, Series

MODELS = (CalendarDay, DeadlineRule, Series)


def rows():
    return {model: list(model.objects.order_by("pk").values()) for model in MODELS}


def load_all():
    loaders.load_calendar()
    loaders.load_rules()
    for place in Procuratorate.objects.order_by("pk"):
        loaders.load_series(place)


def test_loading_brings_rows_of_every_kind(city):
    load_all()
    assert all(rows().values())


def test_loading_twice_changes_nothing(north):
    load_all()
    before = rows()
    load_all()
    assert rows() == before


@pytest.mark.parametrize(
    ("model", "which", "changed"),
    [
        (CalendarDay, {"date": date(2026, 10, 10)}, {"is_workday": False, "name": "改为休息"}),
        (DeadlineRule, {"code": "incoming.urgent"}, {"count": 2, "basis": "本院规定"}),
        (Series, {"code": "incoming"}, {"pattern": "北检收{year}-{number}", "digits": 3}),
    ],
)
def test_a_row_an_office_changed_is_left_alone(north, model, which, changed):
    row = model.objects.get(**which)
    model.objects.filter(pk=row.pk).update(**changed)
    load_all()
    assert model.objects.filter(pk=row.pk).values(*changed).get() == changed


def test_what_is_loaded_is_what_the_file_says(north, national):
    assert Calendar.load(north.pk).days == national.days


def test_a_row_that_is_gone_comes_back(north):
    CalendarDay.objects.filter(date=date(2026, 10, 1)).delete()
    loaders.load_calendar()
    assert not CalendarDay.objects.get(date=date(2026, 10, 1)).is_workday


def test_the_series_of_one_procuratorate_is_not_the_other_ones(north, south):
    Series.objects.filter(procuratorate=north).update(digits=2)
    loaders.load_series(south)
    assert Series.objects.get(procuratorate=south, code="incoming").digits == 4


def test_every_rule_names_its_basis(north):
    assert all("条" in basis for basis in DeadlineRule.objects.values_list("basis", flat=True))
