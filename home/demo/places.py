"""Where the receiver of a paper stands: who is above, below and beside it, and what it is called.

The words that differ from level to level stand in `senders.toml`.
"""

import random
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

PROVINCE = "云川省"
SUPREME = "最高"
LEVELS = {"省": "province", "市": "city", "县": "county"}
_FROM_THE_PROVINCE = 0.35  # of what a county gets from procuratorates above


@dataclass(frozen=True)
class Place:
    """One letter of a name stands for it in numbers: 澜江市, 澜."""

    area: str
    city: str = ""  # of a county: the city it belongs to

    @property
    def level(self) -> str:
        return LEVELS[self.area[-1]]

    def words(self, sender: str, dice: random.Random) -> dict[str, str]:
        """What `{names in braces}` of a paper from `sender` (a key of `senders.toml`) stand for."""
        level = self.area[-1]
        offices = f"{level}委各部委，{level}级国家机关各委办局，各人民团体"
        own = table("senders.toml")["levels"][self.level]
        words = {
            **own,
            **self._above(sender, dice),
            "area": self.area,
            "a": self.area[0],
            "lv": level,
            "own": f"{self.area}人民检察院",
            "court": own["court"].format(area=self.area),
            "party_audience": f"{own['below']}，{offices}",
            "dept_audience": offices,
            "gov_audience": f"{own['below_gov']}，{level}政府各部门，"
            f"{level}人民法院，{level}人民检察院",
            "town": dice.choice(table("senders.toml")["towns"][self.area]),
        }
        return words | self._below(dice)

    def _above(self, sender: str, dice: random.Random) -> dict[str, str]:
        superior, kind = self.city, "city"
        if self.level == "province":
            superior, kind = SUPREME, "nation"
        elif self.level == "city" or (
            sender.startswith("sup") and dice.random() < _FROM_THE_PROVINCE
        ):
            superior, kind = PROVINCE, "province"
        words: dict[str, str] = table("senders.toml")["above"][kind]
        return words | {"sup": superior, "s": "高" if superior == SUPREME else superior[0]}

    def _below(self, dice: random.Random) -> dict[str, str]:
        """A county has no procuratorate below."""
        below: dict[str, str] = table("senders.toml")["lower"].get(self.area, {})
        if not below:
            return {}
        lower, chief = dice.choice(list(below.items()))
        return {"lower": lower, "lower_chief": chief, "l": lower[0]}


@cache
def table(name: str) -> dict[str, Any]:
    """One of the data files beside this module."""
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))
