"""Believable papers that reach the office of an invented procuratorate, the same for one seed.

What the papers say stands in `papers.toml`, who sends them in `senders.toml`. A clock is never
asked: whoever wants no paper from the future says until when.
"""

import random
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

PROVINCE = "云川省"
SENDER_CLASSES = (
    "superior",
    "party",
    "congress",
    "government",
    "cppcc",
    "justice",
    "subordinate",
    "other",
)
KINDS = ("通知", "函", "请示", "报告", "通报", "意见", "纪要", "批复")
URGENCIES = ("", "加急", "特急")

_PARAGRAPHS = (3, 8)
_FESTIVALS = {1: "春节", 4: "劳动节", 6: "端午节", 9: "国庆节", 12: "元旦"}
# No paper bears the date of a holiday and none sets its deadline on one. Rather too many days
# than too few: real deadlines come from the calendar of the office, never from here.
_HOLIDAYS = {
    *((1, day) for day in (1, 2, 3)),
    *((4, day) for day in (4, 5, 6)),
    *((5, day) for day in range(1, 6)),
    *((10, day) for day in range(1, 9)),
}
_SPRING_FESTIVALS = {2025: (date(2025, 1, 28), 8), 2026: (date(2026, 2, 15), 9)}
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Letter:
    """`sender_number` is the 发文字号; `signed_by` is filled on papers that go upwards only."""

    sender: str
    sender_class: str
    sender_number: str
    title: str
    kind: str
    written_on: date
    urgency: str
    addressee: str
    paragraphs: tuple[str, ...]
    signer_org: str
    copies_to: str
    signed_by: str = ""


@dataclass(frozen=True)
class _Sender:
    name: str
    sender_class: str
    codes: dict[str, str]
    copies: Sequence[str]
    audience: str = "{own}"
    tails: Sequence[str] = ("",)
    only: str = ""


@dataclass(frozen=True)
class _Paper:
    sender: str
    kind: str
    title: str
    text: Sequence[str]
    months: Sequence[int] = tuple(range(1, 13))
    urgency: str = ""
    only: str = ""
    to: str = ""


def letters(
    year: int, count: int, seed: int, city: str, county: str, until: date | None = None
) -> list[Letter]:
    """Papers of one year in order of date, to the county's procuratorate.

    Without a county (the empty string) they go to the city's. Titles repeat only when there are
    more papers than things to say.
    """
    rng = random.Random(f"{year}/{seed}/{city}/{county}")  # noqa: S311 demonstration, no secret
    days = [day for day in _workdays(year) if until is None or day <= until]
    papers = [paper for paper in _papers() if _reaches(paper, county) and _days(paper, days)]
    written: list[Letter] = []
    seen: set[str] = set()
    deck: list[_Paper] = []
    misses = 0
    while papers and len(written) < count:
        if not deck:
            deck = rng.sample(papers, len(papers))
        paper = deck.pop()
        letter = _write(paper, rng.choice(_days(paper, days)), city, county, rng)
        if letter.title in seen and misses < 3 * len(papers):
            misses += 1
            continue
        if letter.title not in seen:
            misses = 0
        seen.add(letter.title)
        written.append(letter)
    return _numbered(sorted(written, key=lambda letter: letter.written_on), rng)


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


@cache
def _papers() -> tuple[_Paper, ...]:
    return tuple(_Paper(**row) for row in _table("papers.toml")["paper"])


@cache
def _sender(key: str) -> _Sender:
    return _Sender(**_table("senders.toml")["senders"][key])


def _reaches(paper: _Paper, county: str) -> bool:
    wanted = paper.only or _sender(paper.sender).only
    return wanted in ("", "county" if county else "city")


def _days(paper: _Paper, days: Sequence[date]) -> list[date]:
    return [day for day in days if day.month in paper.months]


def _workdays(year: int) -> list[date]:
    first = date(year, 1, 1)
    days = (first + timedelta(days=number) for number in range(366))
    return [day for day in days if day.year == year and _is_workday(day)]


def _is_workday(day: date) -> bool:
    start, length = _SPRING_FESTIVALS.get(day.year, (day, 0))
    in_festival = 0 <= (day - start).days < length
    return day.weekday() < 5 and (day.month, day.day) not in _HOLIDAYS and not in_festival


def _write(paper: _Paper, day: date, city: str, county: str, rng: random.Random) -> Letter:
    """One paper without its running number: `sender_number` is still the bare 机关代字."""
    sender = _sender(paper.sender)
    words = _places(paper.sender, city, county, rng) | _slots(day, rng)
    words["sender"] = sender.name.format_map(words)
    text = _paragraphs(paper, sender, rng)
    going_up = paper.kind in ("请示", "报告")
    to = paper.to or ("{own}" if going_up or paper.kind in ("函", "批复") else sender.audience)
    return Letter(
        sender=words["sender"],
        sender_class=sender.sender_class,
        sender_number=sender.codes[paper.kind].format_map(words),
        title=paper.title.format_map(words),
        kind=paper.kind,
        written_on=day,
        urgency=paper.urgency or _urgency(paper, rng),
        addressee="" if paper.kind == "纪要" else to.format_map(words).format_map(words),
        paragraphs=tuple(paragraph.format_map(words) for paragraph in text),
        signer_org=words["sender"],
        copies_to=rng.choice(sender.copies).format_map(words),
        signed_by=words["lower_chief"] if going_up else "",
    )


