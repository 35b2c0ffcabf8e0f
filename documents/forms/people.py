"""Whom a form offers."""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.models import IncomingPaper
from organization import people
from organization.models import Department, Post
from organization.models.post import HEADS, LEADERS

COMMON = ((_("Leaders"), LEADERS), (_("Heads of departments"), HEADS))  # often chosen together


def colleagues(paper: IncomingPaper) -> QuerySet[Post]:
    """The posts this paper may be given to."""
    return people.cleared(paper.procuratorate, timezone.localdate(), paper.marking)


def readers(paper: IncomingPaper) -> QuerySet[Post]:
    """The same people, each once."""
    return people.one_post_each(colleagues(paper))


def departments(paper: IncomingPaper) -> QuerySet[Department]:
    """The departments this paper may be given to: those with a head who may see it."""
    return people.departments_with_a_head(paper.procuratorate, timezone.localdate(), paper.marking)
