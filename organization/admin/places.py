from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from organization.administration import Administered
from organization.models import Department, Procuratorate
from organization.models.post import LEADERS
from organization.site import site


@admin.register(Procuratorate, site=site)
class ProcuratorateAdmin(Administered):
    """Its names. Level and superior are set when it is founded."""

    scope = "pk"
    list_display = ["name", "short_name", "level", "parent"]
    list_select_related = ["parent"]
    fields = ["name", "short_name", "level", "parent"]
    readonly_fields = ["level", "parent"]


@admin.register(Department, site=site)
class DepartmentAdmin(Administered):
    list_display = ["name", "position", "leader_in_charge"]
    list_select_related = ["leader_in_charge__user", "leader_in_charge__department"]
    search_fields = ["name"]
    fields = ["name", "position", "leader_in_charge"]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Leaders who hold their post today."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        posts: QuerySet[Any] = field.queryset.held_on(timezone.localdate())
        field.queryset = posts.filter(role__in=LEADERS)
        return field
