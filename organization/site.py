"""系统管理: Django's admin, for the three administrators of a procuratorate and nobody else."""

from collections.abc import Callable
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext_lazy as _

from organization import access

# Signing in, signing out and passwords are the product's own; nothing is looked up by a script.
NOT_OURS = {"login", "logout", "password_change", "password_change_done", "autocomplete"}
NOT_OURS |= {"view_on_site"}


class AdministrationSite(AdminSite):
    site_title = _("Administration")
    site_header = _("Administration")
    index_title = _("What you look after")
    index_template = "organization/administration.html"
    empty_value_display = "—"
    final_catch_all_view = False

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        """Whoever is no administrator meets our own refusal; strangers were stopped before."""
        guarded = super().admin_view(view, cacheable)

        def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if not self.has_permission(request):
                raise PermissionDenied(access.WHO_ENTERS)
            return guarded(request, *args, **kwargs)

        return enter

    def get_urls(self) -> list[URLResolver | URLPattern]:
        kept = [url for url in super().get_urls() if getattr(url, "name", None) not in NOT_OURS]
        for url in kept:
            if isinstance(url, URLPattern):
                vars(url.callback).pop("login_url", None)  # strangers go to our own sign-in
        return kept


site = AdministrationSite(name="admin")
