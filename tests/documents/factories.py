"""Papers in any state, brought there by the real flow: none of them could not have happened."""

import io
from datetime import date, timedelta

import pypdfium2
from django.core.files.base import ContentFile
from django.utils import timezone

from attachments.flow import receive
from documents.flow import incoming as flow
from documents.models import Channel, State
from organization.models import Marking

ORDER = [state.value for state in State]


def registration(**fields):
    return flow.Registration(
        **{
            "title": "关于报送年度工作总结的通知",
            "sender": "丘陵市人民检察院",
            "sender_class": "superior",
            "sender_number": "丘检办〔2026〕8号",
            "kind": "notice",
            "written_on": date(2026, 1, 5),
            "urgency": 0,
            "marking": Marking.INTERNAL,
            "copies": 1,
        }
        | fields
    )


def arrival(**fields):
    known = {"sender": "丘陵市人民检察院", "title": "关于报送年度工作总结的通知"}
    return flow.Arrival(**known | {"channel": Channel.EXCHANGE} | fields)


def pdf(pages=1, name="来文.pdf"):
    """A real PDF of empty pages."""
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(595, 842)

    out = io.BytesIO()
    document.save(out)
    document.close()
    return ContentFile(out.getvalue(), name=name)


def plan(departments, **fields):
    due = timezone.localdate() + timedelta(days=10)
    return flow.Plan(**{"lead": departments.first, "due_on": due} | fields)


def sent(cast, file=None):
    """A file the clerk has sent, ready to be attached."""
    file = file or pdf()
    return receive(file, file.name, by=cast.clerk)


def paper_in(state, cast, *, marking=Marking.INTERNAL, urgency=0, file=None, divided=True):
    """A paper that got as far as `state`: led by the first department, read by the reader."""
    goal = ORDER.index(state)
    files = [sent(cast, file)] if file else []
    paper = flow.sign_for(arrival(), by=cast.clerk, files=files)
    first = cast.head.posts[0].department
    handler = cast.handler if divided else cast.head

    def assign():
        readers = [cast.reader.posts[0]] if marking <= cast.reader.user.clearance else []
        due = timezone.localdate() + timedelta(days=10)
        flow.assign(paper, flow.Plan(lead=first, due_on=due, readers=readers), by=cast.clerk)
        if divided:
            flow.divide(paper, by=cast.head, to=cast.handler.posts[0])

    steps = [
        lambda: flow.register(paper, registration(marking=marking, urgency=urgency), by=cast.clerk),
        lambda: flow.propose(
            paper, by=cast.director, opinion="拟请检察长批示。", leaders=[cast.chief.posts[0]]
        ),
        lambda: flow.instruct(paper, by=cast.chief, opinion="同意。"),
        assign,
        lambda: flow.report(paper, by=handler, opinion="已办理。"),
        lambda: flow.close(paper, by=cast.clerk, result="已报送。"),
    ]
    for step in steps[:goal]:
        step()
    return paper
