from typing import Any

from axes.utils import reset
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from organization import start_passwords
from organization.administration import Administered, AdministeredForm, OwnRowsFilter
from organization.models import Delegation, Marking, Post, Role, User
from organization.pinyin import reading
from organization.site import site


@admin.register(User, site=site)
class UserAdmin(Administered):
    """The system administrator makes accounts, the security administrator opens them."""

    secrets = ("password",)
    list_display = ["name", "username", "email", "clearance", "is_active", "start_password_until"]
    list_filter = ["is_active", "clearance"]
    search_fields = ["name", "username", "pinyin"]
    ordering = ["-is_active", "pinyin", "pk"]
    fields = ["username", "name", "pinyin", "email", "is_active", "clearance"]
    actions = ["issue_start_passwords", "unlock"]

    def may_change(self, request: HttpRequest, obj: Any) -> bool:
        """Nobody decides about their own account."""
        return not (obj == request.user and self.has_secure_permission(request))

    def has_secure_permission(self, request: HttpRequest) -> bool:
        """Asked by Django for actions with the permission `secure`."""
        user: Any = request.user
        return Role.SECURITY_ADMIN in user.administrator_roles

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A new account is closed and can see what is public, until it is opened.

        A name that changes is read anew, unless its reading was written by hand.
        """
        if "name" in form.changed_data and "pinyin" not in form.changed_data:
            obj.pinyin = reading(obj.name)
        if not change:
            obj.is_active = False
            obj.clearance = Marking.PUBLIC
            obj.set_password(None)
        super().save_model(request, obj, form, change)

    @admin.action(description=gettext_lazy("Issue start passwords"), permissions=["secure"])
    def issue_start_passwords(self, request: HttpRequest, users: QuerySet[User]) -> HttpResponse:
        """Shown on the answer to this one request and never again."""
        now, issued = timezone.now(), []
        with transaction.atomic():
            for user in self._others(request, users):
                issued.append((user, start_passwords.issue(user, now)))
                self.tell(request, user, "start_password", "")
        if not issued:
            messages.warning(request, _("Nobody was chosen: no password was issued."))
            return redirect("admin:organization_user_changelist")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Start passwords"),
            "opts": self.opts,
            "issued": issued,
        }
        return TemplateResponse(request, "organization/start_passwords.html", context)

    @admin.action(description=gettext_lazy("Unlock sign-in"), permissions=["secure"])
    def unlock(self, request: HttpRequest, users: QuerySet[User]) -> None:
        """Forget the failed sign-ins of these accounts."""
        with transaction.atomic():
            chosen = self._others(request, users)
            for user in chosen:
                reset(username=user.username)
                self.tell(request, user, "unlock", "")
        said = ngettext("%(count)s account unlocked.", "%(count)s accounts unlocked.", len(chosen))
        messages.success(request, said % {"count": len(chosen)})

    def _others(self, request: HttpRequest, users: QuerySet[User]) -> list[User]:
        chosen = list(users.select_for_update(of=("self",)))
        if request.user in chosen:
            raise PermissionDenied(_("Nobody decides about their own account."))
        return chosen


class PostForm(AdministeredForm):
    def clean(self) -> None:
        super().clean()
        starts_on = self.cleaned_data.get("starts_on", self.instance.starts_on)
        ends_on = self.cleaned_data.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("A post cannot end before it begins."))
        if ends_on and ends_on < timezone.localdate() and self._is_open():
            words = _(
                "Work is still open on this post. Ask the office director for the hand-over first; "
                "then end the post."
            )
            self.add_error("ends_on", words)

    def _is_open(self) -> bool:
        """Assignments are kept by an app above; they hang on the post."""
        return bool(self.instance.assignments.filter(closed_at__isnull=True).exists())


@admin.register(Post, site=site)
class PostAdmin(Administered):
    """Granting and ending. Nobody grants or ends their own."""

    form = PostForm
    list_display = ["user", "role", "department", "starts_on", "ends_on"]
    list_select_related = ["user", "department"]
    list_filter = ["role", ("department", OwnRowsFilter)]
    search_fields = ["user__name", "user__username"]
    ordering = ["-pk"]
    fields = ["user", "role", "department", "starts_on", "ends_on"]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "user":
            field.queryset = field.queryset.exclude(pk=request.user.pk)
        return field

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A post that was granted can be ended; a successor gets a new one."""
        closed = super().get_readonly_fields(request, obj)
        return closed if obj is None else [*closed, *(n for n in self.fields if n != "ends_on")]

    def may_change(self, request: HttpRequest, obj: Any) -> bool:
        return bool(obj.user_id != request.user.pk)


@admin.register(Delegation, site=site)
class DelegationAdmin(Administered):
    """Looked at only: holders and the office director lend, on pages of their own."""

    list_display = ["post", "delegate", "starts_on", "ends_on", "reason", "ended_at"]
    list_select_related = ["post__user", "post__department", "delegate"]
    search_fields = ["post__user__name", "delegate__name"]
    ordering = ["-pk"]
    fields = [
        "post", "delegate", "starts_on", "ends_on", "reason",
        "lent_by", "lent_at", "ended_by", "ended_at",
    ]  # fmt: skip
