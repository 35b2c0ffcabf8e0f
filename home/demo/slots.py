"""What differs from one paper to the next and fits the day it was written.

A clock is never asked. Nor is the calendar of an office: these days are only written on papers.
"""

import random
from datetime import date, timedelta

from home.demo.places import table

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


def workdays(since: date, until: date) -> list[date]:
    days = (since + timedelta(days=number) for number in range((until - since).days + 1))
    return [day for day in days if is_workday(day)]


def is_workday(day: date) -> bool:
    start, length = _SPRING_FESTIVALS.get(day.year, (day, 0))
    in_festival = 0 <= (day - start).days < length
    return day.weekday() < 5 and (day.month, day.day) not in _HOLIDAYS and not in_festival


def slots(day: date, rng: random.Random) -> dict[str, str]:
    last_month = day.replace(day=1) - timedelta(days=1)
    times = rng.randint(2, 9)
    words = {name: rng.choice(choice) for name, choice in table("senders.toml")["slots"].items()}
    return words | {
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
    while not is_workday(later):
        later += timedelta(days=1)
    year = f"{later.year}年" if later.year != day.year else ""
    weekday = f"（星期{'一二三四五'[later.weekday()]}）" if name_weekday else ""
    return f"{year}{later.month}月{later.day}日{weekday}"
