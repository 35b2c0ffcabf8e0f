from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organization.models import Marking


class Urgency(models.IntegerChoices):
    """Urgency (党政机关公文处理工作条例 第九条第三项): what is higher is more urgent.

    A paper is 特急, 加急 or neither; a telegram is always one of 特提, 特急, 加急, 平急.
    """

    NONE = 0, _("Ordinary")
    LEAST_URGENT = 1, _("Least urgent (telegram)")
    URGENT = 2, _("Urgent")
    MOST_URGENT = 3, _("Most urgent")
    AT_ONCE = 4, _("At once (telegram)")


OF_PAPERS = (Urgency.NONE, Urgency.URGENT, Urgency.MOST_URGENT)
OF_TELEGRAMS = (Urgency.LEAST_URGENT, Urgency.URGENT, Urgency.MOST_URGENT, Urgency.AT_ONCE)


class DocumentKind(models.TextChoices):
    """The fifteen kinds of official document (党政机关公文处理工作条例 第八条)."""

    RESOLUTION = "resolution", _("Resolution")
    DECISION = "decision", _("Decision")
    ORDER = "order", _("Order")
    COMMUNIQUE = "communique", _("Communiqué")
    ANNOUNCEMENT = "announcement", _("Announcement")
    PUBLIC_NOTICE = "public_notice", _("Public notice")
    OPINION = "opinion", _("Opinion")
    NOTICE = "notice", _("Notice")
    CIRCULAR = "circular", _("Circular")
    REPORT = "report", _("Report")
    REQUEST = "request", _("Request")
    REPLY = "reply", _("Reply")
    MOTION = "motion", _("Motion")
    LETTER = "letter", _("Letter")
    MINUTES = "minutes", _("Minutes")
    OTHER = "other", _("Other kind")


class Paper(models.Model):
    """What every official paper has."""

    carries_files = True

    procuratorate = models.ForeignKey("organization.Procuratorate", models.PROTECT)
    title = models.CharField(_("title"), max_length=300)
    number = models.CharField(_("number"), max_length=80, blank=True)
    kind = models.CharField(
        _("kind of document"), max_length=20, choices=DocumentKind.choices, blank=True
    )
    marking = models.PositiveSmallIntegerField(
        _("marking"), choices=Marking.choices, default=Marking.INTERNAL
    )
    urgency = models.PositiveSmallIntegerField(
        _("urgency"), choices=Urgency.choices, default=Urgency.NONE
    )
    is_telegram = models.BooleanField(_("telegram"), default=False)
    written_on = models.DateField(_("date of the document"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_marking_is_known", condition=Q(marking__in=Marking.values)
            ),
            models.CheckConstraint(
                name="%(class)s_urgency_is_one_of_its_form",
                condition=Q(is_telegram=False, urgency__in=OF_PAPERS)
                | Q(is_telegram=True, urgency__in=OF_TELEGRAMS),
            ),
            models.UniqueConstraint(
                name="%(class)s_number_is_unique_in_its_procuratorate",
                fields=["procuratorate", "number"],
                condition=~Q(number=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_urgent(self) -> bool:
        """加急 or above: what nobody may let lie until the next morning."""
        return self.urgency >= Urgency.URGENT

    @property
    def reference(self) -> str:
        """What a message to the outside calls it by: the number, never the title."""
        return self.number
