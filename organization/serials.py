"""Numbers that are given once, without gaps, under a lock."""

from django.db import transaction

from organization.models import LedgerEntry, Procuratorate, Serial, Series


def next_number(procuratorate: Procuratorate, code: str, year: int) -> LedgerEntry:
    """Give the next number of the series `code` in `year`, and write it in the ledger.

    Must run inside the transaction that uses the number: if that fails, so did the number. Call
    it last, since everybody who numbers in this series waits until the transaction ends.
    Raises Series.DoesNotExist when the procuratorate has no such series.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("A number is given inside a transaction.")
    series = Series.objects.get(procuratorate=procuratorate, code=code)
    Serial.objects.get_or_create(procuratorate=procuratorate, series=series, year=year)
    serial = Serial.objects.select_for_update().get(
        procuratorate=procuratorate, series=series, year=year
    )
    serial.last += 1
    serial.save(update_fields=["last"])
    return LedgerEntry.objects.create(
        procuratorate=procuratorate,
        serial=serial,
        number=serial.last,
        text=written(series, year, serial.last),
    )


def written(series: Series, year: int, number: int) -> str:
    """The number as it is written: 收〔2026〕0012号. Only these two names are filled in."""
    digits = str(number).zfill(series.digits)
    return series.pattern.replace("{year}", str(year)).replace("{number}", digits)
