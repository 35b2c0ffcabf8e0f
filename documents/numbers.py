"""What a sender writes into number and title, read the way an office reads it."""

import re

from documents.models import DocumentKind

_YEAR = re.compile(r"[\[［【(（〔]\s*(\d{4})\s*[\]］】)）〕]")
_REMARK = re.compile(r"[（(][^（()）]*[)）]$")
_ZEROS = re.compile(r"(〕)第?0*(\d)")
# The kind of document is the last word of its title (党政机关公文格式 GB/T 9704-2012 7.3.1).
LAST_WORDS = {
    "通知": DocumentKind.NOTICE,
    "函": DocumentKind.LETTER,
    "请示": DocumentKind.REQUEST,
    "报告": DocumentKind.REPORT,
    "通报": DocumentKind.CIRCULAR,
    "意见": DocumentKind.OPINION,
    "纪要": DocumentKind.MINUTES,
    "批复": DocumentKind.REPLY,
    "决定": DocumentKind.DECISION,
    "决议": DocumentKind.RESOLUTION,
    "议案": DocumentKind.MOTION,
    "公告": DocumentKind.ANNOUNCEMENT,
    "通告": DocumentKind.PUBLIC_NOTICE,
}


def kind_of(title: str) -> str:
    """The kind the title ends with, or nothing."""
    plain = _REMARK.sub("", title.strip())
    return next((kind.value for word, kind in LAST_WORDS.items() if plain.endswith(word)), "")


def normalized_number(text: str) -> str:
    """陕检发[2026]0005 号 as 陕检发〔2026〕5号; what has no year in brackets stays as it is.

    党政机关公文格式 GB/T 9704-2012 7.2.5: year in 〔〕, no leading zero, no 第.
    """
    bare = re.sub(r"\s+", "", text)
    marked = _YEAR.sub(r"〔\1〕", bare)
    return _ZEROS.sub(r"\1\2", marked) if marked != bare or "〔" in marked else text.strip()
