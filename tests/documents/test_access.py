"""Who holds each right, whatever was given to whom: the second lock beside the open row."""

from dataclasses import replace

from documents import access
from documents.models import IncomingPaper

CLERKS = {"clerk", "colleague", "outsider"}
HEADS = {"director", "head", "co_handler", "superior"}
LEADERS = {"chief", "delegate", "vice_chief", "drafting_chief"}
OTHERS = {"handler", "reader", "two_posts", "system_admin", "security_admin", "auditor"}
EVERYBODY = CLERKS | HEADS | LEADERS | OTHERS  # the row given to them decides
HOLDERS = {
    "may_sign_for": CLERKS,
    "may_register": CLERKS,
    "may_propose": {"director", "superior"},
    "may_instruct": LEADERS,
    "may_assign": CLERKS,
    "may_divide": HEADS,
    "may_report": EVERYBODY,
    "may_read": EVERYBODY,
    "may_close": CLERKS,
}


def test_the_table_names_every_right_and_the_whole_cast(cast):
    assert set(HOLDERS) == {name for name in vars(access) if name.startswith("may_")}
    assert set(vars(cast)) == EVERYBODY


def test_each_right_is_held_by_exactly_these(cast):
    found = {
        name: {
            who
            for who, actor in vars(cast).items()
            if getattr(access, name)(actor, IncomingPaper())
        }
        for name in HOLDERS
    }
    assert found == HOLDERS


def test_who_holds_no_post_holds_no_right(cast):
    nobody = replace(cast.clerk, posts=())
    assert [name for name in HOLDERS if getattr(access, name)(nobody, IncomingPaper())] == []
