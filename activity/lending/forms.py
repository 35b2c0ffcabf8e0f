from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organization import people
from organization.actor import Actor
from organization.models import Post, Role
from web.forms import DateBox, LineBox, PersonBox, helper, name_what_is_missing

LONGEST = timedelta(days=366)


class LendForm(forms.Form):
    """Which post, to whom, from when until when, and why."""

    post = PersonBox(Post.objects.none(), label=_("Post to be lent"))
    delegate = PersonBox(Post.objects.none(), label=_("Delegate"))
    starts_on = DateBox(label=_("Lent from"), initial=timezone.localdate)
    ends_on = DateBox(label=_("Lent until"))
    reason = LineBox(label=_("Why it is lent"), max_length=100)
    helper = helper()

    def __init__(self, data: Any = None, *, actor: Actor) -> None:
        super().__init__(data)
        everybody = people.cleared(actor.procuratorate, timezone.localdate(), marking=0)
        posts, others = self.fields["post"], self.fields["delegate"]
        assert isinstance(posts, PersonBox)
        assert isinstance(others, PersonBox)
        mine = everybody.filter(pk__in=[post.pk for post in actor.posts])
        posts.queryset = everybody if actor.holds(Role.OFFICE_DIRECTOR) else mine
        others.queryset = people.one_post_each(everybody)
        if len(actor.posts) == 1:
            posts.initial = actor.posts[0].pk
        name_what_is_missing(self)

    def clean_ends_on(self) -> date:
        ends_on: date = self.cleaned_data["ends_on"]
        starts_on = self.cleaned_data.get("starts_on")
        if starts_on and ends_on < starts_on:
            raise forms.ValidationError(_("The last day cannot be before the first."))
        if starts_on and ends_on - starts_on > LONGEST:
            raise forms.ValidationError(
                _("A post is lent for a year at most. Please check the year.")
            )
        return ends_on

    def clean_starts_on(self) -> date:
        starts_on: date = self.cleaned_data["starts_on"]
        if starts_on < timezone.localdate():
            raise forms.ValidationError(_("This day is over. Please choose today or later."))
        return starts_on
