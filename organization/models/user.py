from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

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
    name = models.CharField(_("name"), max_length=50)
    pinyin = models.CharField(
        _("reading of the name"),
        max_length=350,  # fifty syllables, as long as a name of fifty characters
        blank=True,
        help_text=_("Syllables in lower case without tones, such as ren yuan fan; v for ü."),
    )
    procuratorate = models.ForeignKey(
        "organization.Procuratorate", models.PROTECT, related_name="users"
    )
    clearance = models.PositiveSmallIntegerField(
        _("clearance"), choices=Marking.choices, default=Marking.INTERNAL
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    is_active = models.BooleanField(_("active"), default=True)

    objects = UserManager()

    USERNAME_FIELD = "username"

    class Meta:
        verbose_name = _("person")
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
            ),
        ]

    def __str__(self) -> str:
        return self.name
