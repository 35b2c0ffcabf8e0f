"""Behind a front server. What has no default here stops the start by its name."""

from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *

SECRET_KEY = env("SECRET_KEY").strip()  # a file of it ends with a line end
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY 至少 50 个随机字符。")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
for name in ("DATABASE_URL", "REDIS_URL"):
    env(name)  # read by base, but not optional here

if env.bool("HTTPS", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000  # one year
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_SECURE = True
    CSRF_COOKIE_NAME = "__Host-csrf"
