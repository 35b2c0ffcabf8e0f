"""What the teller does within an office: its people and papers are made by the real flow."""

from datetime import date

from django.db.models import Value
from django.db.models.functions import Concat

from activity import tasks
from activity.loaders import load_channels
from activity.models import Assignment
from attachments.flow import receive
from attachments.models import Attachment
from documents.flow import incoming as flow
from documents.models import Duty, IncomingPaper
from organization import loaders
from organization.actor import Actor
from organization.models import Department, Level, Post, Procuratorate, Role, User
from tests.conftest import make_person
from tests.documents.factories import ALL_YES, arrival, pdf, registration

DEPARTMENTS = {"office": "办公室", "first": "第一检察部", "second": "第二检察部"}


def people():
    """Head and handler in two departments; the vice chief is in charge of the first."""
    place = Procuratorate.objects.create(
        name="北丘县人民检察院", short_name="北丘县院", level=Level.COUNTY
    )
    loaders.load_series(place)
    houses = {
        key: Department.objects.create(procuratorate=place, name=name, position=position)
        for position, (key, name) in enumerate(DEPARTMENTS.items())
    }
    posts = {
        "clerk": (Role.RECORDS_CLERK, houses["office"]),
        "director": (Role.OFFICE_DIRECTOR, houses["office"]),
        "chief": (Role.CHIEF, None),
        "vice_chief": (Role.VICE_CHIEF, None),
        "first_head": (Role.DEPARTMENT_HEAD, houses["first"]),
        "first_handler": (Role.STAFF, houses["first"]),
        "second_head": (Role.DEPARTMENT_HEAD, houses["second"]),
        "second_handler": (Role.STAFF, houses["second"]),
    }
    made = {name: make_person(name, place, post) for name, post in posts.items()}
    User.objects.update(email=Concat("username", Value("@beiqiu.invalid")))
    load_channels(place)
    houses["first"].leader_in_charge = made["vice_chief"].posts[0]
    houses["first"].save()


def paper(*, due_on=None, to=(), divided=(), urgency=0):
    """A paper handed out to departments; in those of `divided` the handler has it.

    Without a day the clerk is still to hand it out. Answers with the paper's id and, by
    department, the id of the open row.
    """
    found = flow.sign_for(arrival(), by=_actor("clerk"))
    flow.register(found, registration(urgency=urgency), by=_actor("clerk"))
    flow.screen(found, by=_actor("clerk"), answers=ALL_YES)
    leaders = list(_actor("chief").posts)
    flow.propose(found, by=_actor("director"), opinion="拟请检察长批示。", leaders=leaders)
    flow.instruct(found, by=_actor("chief"), opinion="请认真办理。")
    if due_on:
        hand_out(paper=found.pk, due_on=due_on, to=to)
    for key in divided:
        handler = Post.objects.get(user__username=f"{key}_handler")
        flow.divide(found, by=_actor(f"{key}_head"), to=handler)
    open_rows = Assignment.objects.about(found).open().filter(duty=Duty.HANDLE)
    keys = {name: key for key, name in DEPARTMENTS.items()}
    rows = {keys[row.department.name]: row.pk for row in open_rows.select_related("department")}
    return {"paper": found.pk, "rows": rows}


def file_of(*, pages):
    """The id of a file of so many pages, on a paper that the clerk signed for."""
    scan = pdf(pages)
    upload = receive(scan, scan.name, by=_actor("clerk"))
    found = flow.sign_for(arrival(), by=_actor("clerk"), files=[upload])
    return Attachment.objects.about(found).get().pk


def hand_out(*, paper, due_on, to):
    lead, *assisting = [Department.objects.get(name=DEPARTMENTS[key]) for key in to]
    day, clerk = date.fromisoformat(due_on), _actor("clerk")
    shares = [flow.Share(department, day) for department in assisting]
    plan = flow.Plan(lead=lead, due_on=day, assisting=shares, chaser=clerk.posts[0])
    flow.assign(IncomingPaper.objects.get(pk=paper), plan, by=clerk)


def scan():
    """Look here and now, beside whatever the worker does."""
    tasks.scan_reminders()


def deliver():
    """Send here and now, beside whatever the worker does."""
    tasks.deliver_messages()


def queue(*, times=1):
    """Leave work for a worker in the broker."""
    for _ in range(times):
        tasks.scan_reminders.delay()
        tasks.deliver_messages.delay()


def _actor(name):
    user = User.objects.get(username=name)
    posts = user.posts.select_related("user", "department", "procuratorate")
    return Actor(user, user.procuratorate, tuple(posts))


CALLS = {call.__name__: call for call in (people, paper, file_of, hand_out, scan, deliver, queue)}
