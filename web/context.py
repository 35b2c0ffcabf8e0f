from django.conf import settings
from django.http import HttpRequest

from web.appearance import LARGE_TYPE


def product(request: HttpRequest) -> dict[str, object]:
    """What every page may say about the installation, and how its reader wants it."""
    return {
        "demonstration": settings.DEMONSTRATION,
        "large_type": request.COOKIES.get(LARGE_TYPE) == "1",
    }
