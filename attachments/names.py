"""File names: kept as they were sent, shown without what turns or hides the text beside it."""

import unicodedata
from urllib.parse import quote

from attachments.reading.kinds import BLANK_LETTERS

LONGEST = 310  # letters of a name in a header
NOT_SHOWN = {"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"}  # control, invisible, unassigned, line ends


def shown_name(name: str) -> str:
    """The name in full, without invisible characters; never empty."""
    return "".join(filter(_is_shown, name)).strip() or "—"


def hidden_characters(name: str) -> int:
    return sum(not _is_shown(letter) for letter in name)


def disposition(name: str) -> str:
    """The header that saves a download under its name (RFC 6266, RFC 8187).

    Old programs read the first form, which holds letters, digits and a few signs only.
    """
    shown = shown_name(name).replace("/", "_").replace("\\", "_")
    if len(shown) > LONGEST:  # a header of some kilobytes is refused on the way
        shown = shown[: LONGEST - 10] + shown[-10:]
    plain = "".join(letter if letter.isascii() and _is_plain(letter) else "_" for letter in shown)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(shown, safe='')}"


def _is_shown(letter: str) -> bool:
    return unicodedata.category(letter) not in NOT_SHOWN and letter not in BLANK_LETTERS


def _is_plain(letter: str) -> bool:
    return letter.isalnum() or letter in " .-_()"
