"""Who can be chosen on the pages of a paper, in which groups, and what it costs."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from documents.models import State
from organization import people
from organization.models import Post, Role
from tests.conftest import make_person
from tests.documents.factories import paper_in


def ticked_by_group(page, group):
    """The names that a group's button would tick."""
    lines = re.findall(r'data-groups="([\d ]*)".*?people-name">([^<]+)<', page)
    return {name for groups, name in lines if group in groups.split()}


def test_readers_come_in_the_groups_of_their_roles(cast, signed_in, departments):
    for number in range(6):
        make_person(f"more{number}", cast.head.procuratorate, (Role.STAFF, departments.first))
    paper = paper_in(State.INSTRUCTED, cast)
    page = signed_in("clerk").get(paper.get_absolute_url()).text
    buttons = re.findall(r'data-group="(\d)".*?>(\w+)</button>', page)
    assert buttons == [("0", "院领导"), ("1", "各部门负责人")]
    assert ticked_by_group(page, "0") == {"chief", "vice_chief", "drafting_chief"}
    assert ticked_by_group(page, "1") == {"director", "head", "co_handler"}


def test_a_person_with_several_posts_is_offered_with_the_highest(cast, departments):
    """The post of a head came later than that of a member of staff."""
    both = make_person(
        "both",
        cast.head.procuratorate,
        (Role.STAFF, departments.office),
        (Role.DEPARTMENT_HEAD, departments.second),
    )
    today = timezone.localdate()
    offered = people.one_post_each(people.cleared(cast.head.procuratorate, today, 2))
    mine = [post.role for post in offered if post.user == both.user]
    assert mine == [Role.DEPARTMENT_HEAD]


def test_people_of_the_neighbours_are_not_offered(cast, signed_in):
    paper = paper_in(State.INSTRUCTED, cast)
    page = signed_in("clerk").get(paper.get_absolute_url()).text
    offered = {int(pk) for pk in re.findall(r'name="readers" value="(\d+)"', page)}
    assert offered
    places = Post.objects.filter(pk__in=offered).values_list("procuratorate", flat=True)
    assert set(places) == {cast.clerk.procuratorate.pk}


@pytest.mark.parametrize(
    ("state", "divided", "who"),
    [(State.INSTRUCTED, True, "clerk"), (State.HANDLING, False, "head")],
)
def test_choosing_costs_the_same_among_two_people_and_among_sixty(
    cast, signed_in, departments, state, divided, who
):
    paper = paper_in(state, cast, divided=divided)
    client = signed_in(who)

    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = client.get(paper.get_absolute_url()).text
        return len(queries), page.count('class="people-one"')

    client.get("/")
    (few, offered_before), place = cost(), cast.head.procuratorate
    for number in range(58):
        make_person(f"new{number}", place, (Role.STAFF, departments.first))
    many, offered_after = cost()
    assert offered_after == offered_before + 58
    assert many == few
