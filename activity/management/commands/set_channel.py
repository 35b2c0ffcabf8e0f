from getpass import getpass
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from activity.channels.robots import is_allowed
from activity.models import Channel, ChannelKind
from activity.record import record
from organization.actor import Actor
from organization.models import Procuratorate


class Command(BaseCommand):
    help = "Turn a channel of one procuratorate on or off; asks for a robot's address and secret."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("procuratorate", help="full name")
        parser.add_argument("kind", choices=ChannelKind.values)
        parser.add_argument("use", choices=["on", "off"])

    def handle(self, *args: Any, procuratorate: str, kind: str, use: str, **options: Any) -> None:
        place = Procuratorate.objects.filter(name=procuratorate).first()
        if place is None:
            raise CommandError(f"没有这个检察院：{procuratorate}")
        with transaction.atomic():
            channel, _made = Channel.objects.get_or_create(procuratorate=place, kind=kind)
            channel.is_on = use == "on"
            if channel.is_on and kind != ChannelKind.EMAIL:
                _ask(channel)
            channel.save()
            details = {"channel": kind, "is_on": channel.is_on}
            record("channel.set", channel, by=Actor.system(place), details=details)
        self.stdout.write("已启用。" if channel.is_on else "已停用。")


def _ask(channel: Channel) -> None:
    """Typed in without an echo, so that neither is left in the history of the shell."""
    address = getpass("机器人地址：").strip()
    if not is_allowed(address):
        allowed = "、".join(settings.WEBHOOK_ORIGINS)
        raise CommandError(f"地址只能以下面之一开头（WEBHOOK_ORIGINS）：{allowed}")
    channel.seal(address, getpass("签名密钥（没有就直接回车）：").strip())
