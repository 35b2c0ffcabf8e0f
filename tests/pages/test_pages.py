"""Every page of the product, with few rows and with many, in front of whoever may open it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attachments.models import Attachment
from tests.pages.conftest import LARGE, SMALL
from tests.pages.table import NO_PAGES, VIEWS, pages, visits
from tests.test_doors import DOORS
from web.paging import SIZE

pytestmark = pytest.mark.journey
MOST_QUERIES = 40
SHORT = {  # lists that never grow: the own procuratorate, the few ways out of the house
    "admin:organization_procuratorate_changelist",
    "admin:activity_channel_changelist",
}


def _rows(context):
    """The rows of a page of a list, ours or Django's; nothing for another page."""
    if "page" in context:
        return context["page"].rows
    return context["cl"].result_list if "cl" in context else None


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("visit", visits(), ids=str)
def test_nothing_is_wrong_with_the_page(visit, size, offices, eyes):
    office = offices[size]
    found = eyes.look(office.address(visit), office.user(visit.who))
    assert not found, f"{visit} with {size} rows:\n" + "\n".join(found)


@pytest.mark.parametrize("visit", visits(), ids=str)
def test_a_page_costs_the_same_with_few_rows_and_with_many(visit, offices, clients):
    costs = {}
    for size in (SMALL, LARGE):
        office = offices[size]
        client, address = clients(office.user(visit.who)), office.address(visit)
        client.get(address)  # what is remembered between requests
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        costs[size] = len(asked)
    assert costs[SMALL] == costs[LARGE] <= MOST_QUERIES


def test_the_large_office_fills_every_list_of_the_product(offices, clients):
    """Else the page was looked at without its rows."""
    full = {}
    for visit in visits():
        for office in offices.values():
            answer = clients(office.user(visit.who)).get(office.address(visit))
            shown = _rows(answer.context or {})
            if shown is not None and visit.door not in SHORT:
                known = (visit.door, visit.view.of, office.size)
                rows = len(shown)
                full[known] = max(full.get(known, 0), rows)
    assert len(full) >= 24
    assert {known: rows for known, rows in full.items() if rows < min(known[2], SIZE)} == {}


@pytest.mark.parametrize("name", NO_PAGES)
def test_what_is_said_to_be_no_page_is_none(name, offices, clients):
    director = offices[SMALL].people.director
    file = Attachment.objects.visible_to(director).first()
    arguments = {"healthz": [], "admin:jsi18n": [], "attachments:page": [file.pk, 1]}
    who, known = director.user, arguments.get(name, [file.pk])
    if name.startswith("admin:"):
        who = offices[SMALL].people.auditor.user
        label = name.removeprefix("admin:").removesuffix("_history").replace("_", ".")
        known = known if name in arguments else [offices[SMALL].things[label]]
    answer = clients(who).get(reverse(name, args=known))
    assert answer.status_code in {200, 302, 503}
    assert b"<html" not in b"".join(answer)


def test_no_row_of_the_tables_is_left_over():
    assert set(NO_PAGES) <= {name for name, (method, _) in DOORS.items() if method == "get"}
    assert set(VIEWS) <= set(pages())
