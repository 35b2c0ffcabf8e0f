"""Every page of the product, with few rows and with many, in front of whoever may open it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.pages.conftest import LARGE, SMALL
from tests.pages.table import NO_PAGES, VIEWS, pages, visits
from tests.test_doors import DOORS
from web.paging import SIZE

pytestmark = pytest.mark.journey
MOST_QUERIES = 40


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
            if answer.context and "page" in answer.context:
                known = (visit.door, visit.view.of, office.size)
                rows = len(answer.context["page"].rows)
                full[known] = max(full.get(known, 0), rows)
    assert len(full) >= 8
    assert {known: rows for known, rows in full.items() if rows < min(known[2], SIZE)} == {}


def test_what_is_said_to_be_no_page_is_none(offices, clients):
    from attachments.models import Attachment

    director = offices[SMALL].people.director
    file = Attachment.objects.filter(target_id=offices[SMALL].things["closed"]).first()
    assert {name for name, (method, _) in DOORS.items() if method == "get"} == {*pages(), *NO_PAGES}
    assert set(VIEWS) <= set(pages())
