"""A new procuratorate: its reference rows, and the three who set up everything else."""

from dataclasses import dataclass

from django.db import models
from django.utils import timezone

from organization import changes, loaders, signals, start_passwords
from organization.actor import Actor
from organization.models import Marking, Post, Procuratorate, Role, User

ACCOUNTS = {Role.SYSTEM_ADMIN: "system", Role.SECURITY_ADMIN: "security", Role.AUDITOR: "auditor"}


@dataclass(frozen=True)
class Account:
    role: Role
    username: str
    password: str  # a start password, known to nobody else and kept nowhere


def found(place: Procuratorate) -> list[Account]:
    """Save the procuratorate with what it starts with. Must run inside a transaction."""
    place.save()
    _tell(place, place)
    loaders.load_calendar()
    loaders.load_rules()
    loaders.load_series(place)
    return [_account(place, role, f"{name}{place.pk}") for role, name in ACCOUNTS.items()]


def _account(place: Procuratorate, role: Role, username: str) -> Account:
    user = User.objects.create_user(
        username, name=str(role.label), procuratorate=place, clearance=Marking.PUBLIC
    )
    password = start_passwords.issue(user, timezone.now())
    _tell(place, user)
    post = Post.objects.create(
        procuratorate=place, user=user, role=role, starts_on=timezone.localdate()
    )
    _tell(place, post)
    return Account(role, username, password)


def _tell(place: Procuratorate, row: models.Model) -> None:
    details = {"what": str(row), "changes": changes.whole(row, ["password"])}
    verb = f"{row._meta.model_name}.add"
    signals.administered.send(
        type(row), target=row, verb=verb, by=Actor.system(place), details=details
    )
