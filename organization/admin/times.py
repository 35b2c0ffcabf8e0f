from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organization.administration import Administered
from organization.models import CalendarDay, DeadlineRule, Serial, Series
from organization.site import site


@admin.register(CalendarDay, site=site)
class CalendarDayAdmin(Administered):
    """A day of one's own wins over the national one."""

    shares_national = True
    list_display = ["date", "name", "is_workday", "whose"]
    list_filter = ["is_workday"]
    search_fields = ["name"]
    date_hierarchy = "date"
    ordering = ["-date", "pk"]
    fields = ["date", "is_workday", "name"]


@admin.register(DeadlineRule, site=site)
class DeadlineRuleAdmin(Administered):
    """What counted once is not rewritten: it ends, and another rule begins."""

    shares_national = True
    list_display = [
        "code", "count", "unit", "direction", "valid_from", "valid_to", "basis", "whose",
    ]  # fmt: skip
    list_filter = ["unit"]
    search_fields = ["code", "basis"]
    ordering = ["code", "-valid_from", "pk"]
    fields = ["code", "count", "unit", "direction", "rolls", "basis", "valid_from", "valid_to"]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A rule of one's own replaces a national one: only their codes are asked for."""
        if db_field.name != "code":
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        rules = DeadlineRule.objects.filter(procuratorate__isnull=True).order_by("code")
        choices = {rule.code: f"{rule.code}（{rule.basis}）" for rule in rules}
        return forms.ChoiceField(label=_("Code"), choices=[("", "—"), *choices.items()])

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        closed = super().get_readonly_fields(request, obj)
        if obj is None or not _counts(obj):
            return closed
        return [*closed, *(name for name in self.fields if name != "valid_to")]

    def may_delete(self, request: HttpRequest, obj: Any) -> bool:
        return not _counts(obj)


def _counts(rule: DeadlineRule) -> bool:
    """Whether something may have been counted by it already."""
    return rule.valid_from <= timezone.localdate()


@admin.register(Series, site=site)
class SeriesAdmin(Administered):
    list_display = ["name", "code", "pattern", "digits"]
    fields = ["name", "code", "pattern", "digits"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Once a number was given, only the name can be put right."""
        closed = super().get_readonly_fields(request, obj)
        if obj is None:
            return closed
        given = Serial.objects.filter(series=obj, last__gt=0).exists()
        return [*closed, "code", *(["pattern", "digits"] if given else [])]
