"""Is this part of the office alive? For healthchecks: deploy/alive.py web | worker | scheduler"""

from __future__ import annotations

import os
import sys
from http.client import HTTPConnection, HTTPException


def is_alive(part: str) -> bool:
    """By what /healthz says; it names the parts that are silent."""
    line = HTTPConnection(os.environ.get("WEB", "web:8000"), timeout=5)
    host = os.environ["ALLOWED_HOSTS"].partition(",")[0]
    try:
        line.request("GET", "/healthz", headers={"Host": host, "X-Forwarded-Proto": "https"})
        answer = line.getresponse()
        text = answer.read().decode(errors="replace")
    except (OSError, HTTPException):
        return False
    finally:
        line.close()
    silent = {name.partition(":")[0] for name in text.splitlines()}
    return answer.status in {200, 503} and not silent & {part, "database"}


if __name__ == "__main__":
    sys.exit(0 if is_alive(sys.argv[1]) else 1)
