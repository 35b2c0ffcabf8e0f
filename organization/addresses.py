"""From which address a request comes: what the sign-in lock counts by."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The other end of the connection; behind front servers, what the outermost of them saw.

    Each of them adds what it saw at the end of X-Forwarded-For. Only the last TRUSTED_PROXIES
    entries are theirs: whatever stands before was written by the client.
    """
    peer: str = request.META.get("REMOTE_ADDR", "")
    ours: int = settings.TRUSTED_PROXIES
    if not ours:
        return peer
    seen = request.headers.get("X-Forwarded-For", "").split(",")
    try:
        return str(ip_address(seen[-ours].strip()))
    except (IndexError, ValueError):
        return peer
