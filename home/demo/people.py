"""The invented procuratorates and the people who work in them, from the files in `offices/`.

A roster is text, because a list of names is read and corrected as a list: `# department`, then
one person a line: login, name, roles joined by `+`, and what the person does or is in charge of.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from home.demo.places import Place

# The superior before the inferior.
_FILES = ("yunchuan", "lanjiang", "qingling", "baishi", "jiling", "zhuwu", "yujin")
_NAME = "人民检察院"


class Post(NamedTuple):
    """Leaders and administrators belong to no department: theirs is the empty string."""

    login: str
    name: str
    role: str
    department: str
    in_charge_of: tuple[str, ...]


@dataclass(frozen=True)
class Person:
    login: str
    name: str
    duty: str


@dataclass(frozen=True)
class Unit:
    """A department (内设机构) with its people, head first."""

    name: str
    people: tuple[Person, ...]


@dataclass(frozen=True)
class Office:
    """One procuratorate; `superior` is the name of the one above it in the demonstration."""

    name: str
    short_name: str
    level: str
    superior: str
    units: tuple[Unit, ...]
    people: tuple[Person, ...]
    posts: tuple[Post, ...]

    @property
    def place(self) -> Place:
        city = self.superior.removesuffix(_NAME) if self.level == "county" else ""
        return Place(self.name.removesuffix(_NAME), city)


def _roster(text: str) -> tuple[tuple[Unit, ...], tuple[Person, ...], tuple[Post, ...]]:
    members: dict[str, list[Person]] = {}
    people: list[Person] = []
    posts: list[Post] = []
    department = ""
    for line in text.strip().splitlines():
        if line.startswith("# "):
            department = line.removeprefix("# ")
            continue
        login, name, roles, *rest = line.split()
        duty = rest[0] if rest else ""
        in_charge_of = tuple(duty.split("、")) if roles == "vice_chief" else ()
        person = Person(login, name, "" if in_charge_of else duty)
        people.append(person)
        if department:
            members.setdefault(department, []).append(person)
        posts += [Post(login, name, role, department, in_charge_of) for role in roles.split("+")]
    units = tuple(Unit(name, tuple(people)) for name, people in members.items())
    return units, tuple(people), tuple(posts)


def _office(file: str) -> Office:
    path = Path(__file__).with_name("offices") / f"{file}.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    units, people, posts = _roster(data.pop("roster"))
    return Office(**data, units=units, people=people, posts=posts)


OFFICES = tuple(_office(file) for file in _FILES)
SHOW_CASE = next(office for office in OFFICES if office.name == "青岭县人民检察院")
