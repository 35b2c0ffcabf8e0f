from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.lookups import Exact
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
# A post is business, or it is one of the three: whoever holds a post of one kind holds no other.
_KIND = models.Case(
    models.When(Exact(F("role"), Value("system_admin")), then=Value(1)),
    models.When(Exact(F("role"), Value("security_admin")), then=Value(2)),
    models.When(Exact(F("role"), Value("auditor")), then=Value(3)),
    default=Value(0),
)
_DAYS = Func(
    F("starts_on"),
    F("ends_on"),
    Value("[]"),
    function="daterange",
    output_field=DateRangeField(),
)


class Post(models.Model):
    """One person's holding of one role, from one day to another. A successor gets a new row."""

    procuratorate = models.ForeignKey(
        "organization.Procuratorate",
        models.PROTECT,
        related_name="posts",
        verbose_name=_("procuratorate"),
    )
    user = models.ForeignKey(
        "organization.User", models.PROTECT, related_name="posts", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    department = models.ForeignKey(
        "organization.Department",
        models.PROTECT,
        related_name="posts",
        null=True,
        blank=True,
        verbose_name=_("department"),
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        indexes = [models.Index(fields=["procuratorate", "role"], name="posts_by_role")]
        constraints = [
            models.CheckConstraint(name="post_role_is_known", condition=Q(role__in=Role.values)),
            models.CheckConstraint(
                name="post_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("A post cannot end before it begins."),
            ),
            models.CheckConstraint(
                name="post_below_the_leaders_names_its_department",
                condition=Q(department__isnull=False) | Q(role__in=LEADERS | ADMINISTRATORS),
                violation_error_message=_("Choose the department this post belongs to."),
            ),
            models.UniqueConstraint(
                name="person_holds_a_role_in_a_department_once_at_a_time",
                fields=["procuratorate", "user", "role", "department"],
                condition=Q(ends_on__isnull=True),
                nulls_distinct=False,
                violation_error_message=_("This person holds this post already."),
            ),
            ExclusionConstraint(
                name="administrators_hold_no_other_kind_of_post_at_the_same_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    (_KIND, RangeOperators.NOT_EQUAL),
                    (_DAYS, RangeOperators.OVERLAPS),
                ],
                violation_error_message=_(
                    "Nobody holds two of the three administrator posts, or one of them beside "
                    "another post, at the same time. End the other post first, or choose "
                    "somebody else."
                ),
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
