"""Passwords that are handed over: random, shown once, good for one day and one sign-in page."""

import secrets
from datetime import datetime, timedelta

from organization.models import User

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike
GOOD_FOR = timedelta(hours=24)


def issue(user: User, now: datetime) -> str:
    """Give the account a start password and open it. Nothing keeps the password itself."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))
    password = "-".join(groups)
    user.set_password(password)
    user.start_password_until = now + GOOD_FOR
    user.is_active = True
    user.save(update_fields=["password", "start_password_until", "is_active"])
    return password
