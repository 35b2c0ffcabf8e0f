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

# The way of a paper to be handled; papers to be known and returned ones leave it.
ORDER = [state.value for state in State if state not in {State.CIRCULATING, State.RETURNED}]
ALL_YES = dict.fromkeys(flow.QUESTIONS, True)


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
    """A paper that got as far as `state`: led by the first department, read by the reader.

    One that is circulating is read by reader and handler; a returned one was not for the house.
    """
    if state in {State.CIRCULATING, State.RETURNED}:
        return aside_in(state, cast, marking)
    goal = ORDER.index(state)
    files = [sent(cast, file)] if file else []
    paper = flow.sign_for(arrival(), by=cast.clerk, files=files)
    first = cast.head.posts[0].department
    handler = cast.handler if divided else cast.head

    def assign():
        readers = [cast.reader.posts[0]] if marking <= cast.reader.user.clearance else []
        due = timezone.localdate() + timedelta(days=10)
        chaser = cast.clerk.posts[0] if paper.is_urgent else None
        plan = flow.Plan(lead=first, due_on=due, readers=readers, chaser=chaser)
        flow.assign(paper, plan, by=cast.clerk)
        if divided:
            flow.divide(paper, by=cast.head, to=cast.handler.posts[0])

    steps = [
        lambda: flow.register(paper, registration(marking=marking, urgency=urgency), by=cast.clerk),
        lambda: flow.screen(paper, by=cast.clerk, answers=ALL_YES),
        lambda: flow.propose(
            paper, by=cast.director, opinion="拟请检察长批示。", leaders=[cast.chief.posts[0]]
        ),
        lambda: flow.instruct(paper, by=cast.chief, opinion="同意。"),
        assign,
        lambda: flow.report(paper, by=handler, opinion="已办理。"),
        lambda: flow.review(paper, by=cast.director, opinion="同意办结。"),
        lambda: flow.close(paper, by=cast.clerk, result="已报送。"),
    ]
    for step in steps[:goal]:
        step()
    return paper


def aside_in(state, cast, marking=Marking.INTERNAL):
    """A paper to be known that is being read, or one that was sent back to its sender."""
    paper = flow.sign_for(arrival(), by=cast.clerk)
    flow.register(paper, registration(marking=marking, for_reading=True), by=cast.clerk)
    if state == State.RETURNED:
        answers = ALL_YES | {"ours": False}
        flow.screen(paper, by=cast.clerk, answers=answers, opinion="不属本院管辖。")
        return paper
    flow.screen(paper, by=cast.clerk, answers=ALL_YES)
    readers = [cast.reader.posts[0], cast.handler.posts[0]]
    flow.circulate(paper, by=cast.director, readers=readers)
    return paper


def at_work(state, cast):
    """The same, as awkward as it gets: two leaders asked; the second department assists, and the
    lead department has asked for more time."""
    paper = paper_in(state, cast, divided=False)
    if state == State.PROPOSED:
        flow.add_leader(paper, by=cast.director, leader=cast.drafting_chief.posts[0])
    if state == State.HANDLING:
        second = cast.co_handler.posts[0].department
        due = timezone.localdate() + timedelta(days=10)
        flow.add_department(paper, by=cast.director, department=second, due_on=due)
        until = due + timedelta(days=5)
        flow.ask_extension(paper, by=cast.head, until=until, opinion="需补充材料。")
    return paper
