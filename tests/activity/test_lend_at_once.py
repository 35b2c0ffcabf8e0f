"""Lending at the same moment, on a real PostgreSQL with real connections."""

import contextlib

import pytest

from activity.lending.flow import CannotLend
from organization.models import Delegation
from tests.activity.lent import lend

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_post_lent_to_two_people_at_once_goes_to_one(cast, at_once):
    def to(delegate):
        with contextlib.suppress(CannotLend):
            lend(cast.chief, delegate)

    at_once(lambda: to(cast.head), lambda: to(cast.handler))
    assert Delegation.objects.count() == 1


def test_two_people_who_lend_to_each_other_at_once_do_not_both(cast, at_once):
    def between(one, other):
        with contextlib.suppress(CannotLend):
            lend(one, other)

    at_once(
        lambda: between(cast.chief, cast.vice_chief), lambda: between(cast.vice_chief, cast.chief)
    )
    assert Delegation.objects.count() == 1
