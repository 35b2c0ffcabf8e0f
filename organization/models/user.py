from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from organization import access
from organization.models.post import ADMINISTRATORS, Post, Role
from organization.pinyin import reading


class Marking(models.IntegerChoices):
    """How far a text may travel, in order; a person's clearance is the highest they may see.

    State secrets (绝密、机密、秘密) are no value here: a system that is not itself
    protected at that level may not hold them (保守国家秘密法 第三十一条).
    """

    PUBLIC = 1, _("Public")
    INTERNAL = 2, _("Internal")
    SENSITIVE = 3, _("Sensitive")


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """A person who can sign in; without a password, one who cannot yet.

        The reading of the name is made unless it was written by hand.
        """
        user = self.model(username=username, **fields)
        user.pinyin = user.pinyin or reading(user.name)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person with an account. What they may do follows from their posts and nothing else."""

    username = models.CharField(_("account"), max_length=50, unique=True)
    name = models.CharField(_("full name"), max_length=50)
    pinyin = models.CharField(
        _("reading of the name"),
        max_length=350,  # fifty syllables, as long as a name of fifty characters
        blank=True,
        help_text=_("Syllables in lower case without tones, such as ren yuan fan; v for ü."),
    )
    procuratorate = models.ForeignKey(
        "organization.Procuratorate",
        models.PROTECT,
        related_name="users",
        verbose_name=_("procuratorate"),
    )
    clearance = models.PositiveSmallIntegerField(
        _("clearance"), choices=Marking.choices, default=Marking.INTERNAL
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    # The password is a start password, handed over by somebody else, and worth nothing after this.
    start_password_until = models.DateTimeField(_("start password until"), null=True, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "username"

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                name="clearance_is_known", condition=Q(clearance__in=Marking.values)
            ),
            models.CheckConstraint(
                name="reading_is_syllables_in_lower_case",
                condition=Q(pinyin="") | Q(pinyin__regex=r"\A[a-z0-9]+( [a-z0-9]+)*\Z"),
                violation_error_message=_(
                    "Please write the reading in lower-case syllables with single spaces between."
                ),
            ),
            models.CheckConstraint(
                name="email_is_one_plain_address",
                condition=Q(email="") | Q(email__regex=r"\A[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\Z"),
                violation_error_message=_("Write one plain e-mail address."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def set_password(self, raw_password: str | None) -> None:
        """Whoever chooses a password has no start password any more."""
        super().set_password(raw_password)
        self.start_password_until = None

    @property
    def start_password_is_over(self) -> bool:
        until = self.start_password_until
        return until is not None and until <= timezone.now()

    @cached_property
    def administrator_roles(self) -> frozenset[Role]:
        """The administrator posts held today: one at most. Asked once for each request."""
        held = Post.objects.held_on(timezone.localdate()).filter(user=self)
        roles = held.filter(role__in=ADMINISTRATORS).values_list("role", flat=True)
        return frozenset(Role(role) for role in roles)

    @property
    def is_staff(self) -> bool:
        """Django's word for whoever may enter the administration."""
        return bool(self.administrator_roles)

    def has_perm(self, perm: str, obj: models.Model | None = None) -> bool:
        """Django's question, such as `organization.add_department`."""
        app, _dot, codename = perm.partition(".")
        action, _line, model = codename.partition("_")
        return access.may(self.administrator_roles, f"{app}.{model}", action)

    def has_module_perms(self, app_label: str) -> bool:
        return access.may_enter(self.administrator_roles, app_label)
