"""What is kept encrypted in the database, with a key that is not in it."""

import base64

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

SEALED = "gAAAAA"  # how every sealed text begins


def sealed(text: str) -> str:
    """Encrypted with a key derived from SECRET_KEY; nothing stays nothing."""
    return _box().encrypt(text.encode()).decode() if text else ""


def unsealed(text: str) -> str:
    """The text again. Raises InvalidToken when neither the key nor an earlier one fits."""
    return _box().decrypt(text.encode()).decode() if text else ""


def _box() -> MultiFernet:
    return MultiFernet(
        [Fernet(_key(secret)) for secret in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]]
    )


def _key(secret: str | bytes) -> bytes:
    plain = secret.encode() if isinstance(secret, str) else secret
    derived = HKDF(SHA256(), length=32, salt=None, info=b"activity.sealing").derive(plain)
    return base64.urlsafe_b64encode(derived)
