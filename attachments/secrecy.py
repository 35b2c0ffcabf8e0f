"""Marks of secrecy (密级标志), as they stand on a paper.

A mark is a level with a star: 秘密★1年, 机密★会议开始前 (保守国家秘密法实施条例 第二十一条). It
stands at the top left of the first page (党政机关公文格式 GB/T 9704-2012 7.2.2). The words
alone are no mark: 商业秘密, 保守国家秘密法 and 机密级计算机 are words of ordinary papers.
"""

import re
import unicodedata

from attachments.models.stop import Place
from attachments.reading.kinds import BLANK_LETTERS

_LEVEL = r"(?:绝\s*密|机\s*密|秘\s*密)"
_STAR = "[★☆⭐✩✪✯✭✶⋆🌟※\uf0ab]"
_GAP = r"[\s\W_]{0,4}"  # what may stand between a level and its star or term
_TERM = r"(?:[\d一二三四五六七八九十]+\s*(?:年|个月|月|日|天)|长\s*期)"
_SIGN = r"[*·•・.×xX]"  # typed where there is no star on the keyboard
_MARK = re.compile(
    rf"{_LEVEL}{_GAP}{_STAR}"  # 机密★, and with whatever term or condition
    rf"|{_STAR}\s*{_LEVEL}(?![\u4e00-\u9fff])"
    rf"|{_LEVEL}\s*{_SIGN}\s*{_TERM}"
    rf"|(?<![绝机秘])密\s*级[:\s〔(\[【★☆]{{1,3}}{_LEVEL}"
)
_BESIDE = rf"(?:{_TERM}|特\s*急|加\s*急|\d{{3,}})"  # what may stand in the line of a mark
_ALONE = re.compile(rf"^(?:\W|{_BESIDE})*{_LEVEL}级?(?:\W|{_BESIDE})*$")
_IN_NAME = re.compile(
    rf"(?:^|[\W\d_]){_LEVEL}级?(?:$|[\W\d_])"
    r"|^[\W\d_]*(?:绝密|机密)(?!级|计算机|设备|室|员|件保)"
)
_OLD_FORMS = str.maketrans("機絕絶祕級長", "机绝绝秘级长")
TOP = 8  # lines of a first page in which copy number, mark and urgency stand


def place_of_mark(name: str, text: str) -> Place | None:
    """Where a file seems to be marked: in its name, or in the text of its first pages."""
    plain = _plain(name)
    if _MARK.search(plain) or _IN_NAME.search(plain):
        return Place.NAME
    first = _plain(text)
    lines = [line for line in first.splitlines() if line.strip()][:TOP]
    if _MARK.search(first) or any(_ALONE.match(line) for line in lines):
        return Place.FIRST_PAGES
    return None


def is_marked(text: str) -> bool:
    """Does any page bear a mark with its star? For the whole text, read later."""
    return bool(_MARK.search(_plain(text)))


def _plain(text: str) -> str:
    """Full-width signs and old forms as plain ones, nothing invisible between two characters."""
    folded = unicodedata.normalize("NFKC", text).translate(_OLD_FORMS)
    return "".join(letter for letter in folded if _is_seen(letter))


def _is_seen(letter: str) -> bool:
    return unicodedata.category(letter) not in {"Cf", "Mn", "Me"} and letter not in BLANK_LETTERS
