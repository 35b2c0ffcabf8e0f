"""Who holds each right, whatever was given to whom: the second lock beside the open row."""

from dataclasses import replace

from documents import access
from documents.models import IncomingPaper, State
from tests.documents.factories import paper_in

CLERKS = {"clerk", "colleague", "outsider"}
DIRECTORS = {"director", "superior"}
HEADS = {"director", "head", "co_handler", "superior"}
LEADERS = {"chief", "delegate", "vice_chief", "drafting_chief"}
OTHERS = {"handler", "reader", "two_posts", "system_admin", "security_admin", "auditor"}
EVERYBODY = CLERKS | HEADS | LEADERS | OTHERS  # the row given to them decides
HOLDERS = {
    "may_sign_for": CLERKS,
    "may_register": CLERKS,
    "may_screen": CLERKS,
    "may_propose": DIRECTORS,
    "may_circulate": DIRECTORS,  # and clerks once it is instructed: see below
    "may_instruct": LEADERS,
    "may_change_leaders": DIRECTORS,  # and a leader who was asked
    "may_assign": CLERKS,
    "may_change_departments": CLERKS | DIRECTORS,
    "may_divide": HEADS,
    "may_report": EVERYBODY,
    "may_ask_extension": EVERYBODY,
    "may_decide_extension": DIRECTORS,
    "may_review": DIRECTORS,
    "may_close": CLERKS,
    "may_answer": CLERKS | DIRECTORS,  # and whoever handles it
    "may_read": EVERYBODY,
    "may_change_readers": CLERKS | DIRECTORS,
    "may_send_back": EVERYBODY,
    "may_recall": set(),  # whoever has done something
    "may_chase": CLERKS | DIRECTORS | LEADERS,  # and whoever answers for chasing it
}


def test_the_table_names_every_right_and_the_whole_cast(cast):
    assert set(HOLDERS) == {name for name in vars(access) if name.startswith("may_")}
    assert set(vars(cast)) == EVERYBODY


def nobodys():
    """A paper nobody has anything to do with."""
    return IncomingPaper(pk=0)


def test_each_right_is_held_by_exactly_these(cast):
    found = {
        name: {who for who, actor in vars(cast).items() if getattr(access, name)(actor, nobodys())}
        for name in HOLDERS
    }
    assert found == HOLDERS


def test_who_holds_no_post_holds_no_right(cast):
    nobody = replace(cast.clerk, posts=())
    assert [name for name in HOLDERS if getattr(access, name)(nobody, nobodys())] == []


def who_may(name, cast, paper):
    return {who for who, actor in vars(cast).items() if getattr(access, name)(actor, paper)}


def test_after_an_instruction_it_is_the_clerk_who_sends_it_round(cast):
    assert who_may("may_circulate", cast, paper_in(State.INSTRUCTED, cast)) == CLERKS


def test_a_leader_who_was_asked_may_ask_another(cast):
    paper = paper_in(State.PROPOSED, cast)
    assert who_may("may_change_leaders", cast, paper) == DIRECTORS | {"chief", "delegate"}


def test_who_handles_it_may_say_how_the_sender_was_answered(cast):
    paper = paper_in(State.HANDLING, cast)
    assert who_may("may_answer", cast, paper) == CLERKS | DIRECTORS | {"head", "handler"}


def test_who_did_something_may_take_it_back(cast):
    paper = paper_in(State.PROPOSED, cast)
    assert who_may("may_recall", cast, paper) == {"clerk", "colleague", "director"}


def test_who_answers_for_chasing_may_chase_whatever_their_post(cast):
    paper = IncomingPaper(pk=0, chaser=cast.reader.posts[0])
    assert who_may("may_chase", cast, paper) == CLERKS | DIRECTORS | LEADERS | {"reader"}
