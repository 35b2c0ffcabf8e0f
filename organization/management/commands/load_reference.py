from typing import Any

from django.core.management.base import BaseCommand

from organization import loaders
from organization.models import Procuratorate


class Command(BaseCommand):
    help = "Load calendar, deadline rules and series; what is there already is left as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        loaders.load_calendar()
        loaders.load_rules()
        for procuratorate in Procuratorate.objects.all():
            loaders.load_series(procuratorate)
