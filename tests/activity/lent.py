"""How posts are lent in tests, from today on."""

from datetime import timedelta

from django.utils import timezone

from activity.lending import flow

WEEK = timedelta(days=7)


def loan(post, delegate, *, starts_in=0, days=7, reason="出差学习"):
    starts_on = timezone.localdate() + timedelta(days=starts_in)
    return flow.Loan(post, delegate.user, starts_on, starts_on + timedelta(days=days), reason)


def lend(principal, delegate, by=None, **how):
    return flow.lend(loan(principal.posts[0], delegate, **how), by=by or principal)
