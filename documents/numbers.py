"""What a sender writes into number and title, read the way an office reads it."""

import re
import unicodedata

from documents.models import DocumentKind

# ０１２ and ＡＢＣ are typed as well; marks of punctuation keep their width.
_ALPHANUMERIC = (range(0xFF10, 0xFF1A), range(0xFF21, 0xFF3B), range(0xFF41, 0xFF5B))
_NARROW = {wide: wide - 0xFEE0 for letters in _ALPHANUMERIC for wide in letters}
_WIDE = str.maketrans("()", "（）")
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
    bare = re.sub(r"\s+", "", text).translate(_NARROW)
    marked = _YEAR.sub(r"〔\1〕", bare)
    if "〔" not in marked:
        return text.strip()
    return _ZEROS.sub(r"\1\2", marked).translate(_WIDE)


def tells_papers_apart(number: str) -> bool:
    """无 and 无字号 are written of any paper that has no number."""
    return any(letter.isdecimal() for letter in number)


# An office is called by its whole name and by its short one: 丘陵市人民检察院, 丘陵市院.
_SHORT = [
    ("人民检察院", "院"),
    ("检察院", "院"),
    ("人民法院", "法院"),
    ("人民政府", "政府"),
    ("人民代表大会", "人大"),
    ("常务委员会", "常委会"),
]


def same_sender(one: str, other: str) -> bool:
    """Whether both names mean the same body: blanks, widths and short names do not tell."""
    return _bare_name(one) == _bare_name(other)


def _bare_name(sender: str) -> str:
    name = "".join(unicodedata.normalize("NFKC", sender).split()).casefold()
    for whole, short in _SHORT:
        name = name.replace(whole, short)
    return name
