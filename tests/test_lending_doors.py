"""Who opens the pages of delegations and hand-overs: everybody of the cast, both ways."""

import pytest

from tests.test_doors import enter
from tests.test_doors import paper as paper

EVERYBODY = ["clerk", "colleague", "director", "chief", "vice_chief", "head", "handler",
             "co_handler", "reader", "two_posts", "drafting_chief", "outsider", "superior",
             "system_admin", "security_admin", "auditor"]  # fmt: skip


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_delegation_is_for_its_two_people_and_the_director(who, signed_in, paper):
    client = signed_in(who)
    acts, ends = {"head": (302, 302), "chief": (404, 302), "director": (404, 302)}.get(
        who, (404, 404)
    )
    assert enter(client, "act_for", paper).status_code == acts
    enter(client, "act_for_oneself", paper)
    assert enter(client, "activity:give_back", paper).status_code == ends


# list of hand-overs, open work of the handler, the sheet
SEE = {"director": (200, 200, 200), "head": (200, 200, 404), "co_handler": (200, 404, 404),
       "handler": (403, 403, 200), "reader": (403, 403, 200),
       "superior": (200, 404, 404)}  # fmt: skip


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_hand_over_is_for_director_and_head_and_its_sheet_for_who_was_concerned(
    who, signed_in, paper
):
    client, expected = signed_in(who), SEE.get(who, (403, 403, 404))
    pages = ("activity:handovers", "activity:hand_over", "activity:handover_sheet")
    assert tuple(enter(client, page, paper).status_code for page in pages) == expected
    printed = enter(client, "activity:handover_printed", paper).status_code
    assert printed == (204 if expected[2] == 200 else 404)


@pytest.mark.parametrize("who", EVERYBODY)
def test_whoever_holds_a_post_may_lend_one_and_administrators_not(who, signed_in, paper):
    status = 403 if who in {"system_admin", "security_admin", "auditor"} else 200
    assert enter(signed_in(who), "activity:lend", paper).status_code == status


@pytest.mark.parametrize(
    ("who", "looks", "signs"),
    [(who, 403, 403) for who in ("head", "chief", "two_posts", "system_admin", "auditor")]
    + [("clerk", 200, 403), ("outsider", 200, 403), ("director", 200, 200)],
)
def test_the_office_looks_at_the_recount_and_its_director_signs(
    who, looks, signs, signed_in, paper
):
    client = signed_in(who)
    assert enter(client, "activity:recount", paper).status_code == looks
    assert enter(client, "activity:sign_recount", paper).status_code == signs
