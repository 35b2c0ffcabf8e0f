"""What the database must be before anything is kept in it."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections
from django.utils.translation import gettext as _

KIND = """
    SELECT pg_encoding_to_char(encoding), datctype
    FROM pg_database WHERE datname = current_database()
"""
IS_A_LETTER = r"SELECT U&'\68C0' ~ '^[[:alpha:]]$'"  # 检


def database_knows_chinese(
    databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """UTF-8, and not under "C", which takes every Chinese character for no letter at all."""
    wrong: list[CheckMessage] = []
    for alias in databases or ():
        with connections[alias].cursor() as cursor:
            cursor.execute(KIND)
            encoding, locale = cursor.fetchone() or ("", "")
            if encoding == "UTF8":
                cursor.execute(IS_A_LETTER)
                if cursor.fetchone() == (True,):
                    continue
        text = _(
            "The database is %(encoding)s with locale %(locale)s; Chinese text needs UTF8 with "
            "locale C.UTF-8. Please make a new one as docs/operating.md says."
        )
        found = {"encoding": encoding, "locale": locale}
        wrong.append(Error(text % found, id="organization.E001"))
    return wrong
