from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from activity.channels.robots import is_allowed
from activity.models import Channel, Event, LadderStage
from activity.words import ADMINISTRATIVE, sentence_for_auditors
from organization.administration import Administered, AdministeredForm
from organization.site import site


@admin.register(LadderStage, site=site)
class LadderStageAdmin(Administered):
    """Stages of one's own replace all national ones."""

    shares_national = True
    list_display = ["stage", "audience", "repeats", "whose"]
    list_filter = ["audience"]
    ordering = ["stage", "audience", "pk"]
    fields = ["stage", "audience", "repeats"]


class ChannelForm(AdministeredForm):
    """Address and secret of a robot are taken in and never shown again."""

    new_address = forms.CharField(
        label=_("Address of the robot"),
        required=False,
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Never shown again. Leave it empty to keep the present one."),
    )
    new_secret = forms.CharField(
        label=_("Secret of the robot"),
        required=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Only together with an address; some robots have none."),
    )

    def clean_new_address(self) -> str:
        address: str = self.cleaned_data["new_address"].strip()
        if address and not is_allowed(address):
            raise forms.ValidationError(_("The operator does not allow robots at this address."))
        return address

    def clean(self) -> None:
        """Sealed before the row is checked, so that the plain text is nowhere."""
        super().clean()
        address, secret = self.cleaned_data.pop("new_address", ""), ""
        secret = self.cleaned_data.pop("new_secret", "").strip()
        if address:
            self.instance.seal(address, secret)
        elif secret:
            self.add_error("new_secret", _("Only together with an address; some robots have none."))


@admin.register(Channel, site=site)
class ChannelAdmin(Administered):
    form = ChannelForm
    secrets = ("address", "secret")
    list_display = ["kind", "is_on", "has_address"]
    ordering = ["kind"]
    fields = ["kind", "is_on", "new_address", "new_secret"]

    @admin.display(description=_("has an address"), boolean=True)
    def has_address(self, channel: Channel) -> bool:
        return bool(channel.address)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Whoever only looks is not shown boxes to fill in."""
        if self.has_change_permission(request, obj):
            return self.fields
        return ["kind", "is_on", "has_address"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [
            *super().get_readonly_fields(request, obj),
            *(["kind"] if obj else []),
            "has_address",
        ]


class DutyFilter(admin.SimpleListFilter):
    title = _("kind of act")
    parameter_name = "duty"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("administration", _("administration")), ("business", _("business"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Event]) -> QuerySet[Event]:
        match self.value():
            case "administration":
                return queryset.filter(verb__in=ADMINISTRATIVE)
            case "business":
                return queryset.exclude(verb__in=ADMINISTRATIVE)
        return queryset


class RecordFilter(admin.SimpleListFilter):
    """The events of one row; its page leads here by `?record=organization.post.7`."""

    title = _("record")
    parameter_name = "record"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        value = request.GET.get("record")
        return [(value, value)] if value else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Event]) -> QuerySet[Event]:
        app, model, pk = (*(self.value() or "").split("."), "", "", "")[:3]
        if not pk.isdecimal() or len(pk) > 18:
            return queryset if self.value() is None else queryset.none()
        return queryset.filter(
            target_kind__app_label=app, target_kind__model=model, target_id=int(pk)
        )


@admin.register(Event, site=site)
class EventAdmin(Administered):
    """What happened in the procuratorate, for the auditor: never what a paper says."""

    list_display = ["at", "who", "in_post", "said", "kind", "target_id"]
    list_display_links = ["at"]
    list_select_related = [
        "user", "post__user", "post__department", "target_kind", "acting_for__user",
    ]  # fmt: skip
    list_filter = [DutyFilter, "at", RecordFilter]
    search_fields = ["user__name", "user__username"]
    date_hierarchy = "at"
    ordering = ["-at", "-pk"]
    sortable_by = ()
    fields = ["at", "who", "in_post", "said", "kind", "target_id"]
    readonly_fields = ["at", "who", "in_post", "said", "kind", "target_id"]

    @admin.display(description=_("who"))
    def who(self, event: Event) -> str:
        if event.user is None:
            return str(_("the system"))
        acting_for = f"（代{event.acting_for.user.name}）" if event.acting_for else ""
        return f"{event.user.name}{acting_for}"

    @admin.display(description=_("post"))
    def in_post(self, event: Event) -> str:
        return event.post.title if event.post else ""

    @admin.display(description=_("what was done"))
    def said(self, event: Event) -> str:
        return sentence_for_auditors(event)

    @admin.display(description=_("kind of record"))
    def kind(self, event: Event) -> str:
        return str(event.target_kind.name)
