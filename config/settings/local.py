"""One machine, started by bin/run: everything by itself, on the loopback address."""

import secrets

from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *


def _own_key() -> str:
    """The key of this installation, made once and readable by its owner only."""
    path = DATA_DIR / "secret-key"
    if not path.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


SECRET_KEY = env("SECRET_KEY", default="") or _own_key()
HOST = env("HOST", default="127.0.0.1")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", HOST, *env.list("ALLOWED_HOSTS", default=[])]
DEMONSTRATION_ALLOWED = HOST in {"127.0.0.1", "localhost", "::1"}
DEMONSTRATION = (DATA_DIR / "demo-logins.txt").exists()
if DEMONSTRATION and not DEMONSTRATION_ALLOWED:
    raise ImproperlyConfigured("演示数据只能在本机使用：请用 HOST=127.0.0.1，或换一个 DATA_DIR。")
