"""Who and when: people, posts, calendar, deadlines, numbers."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _


class OrganizationConfig(AppConfig):
    name = "organization"
    verbose_name = _("Organization")

    def ready(self) -> None:
        from organization.checks import database_knows_chinese

        register(database_knows_chinese, Tags.database)
