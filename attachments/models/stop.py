from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from attachments.models.content import Content
from organization.actor import Actor
from organization.models import Role
from organization.models.post import ADMINISTRATORS, LEADERS

WHO_RELEASE = LEADERS | {Role.OFFICE_DIRECTOR}


class Place(models.TextChoices):
    """Where a mark of secrecy was found. What it said is not kept."""

    NAME = "name", _("in the file name")
    FIRST_PAGES = "first_pages", _("on the first pages")
    LATER_PAGES = "later_pages", _("on a later page")
    UNREAD = "unread", _("could not be read to the end")


class SecrecyStopQuerySet(models.QuerySet["SecrecyStop"]):
    def visible_to(self, actor: Actor) -> "SecrecyStopQuerySet":
        """One's own; all of the procuratorate to whoever may release them or watches over them."""
        here = self.filter(procuratorate=actor.procuratorate)
        if actor.holds(Role.SECURITY_ADMIN):
            return here
        if actor.holds(*ADMINISTRATORS):
            return self.none()
        return here if actor.holds(*WHO_RELEASE) else here.filter(stopped_for=actor.user)

    def open(self) -> "SecrecyStopQuerySet":
        return self.filter(released_at__isnull=True)


class SecrecyStop(models.Model):
    """A file that was kept out, or shut, because it seems to bear a mark of secrecy.

    保守国家秘密法 第三十一条: what is secret may not come into this system. A text *about* marks
    is not secret: a second person who has looked at it may release that content, with a reason.
    Neither the name of the file nor the mark is kept.
    """

    procuratorate = models.ForeignKey("organization.Procuratorate", models.PROTECT)
    digest = models.CharField(max_length=64)  # of what was sent
    place = models.CharField(_("found"), max_length=20, choices=Place.choices)
    content = models.ForeignKey(Content, models.PROTECT, related_name="+", null=True)
    stopped_for = models.ForeignKey("organization.User", models.PROTECT, related_name="+")
    stopped_at = models.DateTimeField()
    released_by = models.ForeignKey(
        "organization.User", models.PROTECT, related_name="+", null=True
    )
    released_at = models.DateTimeField(null=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = SecrecyStopQuerySet.as_manager()

    class Meta:
        verbose_name = _("secrecy stop")
        indexes = [
            models.Index(fields=["procuratorate", "digest"], name="stops_of_a_content"),
            models.Index(fields=["procuratorate", "-id"], name="stops_newest_first"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="person_is_stopped_once_for_a_content",
                fields=["procuratorate", "digest", "stopped_for"],
                condition=Q(released_at__isnull=True),
            ),
            models.CheckConstraint(
                name="released_stop_says_who_when_and_why",
                condition=Q(released_at__isnull=True, released_by__isnull=True, reason="")
                | Q(released_at__isnull=False, released_by__isnull=False) & ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="stop_is_released_by_a_second_person",
                condition=Q(released_by__isnull=True) | ~Q(released_by=F("stopped_for")),
            ),
            models.CheckConstraint(name="stop_place_is_known", condition=Q(place__in=Place.values)),
        ]

    def __str__(self) -> str:
        return self.digest[:12]

    def get_absolute_url(self) -> str:
        return reverse("attachments:stops")

    @property
    def title(self) -> str:
        """As a notice calls it: neither the name of the file nor what it says."""
        return gettext("Stopped file no. %(number)s") % {"number": self.pk}

    def get_state_display(self) -> str:
        return gettext("released") if self.released_at else gettext("stopped")
