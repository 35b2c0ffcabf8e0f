"""Marks of secrecy (密级标志), as they stand on a paper.

A mark is a level with a star: 秘密★1年, 机密★会议开始前 (保守国家秘密法实施条例 第二十一条). It
stands at the top left of the first page (党政机关公文格式 GB/T 9704-2012 7.2.2). The words
alone are no mark: 商业秘密, 保守国家秘密法 and 机密级计算机 are words of ordinary papers.
"""

import re
import unicodedata

from attachments.models.stop import Place

_LEVEL = r"(?:绝\s*密|机\s*密|秘\s*密)"
_STAR = "[★☆⭐✩✪✯]"
_TERM = r"(?:\d+\s*(?:年|个月|月|日|天)|长\s*期)"
_MARK = re.compile(
    rf"{_LEVEL}\s*{_STAR}"  # 机密★, and with whatever term or condition
    rf"|{_LEVEL}\s*\*\s*{_TERM}"  # as typed where there is no star on the keyboard
    rf"|密\s*级\s*[:：]\s*{_LEVEL}"
)
_ALONE = re.compile(rf"^\W*{_LEVEL}(?:\s*{_TERM})?\W*$")
_IN_NAME = re.compile(rf"(?:^|[\[(（【〔<《_\s-]){_LEVEL}(?:级)?(?:[\])）】〕>》_\s-]|\.|$)")
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
    """Full-width signs as plain ones, and nothing invisible between two characters."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(letter for letter in folded if unicodedata.category(letter) != "Cf")
