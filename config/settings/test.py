"""Under pytest: a fast hasher, a throw-away folder, everything else as in life."""

import tempfile
from pathlib import Path

from config.settings.base import *

SECRET_KEY = "only-for-tests-" + "x" * 40
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATA_DIR = Path(tempfile.mkdtemp(prefix="office-test-"))
STORAGES |= {
    "default": content_storage(DATA_DIR / "files"),
    "pages": content_storage(DATA_DIR / "pages"),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
INCOMING_DIR = DATA_DIR / "incoming"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir()
# Jobs are rows first: no test needs a broker, and one that asks for it must hear "no" at once.
CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
