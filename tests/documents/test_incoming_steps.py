"""Who can do what, when. The table is the rule; the test compares it with the code both ways."""

import pytest
from django.urls import resolve, reverse

from activity.steps import open_duties
from documents import forms
from documents.flow import incoming as flow
from documents.models import State
from tests.documents.factories import at_work, paper_in

GIVEN_OUT = "circulating handling reported reviewed closed"
NOT_ENDED = (
    "signed_for registered screened proposed instructed circulating handling reported reviewed"
)
# step -> states, and who may take it there. The papers are those of `factories.at_work`.
OPEN = {
    "register": [("signed_for", "clerk colleague")],
    "screen": [("registered", "clerk colleague")],
    "propose": [("screened", "director")],
    "forward": [("screened", "director")],
    "circulate": [("screened", "director"), ("instructed", "clerk colleague")],
    "instruct": [("proposed", "chief drafting_chief delegate")],
    "add_leader": [("proposed", "director chief drafting_chief delegate")],
    "remove_leader": [("proposed", "director chief drafting_chief delegate")],
    "assign": [("instructed", "clerk colleague")],
    "reassign": [("handling", "clerk colleague director")],
    "add_department": [("handling", "clerk colleague director")],
    "drop_department": [("handling", "clerk colleague director")],
    "report": [("handling", "head co_handler")],
    "divide": [("handling", "head co_handler")],
    "ask_extension": [("handling", "co_handler")],  # the head's is being decided
    "decide_extension": [("handling", "director")],
    "review": [("reported", "director")],
    "close": [("reviewed", "clerk colleague")],
    "read": [("circulating", "handler reader"), ("handling reported reviewed closed", "reader")],
    "add_readers": [(GIVEN_OUT, "clerk colleague director")],
    "remove_reader": [(GIVEN_OUT, "clerk colleague director")],
    "answer": [
        ("circulating", "clerk colleague director"),
        ("handling", "clerk colleague director head co_handler"),
        ("reported reviewed closed", "clerk colleague director head"),
    ],
    "send_back": [
        ("registered instructed reviewed", "clerk colleague"),
        ("screened reported", "director"),
        ("proposed", "chief drafting_chief delegate"),
        ("handling", "head co_handler"),
    ],
    "recall": [  # whoever took the last step; the chief's post is the delegate's as well
        ("registered screened handling", "clerk"),
        ("proposed circulating reviewed", "director"),
        ("instructed", "chief delegate"),
        ("reported", "head"),
    ],
    "chase": [
        (
            f"{NOT_ENDED} closed",
            "clerk colleague director chief vice_chief drafting_chief delegate",
        )
    ],
}


def open_in(state):
    """{(step, person)} of the table for one state."""
    return {
        (step, who)
        for step, lines in OPEN.items()
        for states, people in lines
        if state in states.split()
        for who in people.split()
    }


@pytest.mark.parametrize("state", State.values)
def test_open_steps_are_exactly_these(cast, state):
    paper = at_work(State(state), cast)
    duties = {who: open_duties(paper, actor) for who, actor in vars(cast).items()}
    found = {
        (step.name, who)
        for step in flow.STEPS
        for who, actor in vars(cast).items()
        if step.is_open(paper, actor, duties[who])
    }
    assert found == open_in(state)


@pytest.mark.parametrize("state", State.values)
def test_the_flow_refuses_exactly_what_the_table_leaves_out(cast, take, state):
    """Each step is really tried by each person in each state."""
    taken = {
        (step.name, who)
        for step in flow.STEPS[1:]
        for who in vars(cast)
        if take(step.name, who, State(state))
    }
    assert taken == open_in(state)


def test_every_step_has_a_function_a_form_and_an_address_of_its_name():
    later = {step.name for step in flow.STEPS} - {"sign_for"}
    assert set(forms.FORMS) == later
    for name in later:
        assert callable(getattr(flow, name))
        assert resolve(reverse(f"documents:{name}", args=[1])).url_name == name


def test_after_dividing_the_handler_reports_and_the_head_does_not(cast):
    paper = paper_in(State.HANDLING, cast)
    may_report = {
        who
        for who, actor in vars(cast).items()
        if flow.REPORT.is_open(paper, actor, open_duties(paper, actor))
    }
    assert may_report == {"handler"}
