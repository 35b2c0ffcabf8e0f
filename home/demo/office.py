"""The invented procuratorates as rows: departments, people, posts, and how to sign in."""

import secrets
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password

from activity.loaders import load_channels, load_ladder, load_phrases
from home.demo import people, press
from organization import loaders
from organization.models import Department, Marking, Post, Procuratorate, Role, User
from organization.pinyin import reading

SINCE = date(2024, 1, 2)
CLEARED_FOR_ALL = {Role.OFFICE_DIRECTOR, Role.RECORDS_CLERK, Role.CHIEF, Role.VICE_CHIEF}
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class Account:
    """A person who can sign in, and the words of the list of log-ins."""

    person: people.Person
    password: str
    hashed: Future[str]
    posts: tuple[people.Post, ...]

    @property
    def clearance(self) -> Marking:
        roles = {Role(post.role) for post in self.posts}
        return Marking.SENSITIVE if roles & CLEARED_FOR_ALL else Marking.INTERNAL

    @property
    def title(self) -> str:
        where = self.posts[0].department or "院领导"
        what = "、".join(str(Role(post.role).label) for post in self.posts)
        return f"{self.person.name}（{where}，{what}）"


def accounts(office: people.Office, pool: Executor) -> list[Account]:
    """Everybody of an office, each with a random password."""
    passwords = ["".join(secrets.choice(LETTERS) for _ in range(12)) for _ in office.people]
    hashed = press.hashes(passwords, pool)
    return [
        Account(person, password, made, tuple(p for p in office.posts if p.login == person.login))
        for person, password, made in zip(office.people, passwords, hashed, strict=True)
    ]


def load_reference() -> None:
    loaders.load_calendar()
    loaders.load_rules()
    load_ladder()


def build(office: people.Office, staff: list[Account]) -> Procuratorate:
    """Make an office whose superior was made before."""
    procuratorate = Procuratorate.objects.create(
        name=office.name,
        short_name=office.short_name,
        level=office.level,
        parent=Procuratorate.objects.filter(name=office.superior).first(),
    )
    loaders.load_series(procuratorate)
    load_channels(procuratorate)
    load_phrases(procuratorate)
    departments = Department.objects.bulk_create(
        Department(procuratorate=procuratorate, name=unit.name, position=position)
        for position, unit in enumerate(office.units, start=1)
    )
    _posts(procuratorate, staff, {each.name: each for each in departments})
    return procuratorate


def _posts(
    procuratorate: Procuratorate, staff: list[Account], departments: dict[str, Department]
) -> None:
    users = User.objects.bulk_create(
        User(
            username=account.person.login,
            password=make_password(None),  # until the real ones are hashed
            name=account.person.name,
            pinyin=reading(account.person.name),
            procuratorate=procuratorate,
            clearance=account.clearance,
            email=f"{account.person.login}@office.invalid",
        )
        for account in staff
    )
    held = [
        (user, post) for user, account in zip(users, staff, strict=True) for post in account.posts
    ]
    rows = Post.objects.bulk_create(
        Post(
            procuratorate=procuratorate,
            user=user,
            role=post.role,
            department=departments.get(post.department),
            starts_on=SINCE,
        )
        for user, post in held
    )
    for row, (_, post) in zip(rows, held, strict=True):
        for name in post.in_charge_of:
            departments[name].leader_in_charge = row
    Department.objects.bulk_update(departments.values(), ["leader_in_charge"])


def give_passwords(staff: list[Account]) -> None:
    """Last, because hashing hundreds of them takes as long as half a year of papers."""
    users = User.objects.in_bulk([each.person.login for each in staff], field_name="username")
    for account in staff:
        users[account.person.login].password = account.hashed.result()
    User.objects.bulk_update(users.values(), ["password"])
