"""The base of every page of the administration: own procuratorate, own duty, every act an event.

    @admin.register(Phrase, site=site)
    class PhraseAdmin(Administered):
        list_display = ["text"]

A model needs a line in `access.RIGHTS` and its sentences (`activity.words.explain`) besides.
"""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organization import access, changes, signals
from organization.actor import ActorRequest


class AdministeredForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable
    """A new row belongs to the administrator's procuratorate, and is checked as one of its rows."""

    request: ActorRequest  # set by the page, on a class made for this request

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding and hasattr(self.instance, "procuratorate_id"):
            self.instance.procuratorate = self.request.actor.procuratorate

    def _get_validation_exclusions(self) -> set[str]:
        """What is not on the form is checked too, as the row holds it."""
        left_out: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # no stub
        return {name for name in left_out if name in self.fields or self._is_to_come(name)}

    def _is_to_come(self, name: str) -> bool:
        """Whether the page fills the field in later, when the row is saved."""
        field: Any = self.instance._meta.get_field(name)
        return not field.blank and getattr(self.instance, field.attname) in (None, "")


class Administered(admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable
    form = AdministeredForm
    scope = "procuratorate"  # the path from a row to the procuratorate it belongs to
    shares_national = (
        False  # rows of no procuratorate are shown to everybody, and changed by nobody
    )
    secrets: tuple[str, ...] = ()  # fields of which only is written down that they changed
    actions: Any = None
    fields: ClassVar[Any] = ()
    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    view_on_site = False

    # Whose rows.

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        own = Q(**{self.scope: _actor(request).procuratorate.pk})
        national = Q(**{f"{self.scope}__isnull": True}) if self.shares_national else Q(pk__in=[])
        return super().get_queryset(request).filter(own | national)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The choices of a foreign key are the rows its own page would list."""
        model = db_field.remote_field.model
        kwargs["queryset"] = self.admin_site.get_model_admin(model).get_queryset(request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Plain lists of choices, without links that open further windows."""
        if isinstance(db_field, models.ForeignKey):
            return self.formfield_for_foreignkey(db_field, request, **kwargs)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Rows are filtered by what the page offers; nothing else can be guessed at."""
        offered = {self.date_hierarchy, *map(_parameter, self.list_filter)}
        return lookup.partition("__")[0] in offered

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        """Of another procuratorate, or not there at all: one answer."""
        raise Http404

    @admin.display(description=gettext_lazy("whose"))
    def whose(self, obj: Any) -> str:
        return _("our own") if obj.procuratorate_id else _("national")

    # Whose duty. Django asks `User.has_perm`, which answers from `access.RIGHTS`.

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if not super().has_change_permission(request, obj):
            return False
        return obj is None or (self.is_own(request, obj) and self.may_change(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if not super().has_delete_permission(request, obj):
            return False
        return obj is None or (self.is_own(request, obj) and self.may_delete(request, obj))

    def is_own(self, request: HttpRequest, obj: Any) -> bool:
        return self.scope == "pk" or obj.procuratorate_id == _actor(request).procuratorate.pk

    def may_change(self, request: HttpRequest, obj: Any) -> bool:
        return True

    def may_delete(self, request: HttpRequest, obj: Any) -> bool:
        return True

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Fields of another administrator's duty are shown and cannot be written."""
        closed = [name for name in self.fields or () if not self._is_open(request, name)]
        return [*closed, *super().get_readonly_fields(request, obj)]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A new row is asked for what one may write, and shows nothing it does not have yet."""
        fields = list(self.fields or ())
        return fields if obj else [name for name in fields if self._is_open(request, name)]

    def _is_open(self, request: HttpRequest, name: str) -> bool:
        return access.may_write(_user(request).administrator_roles, self.opts.label_lower, name)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.request = request
        return form

    def get_urls(self) -> list[URLPattern]:
        """No address for what nobody may do."""
        label = self.opts.label_lower
        gone = {a for a in (access.ADD, access.DELETE) if not access.somebody_may(label, a)}
        names = {f"{self.opts.app_label}_{self.opts.model_name}_{action}" for action in gone}
        return [
            url for url in super().get_urls() if getattr(url, "name", None) not in {None, *names}
        ]

    # What is written down.

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        if IS_POPUP_VAR in request.GET or IS_POPUP_VAR in request.POST:
            raise Http404
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            said = _("Somebody else changed something at the same moment. Please try again.")
            messages.error(request, said)
            return redirect(request.get_full_path())

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Inside Django's transaction: the row and its event, or neither.

        Only the fields that changed are written, so that two administrators at the same row do
        not undo each other.
        """
        if not change:
            obj.save()
            self.tell(request, obj, access.ADD, changes.whole(obj, self.secrets))
            return
        old = self.model._default_manager.select_for_update().get(pk=obj.pk)
        changed = changes.between(old, obj, [*form.fields, *self.secrets])
        if changed:
            obj.save(update_fields=changed)
            self.tell(request, obj, access.CHANGE, changes.words(old, obj, changed, self.secrets))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self.tell(request, obj, access.DELETE, changes.whole(obj, self.secrets))
        obj.delete()

    def tell(self, request: HttpRequest, obj: Any, act: str, said: str) -> None:
        details = {"what": str(obj), "changes": said}
        verb = f"{self.opts.model_name}.{act}"
        signals.administered.send(
            self.model, target=obj, verb=verb, by=_actor(request), details=details
        )

    def log_addition(self, *args: Any, **kwargs: Any) -> Any:
        """Django's own log is not written: `tell` makes an event."""

    def log_change(self, *args: Any, **kwargs: Any) -> Any:
        """See `log_addition`."""

    def log_deletions(self, *args: Any, **kwargs: Any) -> Any:
        """See `log_addition`."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What happened to a row stands in the list of events, for the auditor."""
        if not access.may_see_events(_user(request).administrator_roles):
            raise PermissionDenied(access.WHO_SEES_EVENTS)
        obj = self.get_object(request, object_id)
        if obj is None:
            raise Http404
        kind = f"{self.opts.app_label}.{self.opts.model_name}.{obj.pk}"
        return redirect(reverse("admin:activity_event_changelist") + f"?record={kind}")


class OwnRowsFilter(admin.RelatedFieldListFilter):
    """Filter by a related row: those its own page would list."""

    def field_choices(
        self, field: Any, request: HttpRequest, model_admin: Any
    ) -> list[tuple[Any, Any]]:
        rows = model_admin.admin_site.get_model_admin(field.remote_field.model)
        return [(row.pk, str(row)) for row in rows.get_queryset(request)]


def _parameter(offered: Any) -> str:
    """What a filter is called in an address."""
    name = offered[0] if isinstance(offered, tuple) else offered
    return str(getattr(name, "parameter_name", name))


def _actor(request: HttpRequest) -> Any:
    return request.actor  # type: ignore[attr-defined]  # put there by ActorMiddleware


def _user(request: HttpRequest) -> Any:
    return request.user