def _urgency(paper: _Paper, rng: random.Random) -> str:
    """Only a paper that wants something within days is marked urgent, and not every one."""
    within_days = any("{deadline_short}" in paragraph for paragraph in paper.text)
    return rng.choice(("", "加急")) if within_days else ""


def _paragraphs(paper: _Paper, sender: _Sender, rng: random.Random) -> list[str]:
    """The text of the paper, sometimes a last request, and the phrase such a paper ends with."""
    fewest, most = _PARAGRAPHS
    text = list(paper.text)
    names_a_day = any("{deadline" in paragraph for paragraph in text)
    tail = rng.choice(sender.tails)
    if paper.kind in ("通知", "意见", "通报") and not (names_a_day and "{deadline" in tail):
        text.append(tail)
    ending = "复函" if paper.title.endswith("复函") else paper.kind
    closings = _table("senders.toml")["closings"].get(ending, [""])
    text = [paragraph for paragraph in text if paragraph]
    text.append(closings[0] if len(text) < fewest else rng.choice(closings))
    return [paragraph for paragraph in text if paragraph][:most]


def _places(key: str, city: str, county: str, rng: random.Random) -> dict[str, str]:
    """Who is who around the receiver. One letter of a name stands for it in numbers: 澜江市, 澜."""
    area = county or city
    superior = city if county else PROVINCE
    if county and key.startswith("sup") and rng.random() < 0.35:
        superior = PROVINCE
    lower, lower_chief = rng.choice(list(_table("senders.toml")["lower"].items()))
    level = area[-1]
    below = "各乡镇党委和人民政府" if county else "各县（区）委和人民政府"
    offices = f"{level}委各部委，{level}级国家机关各委办局，各人民团体"
    counties = "各县（市、区）人民检察院" if superior == PROVINCE else "各县（区）人民检察院"
    cities = "各市人民检察院，" if superior == PROVINCE else ""
    return {
        "area": area,
        "a": area[0],
        "lv": level,
        "own": f"{area}人民检察院",
        "court": f"{area}人民法院" if county else f"{area}中级人民法院",
        "sup": superior,
        "s": superior[0],
        "sup_short": f"{superior[-1]}院",
        "sup_party": f"{superior}委",
        "scope": f"全{superior[-1]}",
        "sup_audience": f"{cities}{counties}，本院各内设机构",
        "sup_audience_office": f"{cities}{counties}",
        "party_audience": f"{below}，{offices}",
        "dept_audience": offices,
        "gov_audience": f"{below.replace('党委和', '').replace('委和', '')}，{level}政府各部门，"
        f"{level}人民法院，{level}人民检察院",
        "lower": lower,
        "lower_chief": lower_chief,
        "l": lower[0],
    }


def _slots(day: date, rng: random.Random) -> dict[str, str]:
    """What differs from one paper to the next and fits the day it was written."""
    last_month = day.replace(day=1) - timedelta(days=1)
    times = rng.randint(2, 9)
    slots = {name: rng.choice(words) for name, words in _table("senders.toml")["slots"].items()}
    return slots | {
        "year": str(day.year),
        "last_year": str(day.year - 1),
        "next_year": str(day.year + 1),
        "month": f"{day.month}月",
        "last_month": f"{last_month.year}年{last_month.month}月",
        "period": _period(last_month, day.year),
        "quarter": _quarter_before(day),
        "festival": _FESTIVALS.get(day.month, "节假日"),
        "session": _chinese((day.year - 2021) % 5 * 6 + (day.month + 1) // 2),
        "deadline": _after(day, rng.randint(10, 25)),
        "deadline_short": _after(day, rng.randint(2, 4)),
        "event_day": _after(day, rng.randint(7, 15), name_weekday=True),
        "k": str(times),
        "ordinal": _chinese(times),
        "m": str(rng.randint(5, 10)),
        "n": str(rng.randint(11, 39)),
    }


def _period(last_month: date, year: int) -> str:
    if last_month.year < year:
        return f"{last_month.year}年度"
    months = "1月份" if last_month.month == 1 else f"1至{last_month.month}月份"
    return f"{year}年{months}"


def _quarter_before(day: date) -> str:
    quarter = (day.month - 1) // 3
    return f"{day.year}年第{_DIGITS[quarter]}季度" if quarter else f"{day.year - 1}年第四季度"


def _chinese(number: int) -> str:
    """A number below one hundred as it is read: 二十三."""
    tens, ones = divmod(number, 10)
    head = ("十" if tens == 1 else f"{_DIGITS[tens]}十") if tens else ""
    return head + (_DIGITS[ones] if ones or not tens else "")


def _after(day: date, days: int, *, name_weekday: bool = False) -> str:
    """The first working day at least so many days later, with the year only when it is another."""
    later = day + timedelta(days=days)
    while not _is_workday(later):
        later += timedelta(days=1)
    year = f"{later.year}年" if later.year != day.year else ""
    weekday = f"（星期{'一二三四五'[later.weekday()]}）" if name_weekday else ""
    return f"{year}{later.month}月{later.day}日{weekday}"


def _numbered(written: list[Letter], rng: random.Random) -> list[Letter]:
    """Each series runs upwards through the year, with gaps: the rest went to other offices."""
    last: dict[str, int] = {}
    numbered = []
    for letter in written:
        code = letter.sender_number
        last[code] = last.get(code, letter.written_on.month) + rng.randint(1, 5)
        number = f"{code}〔{letter.written_on.year}〕{last[code]}号"
        numbered.append(replace(letter, sender_number=number))
    return numbered
