"""Which pages are looked at, and by whom: one row for each page that needs more than its door says.

`tests/test_doors.py` has every address of the product. A new page is looked at without a word here,
by the people named for its kind of door; a row in VIEWS says who else, or which of its records.
"""

from typing import NamedTuple

from organization.access import ADD, DELETE, VIEW, may, may_enter
from organization.models import Role
from tests.administration import PAGES
from tests.test_doors import (
    ADMINISTRATION,
    CLERKS,
    DOORS,
    FILE,
    MONITOR,
    OFFICE,
    OPEN,
    OWN,
    PAPER,
    PHRASE,
    RETURNED,
    STOP,
)

NOBODY = "nobody"
ADMINISTRATORS = ("system_admin", "security_admin", "auditor")

# A GET that answers with something else than a page, and what that is.
NO_PAGES = {
    "healthz": "words for a machine",
    "attachments:download": "a file",
    "attachments:page": "a picture",
    "attachments:preview": "a part of the page of a paper, and looked at there",
    "admin:jsi18n": "words for a script",
    **{
        f"admin:{label.replace('.', '_')}_history": "the way to the list of events"
        for label in PAGES
    },
}

# The acts a paper's page only links to, and who follows the link.
ASIDES = {
    "reassign": "clerk",
    "add_department": "clerk",
    "drop_department": "clerk",
    "ask_extension": "co_head",
    "add_readers": "clerk",
    "remove_reader": "director",
    "answer": "head",
    "send_back": "head",
    "chase": "director",
    "add_leader": "director",
    "remove_leader": "chief",
}

# Who opens a door of this kind when VIEWS does not say.
PEOPLE = {
    OPEN: (NOBODY,),
    OWN: ("clerk", "director", "chief", "head", "auditor"),
    CLERKS: ("clerk",),
    OFFICE: ("clerk", "director"),
    PAPER: ("director",),
    RETURNED: ("clerk",),
    STOP: ("director",),
    FILE: ("director",),
    PHRASE: ("clerk",),
    MONITOR: ADMINISTRATORS,
    ADMINISTRATION: ADMINISTRATORS,
}


class View(NamedTuple):
    """`of` is a name from `Office.things` (then its key is the address's argument), or the
    argument itself."""

    of: str
    who: tuple[str, ...]
    query: str = ""


VIEWS = {
    "change_password": [View("", ("head", "system_admin"))],
    "home:workbench": [View("", ("clerk", "chief", "head", "late_reader", *ADMINISTRATORS))],
    "activity:box": [
        View("to_do", ("clerk", "director", "chief", "head")),
        View("to_do", ("head",), "due=late"),
        View("to_do", ("auditor",)),
        View("to_read", ("late_reader",)),
        View("done", ("clerk", "vice_chief")),
        View("read", ("reader",)),
    ],
    "activity:delegations": [View("", ("head", "director", "auditor"))],
    "activity:handovers": [View("", ("director",))],
    "activity:hand_over": [View("late_reader", ("director",))],
    "activity:handover_sheet": [View("handover", ("director", "reader"))],
    "activity:lend": [View("", ("head", "director"))],
    "activity:notices": [View("", ("clerk", "head", "security_admin"))],
    "activity:phrases": [View("", ("clerk", "head")), View("", ("clerk",), "act=close")],
    "activity:change_phrase": [View("phrase", ("clerk",))],
    "attachments:stops": [
        View("", ("clerk", "director", "auditor")),
        View("", ("director",), "released=1"),
    ],
    "documents:register_list": [
        View("", ("clerk", "director", "chief", "auditor")),
        View("", ("director",), "title=没有这份文件&since=昨天"),
    ],
    "documents:incoming": [
        View("signed_for", ("clerk",)),
        View("registered", ("clerk",)),
        View("screened", ("director",)),
        View("proposed", ("chief",)),
        View("instructed", ("clerk",)),
        View("handling", ("head", "late_reader")),
        View("extended", ("director",)),
        View("circulating", ("director", "late_reader")),
        View("reported", ("director",)),
        View("reviewed", ("clerk",)),
        View("returned", ("clerk",)),
        View("closed", ("clerk", "chief")),
    ],
    "documents:act": [
        *(View(f"act {name}", (who,)) for name, who in ASIDES.items()),
        View("act send_back whole", ("director",)),
    ],
    "documents:batch": [
        View("chase", ("clerk",), "{papers}"),
        View("add_readers", ("clerk",), "{papers}"),
        View("read", ("reader",), "{papers}"),
        View("instruct", ("chief",)),
    ],
    "documents:return_slip": [View("returned", ("clerk",))],
}


def _administration() -> dict[str, list[View]]:
    """Each page of 系统管理 in front of every administrator whose duty it is."""
    rights = {"changelist": VIEW, "change": VIEW, "add": ADD, "delete": DELETE}
    views = {
        "admin:app_list": [
            View(app, tuple(one for one in ADMINISTRATORS if may_enter([Role(one)], app)))
            for app in ("organization", "activity")
        ]
    }
    for label, acts in PAGES.items():
        for act in set(acts) & set(rights):
            who = tuple(one for one in ADMINISTRATORS if may([Role(one)], label, rights[act]))
            of = "" if act in {"changelist", "add"} else label
            views[f"admin:{label.replace('.', '_')}_{act}"] = [View(of, who)]
    return views


VIEWS |= _administration()


class Visit(NamedTuple):
    door: str
    view: View
    who: str

    def __str__(self) -> str:
        asked = f"?{self.view.query}" if self.view.query else ""
        return f"{self.door} {self.view.of}{asked} {self.who}"


def pages() -> list[str]:
    """Every GET in the table of doors that is a page."""
    return [name for name, (method, _) in DOORS.items() if method == "get" and name not in NO_PAGES]


def visits() -> list[Visit]:
    return [
        Visit(door, view, who)
        for door in pages()
        for view in VIEWS.get(door) or [View("", PEOPLE[DOORS[door][1]])]
        for who in view.who
    ]
