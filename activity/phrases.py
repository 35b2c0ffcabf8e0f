"""Set phrases (常用语) for the opinion boxes of a page: the office's, and everybody's own."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activity.models import Phrase
from activity.models.phrase import PhraseQuerySet
from organization.actor import Actor
from organization.models import User

MOST = 50  # of one person
# The acts with an opinion box, and what they are called: told by the apps that have them.
ACTS: dict[str, str | Promise] = {}


class PhraseRefused(Exception):
    """A sentence why a phrase was not kept."""


def acts() -> list[tuple[str, Any]]:
    """What a phrase may be for."""
    return [("", gettext_lazy("every act with an opinion")), *ACTS.items()]


def offered(actor: Actor) -> Callable[[str], list[str]]:
    """What is offered for an act: one's own in one's own order, then the office's.

    Of the office's, those for the act come before those for all. One query at the first act that
    is asked about, none for those that follow.
    """
    rows = Phrase.objects.filter(procuratorate=actor.procuratorate, is_on=True)
    rows = rows.filter(Q(owner__isnull=True) | Q(owner=actor.user))
    found = rows.order_by("position", "pk").values_list("owner", "act", "text")

    def phrases_for(act: str) -> list[str]:
        own = [text for owner, its, text in found if owner and its in {act, ""}]
        office = [row for row in found if not row[0]]
        theirs = [text for wanted in (act, "") for _owner, its, text in office if its == wanted]
        return list(dict.fromkeys([*own, *theirs]))

    return phrases_for


def keep(text: str, act: str, *, by: Actor) -> Phrase:
    """One more of one's own, the last in order. What is there already stays as it is."""
    with transaction.atomic():
        mine = _mine(by)
        known = mine.filter(act=act, text=text).first()
        if known:
            return known
        if mine.count() >= MOST:
            raise PhraseRefused(
                _("You may keep %(most)s phrases at most. Delete one first.") % {"most": MOST}
            )
        last = mine.aggregate(last=Max("position"))["last"]
        return Phrase.objects.create(
            procuratorate=by.procuratorate,
            owner=by.user,
            act=act,
            text=text,
            position=0 if last is None else last + 1,
        )


def change(phrase: Phrase, text: str, act: str, *, by: Actor) -> None:
    with transaction.atomic():
        if _mine(by).filter(act=act, text=text).exclude(pk=phrase.pk).exists():
            raise PhraseRefused(_("You keep this phrase already."))
        _mine(by).filter(pk=phrase.pk).update(text=text, act=act)


def move(phrase: Phrase, places: int, *, by: Actor) -> None:
    """Up (-1) or down (1); at an end it stays."""
    with transaction.atomic():
        rows = list(_mine(by))
        here = next((place for place, row in enumerate(rows) if row.pk == phrase.pk), None)
        if here is None or not 0 <= here + places < len(rows):
            return
        rows.insert(here + places, rows.pop(here))
        for place, row in enumerate(rows):
            row.position = place
        Phrase.objects.bulk_update(rows, ["position"])


def delete(phrase: Phrase, *, by: Actor) -> None:
    """A phrase is no record: what was written with it stays where it was written."""
    Phrase.objects.visible_to(by).filter(pk=phrase.pk).delete()


def _mine(by: Actor) -> PhraseQuerySet:
    """One's own, while nobody else changes them: two windows of one person are two."""
    assert by.user
    User.objects.select_for_update(no_key=True).get(pk=by.user.pk)
    return Phrase.objects.visible_to(by)
