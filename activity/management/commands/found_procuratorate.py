from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from activity.loaders import load_channels, load_ladder, load_phrases
from organization import founding
from organization.models import Level, Procuratorate


class Command(BaseCommand):
    help = "Make a procuratorate and its three administrators; prints their start passwords once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="full name")
        parser.add_argument("short_name")
        parser.add_argument("level", choices=Level.values)
        parser.add_argument("--superior", default="", help="full name of the superior")

    def handle(
        self, *args: Any, name: str, short_name: str, level: str, superior: str, **options: Any
    ) -> None:
        if Procuratorate.objects.filter(name=name).exists():
            raise CommandError(f"已经有这个检察院：{name}。没有作任何改动。")
        above = Procuratorate.objects.filter(name=superior).first()
        if superior and above is None:
            raise CommandError(f"没有这个上级检察院：{superior}。没有作任何改动。")
        place = Procuratorate(name=name, short_name=short_name, level=level, parent=above)
        with transaction.atomic():
            accounts = founding.found(place)
            load_ladder()
            load_channels(place)
            load_phrases(place)
        self.stdout.write(f"{name}已建立。初始密码只显示这一次，24 小时内有效，首次登录须修改：")
        for account in accounts:
            self.stdout.write(f"  {account.role.label}  {account.username}  {account.password}")
