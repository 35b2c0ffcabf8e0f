from typing import Any

from django.core.files.storage import storages
from django.core.management.base import BaseCommand

from attachments.models import Content


class Command(BaseCommand):
    help = "After a restore: have the worker draw again every page image that is missing."

    def handle(self, *args: Any, **options: Any) -> None:
        missing = [
            content.pk
            for content in Content.objects.filter(page_count__gt=0).iterator()
            if not storages["pages"].exists(content.page_path(content.page_count or 1))
        ]
        Content.objects.filter(pk__in=missing).update(
            page_count=None, draw_attempts=0, draw_tried_at=None
        )
        self.stdout.write(f"{len(missing)} 个文件的页面图像将由后台任务重新生成。")
