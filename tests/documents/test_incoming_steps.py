"""Who can do what, when. The table is the rule; the test compares it with the code both ways."""

from activity.steps import open_duties
from documents import forms, views
from documents.flow import incoming as flow
from documents.models import State
from tests.documents.factories import paper_in

OPEN = {
    ("register", State.SIGNED_FOR, "clerk"),
    ("register", State.SIGNED_FOR, "colleague"),
    ("propose", State.REGISTERED, "director"),
    ("instruct", State.PROPOSED, "chief"),
    ("instruct", State.PROPOSED, "delegate"),
    ("assign", State.INSTRUCTED, "clerk"),
    ("assign", State.INSTRUCTED, "colleague"),
    ("divide", State.HANDLING, "head"),
    ("report", State.HANDLING, "head"),
    ("read", State.HANDLING, "reader"),
    ("read", State.REPORTED, "reader"),
    ("close", State.REPORTED, "clerk"),
    ("close", State.REPORTED, "colleague"),
    ("read", State.CLOSED, "reader"),
}


def test_open_steps_are_exactly_these(cast):
    papers = {state: paper_in(state, cast, divided=False) for state in State}
    found = {
        (step.name, state, who)
        for step in flow.STEPS
        for state, paper in papers.items()
        for who, actor in vars(cast).items()
        if step.is_open(paper, actor, open_duties(paper, actor))
    }
    assert found == OPEN


def test_after_dividing_the_handler_reports_and_the_head_does_not(cast):
    paper = paper_in(State.HANDLING, cast)
    may_report = {
        who
        for who, actor in vars(cast).items()
        if flow.REPORT.is_open(paper, actor, open_duties(paper, actor))
    }
    assert may_report == {"handler"}


def test_every_step_has_a_function_a_form_and_a_page_of_its_name():
    for step in flow.STEPS:
        assert callable(getattr(flow, step.name))
        assert callable(getattr(views, step.name))
    later = {step.name for step in flow.STEPS} - {"sign_for"}
    assert set(forms.FORMS) == later


def test_the_flow_refuses_exactly_what_the_table_leaves_out(cast, take):
    """Each step is really tried by each person in each state."""
    taken = set()
    for state in State:
        for step in flow.STEPS[1:]:
            for who in vars(cast):
                if take(step.name, who, state):
                    taken.add((step.name, state, who))
    assert taken == OPEN
