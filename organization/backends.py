from typing import Any

from django.contrib.auth.backends import ModelBackend


class OfficeBackend(ModelBackend):
    """A start password is worth nothing after its day, also to whoever is signed in with it."""

    def user_can_authenticate(self, user: Any) -> bool:
        return super().user_can_authenticate(user) and not user.start_password_is_over
