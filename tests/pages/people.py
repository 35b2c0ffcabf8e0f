"""The people of an office of any size, with the names that are hardest on a page."""

from types import SimpleNamespace

from activity.loaders import load_ladder
from organization import loaders
from organization.models import Department, Level, Marking, Procuratorate, Role
from tests.conftest import make_person

LONG_DEPARTMENT = "刑事执行检察与控告申诉检察部（未成年人检察工作办公室）"
LONG_NAME = "阿卜杜热合曼·买买提江·伊敏江·肉孜"
ALONE = {
    "clerk": (Role.RECORDS_CLERK, "office"),
    "director": (Role.OFFICE_DIRECTOR, "office"),
    "chief": (Role.CHIEF, None),
    "vice_chief": (Role.VICE_CHIEF, None),
    "second_vice_chief": (Role.VICE_CHIEF, None),
    "head": (Role.DEPARTMENT_HEAD, "first"),
    "handler": (Role.STAFF, "first"),
    "co_head": (Role.DEPARTMENT_HEAD, "second"),
    "reader": (Role.STAFF, "second"),
    "late_reader": (Role.STAFF, "second"),
    "system_admin": (Role.SYSTEM_ADMIN, None),
    "security_admin": (Role.SECURITY_ADMIN, None),
    "auditor": (Role.AUDITOR, None),
}


def found(name: str) -> Procuratorate:
    """A procuratorate with its calendar, rules, ladder and series."""
    loaders.load_calendar()
    loaders.load_rules()
    load_ladder()
    place = Procuratorate.objects.create(name=name, short_name=name[:4], level=Level.COUNTY)
    loaders.load_series(place)
    return place


def hire(place: Procuratorate, size: int) -> SimpleNamespace:
    """One person for each post that is looked at, and `size` readers in a department of theirs."""
    names = {"office": "办公室", "first": "第一检察部", "second": LONG_DEPARTMENT}
    departments = {
        key: Department.objects.create(procuratorate=place, name=name, position=position)
        for position, (key, name) in enumerate(names.items())
    }

    def person(key, role, department, shown=""):
        post = (role, departments.get(department))
        actor = make_person(f"{key}-{size}", place, post, clearance=Marking.SENSITIVE)
        actor.user.name = shown or key
        actor.user.save()
        return actor

    shown = {"head": LONG_NAME, "vice_chief": LONG_NAME, "reader": LONG_NAME}
    people = {key: person(key, *post, shown.get(key, "")) for key, post in ALONE.items()}
    readers = [
        person(f"reader{number}", Role.STAFF, "second", f"读者{number}") for number in range(size)
    ]
    return SimpleNamespace(**people, readers=readers, departments=departments)
