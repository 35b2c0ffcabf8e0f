import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activity.models.notice import Notice
from activity.sealing import SEALED, sealed, unsealed
from organization.actor import Actor
from organization.models.post import ADMINISTRATORS


class ChannelKind(models.TextChoices):
    EMAIL = "email", _("E-mail")
    WECOM = "wecom", _("WeCom")
    DINGTALK = "dingtalk", _("DingTalk")
    FEISHU = "feishu", _("Feishu")


class Channel(models.Model):
    """A way out of the house. Address and secret of a robot are kept sealed."""

    procuratorate = models.ForeignKey("organization.Procuratorate", models.PROTECT)
    kind = models.CharField(_("kind"), max_length=10, choices=ChannelKind.choices)
    is_on = models.BooleanField(_("in use"), default=False)
    address = models.TextField(_("address of the robot"), blank=True)
    secret = models.TextField(_("secret of the robot"), blank=True)

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        constraints = [
            models.UniqueConstraint(
                name="channel_is_one_of_each_kind", fields=["procuratorate", "kind"]
            ),
            models.CheckConstraint(
                name="channel_kind_is_known", condition=Q(kind__in=ChannelKind.values)
            ),
            models.CheckConstraint(
                name="channel_keeps_address_and_secret_sealed",
                condition=(Q(address="") | Q(address__startswith=SEALED))
                & (Q(secret="") | Q(secret__startswith=SEALED)),
            ),
            models.CheckConstraint(
                name="robot_in_use_has_an_address",
                condition=Q(is_on=False) | Q(kind=ChannelKind.EMAIL) | ~Q(address=""),
                violation_error_message=_("A robot in use needs its address."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def seal(self, address: str, secret: str) -> None:
        self.address, self.secret = sealed(address), sealed(secret)

    def unsealed(self) -> tuple[str, str]:
        """Address and secret. Raises InvalidToken when they were sealed with a lost key."""
        return unsealed(self.address), unsealed(self.secret)


class MessageKind(models.TextChoices):
    MORNING = "morning", _("morning message")
    URGENT = "urgent", _("urgent work")


class MessageStatus(models.TextChoices):
    WAITING = "waiting", _("waiting")
    SENT = "sent", _("sent")
    PARKED = "parked", _("parked")
    DROPPED = "dropped", _("dropped, nothing left to say")


class OutboxQuerySet(models.QuerySet["OutboxMessage"]):
    def visible_to(self, actor: Actor) -> "OutboxQuerySet":
        """To whoever administers the procuratorate; there is no text in them."""
        if not actor.holds(*ADMINISTRATORS):
            return self.none()
        return self.filter(procuratorate=actor.procuratorate)


class OutboxMessage(models.Model):
    """A message to the outside, from before its first attempt until it was sent or parked.

    Its text is written when it is sent, so that nothing out of date leaves the house. `key`
    stays the same whatever is repeated: who gets two copies can tell that they are one.
    """

    procuratorate = models.ForeignKey("organization.Procuratorate", models.PROTECT)
    kind = models.CharField(max_length=10, choices=MessageKind.choices)
    channel = models.CharField(max_length=10, choices=ChannelKind.choices)
    recipient = models.ForeignKey(
        "organization.User", models.PROTECT, related_name="+", null=True
    )  # none for a robot: it speaks to a group
    day = models.DateField()
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="+", null=True)
    key = models.UUIDField(unique=True, default=uuid.uuid4)
    made_at = models.DateTimeField()
    status = models.CharField(
        max_length=10, choices=MessageStatus.choices, default=MessageStatus.WAITING
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=60, blank=True)  # the name of a class, never a text

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing message")
        constraints = [
            models.UniqueConstraint(
                name="morning_message_is_one_a_day_for_each_recipient",
                fields=["procuratorate", "recipient", "day", "channel"],
                condition=Q(kind=MessageKind.MORNING),
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                name="notice_goes_out_once_by_each_channel",
                fields=["notice", "channel"],
                condition=Q(notice__isnull=False),
            ),
            models.CheckConstraint(
                name="outbox_kind_is_known", condition=Q(kind__in=MessageKind.values)
            ),
            models.CheckConstraint(
                name="outbox_channel_is_known", condition=Q(channel__in=ChannelKind.values)
            ),
            models.CheckConstraint(
                name="mail_has_a_recipient_and_a_robot_none",
                condition=Q(channel=ChannelKind.EMAIL, recipient__isnull=False)
                | (~Q(channel=ChannelKind.EMAIL) & Q(recipient__isnull=True)),
            ),
            models.CheckConstraint(
                name="urgent_message_has_a_notice_and_a_morning_one_none",
                condition=Q(kind=MessageKind.URGENT, notice__isnull=False)
                | Q(kind=MessageKind.MORNING, notice__isnull=True),
            ),
            models.CheckConstraint(
                name="waiting_message_says_when_it_is_tried_next_and_no_other",
                condition=Q(status=MessageStatus.WAITING, next_attempt_at__isnull=False)
                | Q(
                    status__in=[MessageStatus.SENT, MessageStatus.PARKED, MessageStatus.DROPPED],
                    next_attempt_at__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="sent_message_says_when_and_no_other",
                condition=Q(status=MessageStatus.SENT, sent_at__isnull=False)
                | (~Q(status=MessageStatus.SENT) & Q(sent_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="parked_message_says_why",
                condition=~Q(status=MessageStatus.PARKED) | ~Q(last_error=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at", "id"],
                name="messages_to_be_sent",
                condition=Q(status=MessageStatus.WAITING),
            ),
            models.Index(
                fields=["procuratorate", "status", "id"], name="messages_of_a_procuratorate"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
