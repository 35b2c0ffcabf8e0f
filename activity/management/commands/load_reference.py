from typing import Any

from django.core.management.base import BaseCommand

from activity.loaders import load_channels, load_ladder
from organization import loaders
from organization.models import Procuratorate


class Command(BaseCommand):
    help = "Load calendar, rules, ladder and series; what is there already is left as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        loaders.load_calendar()
        loaders.load_rules()
        load_ladder()
        for procuratorate in Procuratorate.objects.all():
            loaders.load_series(procuratorate)
            load_channels(procuratorate)
