"""How a name is read, so that people are found by the first letters of its syllables.

The library reads words; a surname is often read otherwise than the same character in a word,
and so are some characters in names that come from another language. Those are in a table.
"""

import csv
import re
import unicodedata
from functools import cache
from pathlib import Path

from pypinyin import lazy_pinyin

READINGS = Path(__file__).parent / "data" / "readings.csv"
_LETTER = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
_HAN = re.compile(f"{_LETTER}+")
_GAP = re.compile(rf"(?<={_LETTER})\s+(?={_LETTER})")  # 张　堃, as lists are set
_DOT = re.compile(r"[·•‧・∙⋅.]")  # between the parts of a name from another language


def reading(name: str) -> str:
    """任远帆 is `ren yuan fan`: lower case, syllables apart, without tones; ü is v.

    What has no reading in Latin letters is left out; a person may write the reading by hand.
    """
    name = unicodedata.normalize("NFKC", name).strip()
    if _DOT.search(name):
        parts = [_HAN.sub(lambda run: _transcribed(run[0]), part) for part in _DOT.split(name)]
        return _latin(" ".join(parts))
    return _latin(_HAN.sub(lambda run: _full_name(run[0]), _GAP.sub("", name)))


def _full_name(name: str) -> str:
    """A surname and a given name, read apart: what stands at their border is no word."""
    surname = next(filter(name.startswith, _table("surname")), name[0])
    read = _table("surname").get(surname) or _syllables(surname)
    return f" {read} {_syllables(name[len(surname) :])} "


def _transcribed(part: str) -> str:
    read = zip(part, lazy_pinyin(part), strict=True)
    return " ".join(_table("transcribed").get(letter, usual) for letter, usual in read)


def _syllables(text: str) -> str:
    return " ".join(lazy_pinyin(text))


def _latin(text: str) -> str:
    """Letters without their accents, in lower case; anything else parts them."""
    plain = unicodedata.normalize("NFD", text.lower().replace("ü", "v"))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[a-z0-9]+", bare))


@cache
def _table(where: str) -> dict[str, str]:
    """The longest first, so that 尉迟 is found before 尉."""
    with READINGS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["where"] == where]
    rows.sort(key=lambda row: -len(row["text"]))
    return {row["text"]: row["reading"] for row in rows}
