from typing import Any

from django.core.management.base import BaseCommand

from activity.loaders import load_channels, load_ladder, load_phrases
from organization import loaders
from organization.models import Procuratorate


class Command(BaseCommand):
    help = "Load calendar, rules, ladder, series and phrases; what is there is left as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        loaders.load_calendar()
        loaders.load_rules()
        load_ladder()
        for procuratorate in Procuratorate.objects.all():
            loaders.load_series(procuratorate)
            load_channels(procuratorate)
            load_phrases(procuratorate)
