"""The invented procuratorates as rows: departments, people, posts, and how to sign in."""

import secrets
from datetime import date
from pathlib import Path

from activity.loaders import load_channels, load_ladder, load_phrases
from home.demo import people
from organization import loaders
from organization.models import Department, Marking, Post, Procuratorate, Role, User

SINCE = date(2024, 1, 2)
CLEARED_FOR_ALL = {Role.OFFICE_DIRECTOR, Role.RECORDS_CLERK, Role.CHIEF, Role.VICE_CHIEF}
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def build(logins: Path) -> list[Procuratorate]:
    """Make every office and write the random passwords to `logins`, for its owner's eyes only."""
    loaders.load_calendar()
    loaders.load_rules()
    load_ladder()
    lines: list[str] = []
    made: dict[str, Procuratorate] = {}
    for office in people.OFFICES:
        procuratorate = Procuratorate.objects.create(
            name=office.name,
            short_name=office.short_name,
            level=office.level,
            parent=made.get(office.superior),
        )
        made[office.name] = procuratorate
        loaders.load_series(procuratorate)
        load_channels(procuratorate)
        load_phrases(procuratorate)
        lines += ["", office.name, *_staff(office, procuratorate)]
    logins.parent.mkdir(parents=True, exist_ok=True)
    logins.touch(mode=0o600)
    logins.write_text("\n".join(lines).strip() + "\n", encoding="utf-8")
    return list(made.values())


def _staff(office: people.Office, procuratorate: Procuratorate) -> list[str]:
    departments = {
        unit.name: Department.objects.create(
            procuratorate=procuratorate, name=unit.name, position=position
        )
        for position, unit in enumerate(office.units, start=1)
    }
    lines = []
    for person in office.people:
        password = "".join(secrets.choice(LETTERS) for _ in range(12))
        posts = [post for post in office.posts if post.login == person.login]
        user = User.objects.create_user(
            person.login,
            password,
            name=person.name,
            procuratorate=procuratorate,
            clearance=_clearance(posts),
            email=f"{person.login}@office.invalid",
        )
        held = [_post(post, user, departments) for post in posts]
        where = posts[0].department or "院领导"
        what = "、".join(post.get_role_display() for post in held)
        lines.append(f"  {person.login:<20} {password}  {person.name}（{where}，{what}）")
    return lines


def _clearance(posts: list[people.Post]) -> Marking:
    roles = {Role(post.role) for post in posts}
    return Marking.SENSITIVE if roles & CLEARED_FOR_ALL else Marking.INTERNAL


def _post(post: people.Post, user: User, departments: dict[str, Department]) -> Post:
    row = Post.objects.create(
        procuratorate=user.procuratorate,
        user=user,
        role=post.role,
        department=departments.get(post.department),
        starts_on=SINCE,
    )
    names = [name for name in post.in_charge_of if name in departments]
    Department.objects.filter(pk__in=[departments[name].pk for name in names]).update(
        leader_in_charge=row
    )
    return row
