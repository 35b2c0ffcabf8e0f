import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from activity import wake
from attachments import reading
from attachments.tasks import do_what_was_left
from home.demo import year
from home.demo.people import OFFICES
from organization.models import Procuratorate


class Command(BaseCommand):
    help = "Load the demonstration: seven invented procuratorates with people and papers."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when there is already an office"
        )

    def handle(self, *args: Any, if_empty: bool = False, **options: Any) -> None:
        if not getattr(settings, "DEMONSTRATION_ALLOWED", False):
            raise CommandError("演示数据只能装在本机（HOST 为 127.0.0.1），不能装入正式环境。")
        if Procuratorate.objects.exists():
            if if_empty:
                return
            raise CommandError("数据库里已经有检察院了；演示数据只装入空的数据库。")
        began = time.monotonic()
        self.stdout.write(f"正在装入演示数据：{len(OFFICES)} 个检察院一年的收文……（约 30 秒）")
        # Half a demonstration would look like a whole one. One child reads all its own files, and
        # the worker draws them one after the other, the newest first, once somebody calls it.
        with transaction.atomic(), reading.kept(), wake.nobody():
            year.load(settings.DATA_DIR / "demo-logins.txt", self._tell)
        wake.wake(do_what_was_left, 1)
        self.stdout.write(f"演示数据装好了（{time.monotonic() - began:.0f} 秒）。")

    def _tell(self, office: str, papers: int) -> None:
        self.stdout.write(f"  {office}：收文 {papers} 件")
