from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activity import duties
from activity.handover import access, queries
from activity.models import Assignment
from organization import people
from organization.actor import Actor
from organization.models import Post
from web.forms import PersonBox, helper, name_what_is_missing

MOST_CHOICES = 400  # single lines that can be given to somebody else; a form has 500 fields at most


class LeaverForm(forms.Form):
    """Whose work is handed over."""

    leaver = PersonBox(Post.objects.none(), label=_("Who leaves"))
    helper = helper()

    def __init__(self, data: Any = None, *, actor: Actor) -> None:
        super().__init__(data)
        everybody = people.cleared(actor.procuratorate, timezone.localdate(), marking=0)
        posts = [post.pk for post in everybody if access.may_hand_over(actor, post)]
        box = self.fields["leaver"]
        assert isinstance(box, PersonBox)
        box.queryset = people.one_post_each(everybody.filter(pk__in=posts))
        name_what_is_missing(self)


class HandOverForm(forms.Form):
    """One successor for everything; beside single lines the name of somebody else."""

    successor = PersonBox(Post.objects.none(), label=_("Successor"))
    helper = helper()

    def __init__(
        self, data: Any = None, *, actor: Actor, leaver: int, rows: list[Assignment]
    ) -> None:
        super().__init__(data)
        self.rows = rows
        working = queries.working(actor, timezone.localdate())
        posts = [post for post in working if post.user_id != leaver]
        everybody = people.cleared(actor.procuratorate, timezone.localdate(), marking=0)
        box = self.fields["successor"]
        assert isinstance(box, PersonBox)
        box.queryset = everybody.filter(pk__in=[post.pk for post in posts])
        self.takers = _named(posts)
        strictest = sorted(rows, key=lambda row: (-row.marking, row.pk))
        for row in strictest[:MOST_CHOICES]:
            self.fields[_name(row)] = forms.CharField(
                required=False,
                label=_("Somebody else"),
                widget=forms.TextInput(attrs={"list": "takers", "autocomplete": "off"}),
            )
        name_what_is_missing(self)

    def lines(self) -> list[tuple[Assignment, str, Any]]:
        """Each row with the name of its duty and its box, if it has one."""
        return [
            (row, duties.label(row), self[_name(row)] if _name(row) in self.fields else None)
            for row in self.rows
        ]

    def others(self) -> dict[int, Post]:
        """Who was named beside a single row."""
        named = {row.pk: self.cleaned_data.get(_name(row)) for row in self.rows}
        return {row: self.takers[name] for row, name in named.items() if name}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for row in self.rows:
            name = data.get(_name(row), "")
            taker = self.takers.get(name) if name else data.get("successor")
            if name and taker is None:
                self.add_error(_name(row), _("Please choose a name from the list."))
            elif taker and (sentence := queries.obstacle(row, row.target, taker)):
                self.add_error(_name(row) if _name(row) in self.fields else None, sentence)
        return data


def _name(row: Assignment) -> str:
    return f"row-{row.pk}"


def _named(posts: list[Post]) -> dict[str, Post]:
    """Each post by what is typed for it; of two that are called alike, each with its account."""
    found: dict[str, Post] = {}
    for post in posts:
        name = str(post)
        found[f"{name} {post.user.username}" if name in found else name] = post
    return found
