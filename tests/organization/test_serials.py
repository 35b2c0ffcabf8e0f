"""Numbers: one after the other, each once, none lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from organization import loaders
from organization.models import LedgerEntry, LedgerState, Level, Procuratorate, Serial, Series
from organization.serials import next_number, written

YEAR = 2026
THREADS = 50


def give(procuratorate, year=YEAR):
    return next_number(procuratorate, "incoming", year).text


def test_numbers_rise_from_one(north):
    assert [give(north) for _ in range(3)] == [
        "收〔2026〕0001号",
        "收〔2026〕0002号",
        "收〔2026〕0003号",
    ]


def test_each_year_begins_again(north):
    assert [give(north), give(north, 2027), give(north)] == [
        "收〔2026〕0001号",
        "收〔2027〕0001号",
        "收〔2026〕0002号",
    ]


def test_each_procuratorate_counts_for_itself(north, south):
    assert [give(north), give(north), give(south)][-1] == "收〔2026〕0001号"


def test_each_series_counts_for_itself(north):
    Series.objects.create(
        procuratorate=north, code="outgoing", name="发文", pattern="北检发〔{year}〕{number}号"
    )
    give(north)
    assert next_number(north, "outgoing", YEAR).text == "北检发〔2026〕1号"


def test_a_number_longer_than_its_digits_is_written_out():
    series = Series(pattern="收〔{year}〕{number}号", digits=2)
    assert written(series, YEAR, 123) == "收〔2026〕123号"


def test_a_pattern_fills_in_nothing_else():
    series = Series(pattern="{0}{x}〔{year}〕{number}号%s", digits=1)
    assert written(series, YEAR, 7) == "{0}{x}〔2026〕7号%s"


def test_each_number_is_in_the_ledger(north):
    entry = next_number(north, "incoming", YEAR)
    entry.refresh_from_db()
    assert (entry.procuratorate, entry.number, entry.state) == (north, 1, LedgerState.USED)
    assert (entry.serial.year, entry.serial.last, entry.serial.series.code) == (YEAR, 1, "incoming")


def test_a_procuratorate_without_the_series_is_told_so(north):
    with pytest.raises(Series.DoesNotExist):
        next_number(north, "no such series", YEAR)
    assert not LedgerEntry.objects.exists()


def test_a_transaction_that_fails_burns_no_number(north):
    give(north)
    with transaction.atomic():
        give(north)
        transaction.set_rollback(True)
    assert give(north) == "收〔2026〕0002号"
    assert LedgerEntry.objects.count() == 2


@pytest.fixture
def office(transactional_db):
    place = Procuratorate.objects.create(
        name="西丘县人民检察院", short_name="西丘县院", level=Level.COUNTY
    )
    loaders.load_series(place)
    return place


def test_a_number_is_given_inside_a_transaction_only(office):
    with pytest.raises(transaction.TransactionManagementError):
        give(office)
    assert not Serial.objects.exists()


def test_fifty_clerks_at_once_get_fifty_numbers_in_a_row(office):
    """Also the first number of the year, when there is no row to lock yet."""
    together = Barrier(THREADS)

    def register(_):
        try:
            connection.ensure_connection()
            together.wait(timeout=30)
            with transaction.atomic():
                return next_number(office, "incoming", YEAR).number
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as threads:
        given = list(threads.map(register, range(THREADS)))
    assert sorted(given) == list(range(1, THREADS + 1))
    assert LedgerEntry.objects.count() == THREADS
    assert Serial.objects.get().last == THREADS
