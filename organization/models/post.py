from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a post is for. Rights are given to roles in the `access.py` of each app."""

    RECORDS_CLERK = "records_clerk", _("Records clerk")
    STAFF = "staff", _("Staff")
    DEPARTMENT_HEAD = "department_head", _("Department head")
    OFFICE_DIRECTOR = "office_director", _("Office director")
    CHIEF = "chief", _("Chief procurator")
    VICE_CHIEF = "vice_chief", _("Vice chief procurator")
    SUPERVISION_OFFICER = "supervision_officer", _("Supervision officer")
    LIAISON_OFFICER = "liaison_officer", _("Liaison officer")
    ARCHIVIST = "archivist", _("Archivist")
    SYSTEM_ADMIN = "system_admin", _("System administrator")
    SECURITY_ADMIN = "security_admin", _("Security administrator")
    AUDITOR = "auditor", _("Auditor")


ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR})
LEADERS = frozenset({Role.CHIEF, Role.VICE_CHIEF})
HEADS = frozenset({Role.DEPARTMENT_HEAD, Role.OFFICE_DIRECTOR})


class PostQuerySet(models.QuerySet["Post"]):
    def held_on(self, day: date) -> "PostQuerySet":
        """Posts in force on `day`, held by a person whose account is active."""
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day, user__is_active=True
        )

    def in_order(self) -> "PostQuerySet":
        """Leaders first, then by department, heads before staff: how an office lists people."""
        return self.order_by(
            F("department__position").asc(nulls_first=True), "department_id", SENIORITY, "pk"
        )


SENIORITY = models.Case(
    models.When(role=Role.CHIEF, then=0),
    models.When(role=Role.VICE_CHIEF, then=1),
    models.When(role__in=HEADS, then=2),
    default=3,
)


class Post(models.Model):
    """One person's holding of one role, from one day to another. A successor gets a new row."""

    procuratorate = models.ForeignKey(
        "organization.Procuratorate", models.PROTECT, related_name="posts"
    )
    user = models.ForeignKey("organization.User", models.PROTECT, related_name="posts")
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    department = models.ForeignKey(
        "organization.Department", models.PROTECT, related_name="posts", null=True, blank=True
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        indexes = [models.Index(fields=["procuratorate", "role"], name="posts_by_role")]
        constraints = [
            models.CheckConstraint(name="post_role_is_known", condition=Q(role__in=Role.values)),
            models.CheckConstraint(
                name="post_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="post_below_the_leaders_names_its_department",
                condition=Q(department__isnull=False) | Q(role__in=LEADERS | ADMINISTRATORS),
            ),
            models.UniqueConstraint(
                name="person_holds_a_role_in_a_department_once_at_a_time",
                fields=["procuratorate", "user", "role", "department"],
                condition=Q(ends_on__isnull=True),
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user.name}（{self.title}）"

    @property
    def title(self) -> str:
        """As it stands behind a name: the office director needs no department in front."""
        if self.department is None or self.role == Role.OFFICE_DIRECTOR:
            return self.get_role_display()
        return f"{self.department} {self.get_role_display()}"
