"""What the database must be before anything is kept in it."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections
from django.utils.translation import gettext as _

ASK = """
    SELECT pg_encoding_to_char(encoding), datlocprovider::text, datctype
    FROM pg_database WHERE datname = current_database()
"""


def database_knows_chinese(
    databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """UTF-8, and not under "C", which takes every Chinese character for no letter at all."""
    wrong: list[CheckMessage] = []
    for alias in databases or ():
        with connections[alias].cursor() as cursor:
            cursor.execute(ASK)
            encoding, provider, ctype = cursor.fetchone()
        if encoding != "UTF8" or (provider == "c" and ctype in {"C", "POSIX"}):
            found = {"encoding": encoding, "locale": ctype}
            text = _(
                "The database is %(encoding)s with locale %(locale)s; Chinese text needs UTF8 with "
                "locale C.UTF-8. Please make a new one as docs/operating.md says."
            )
            wrong.append(Error(text % found, id="organization.E001"))
    return wrong
