"""Who is reminded: the holder, the head, the leader; each once, and only who may see the paper."""

from datetime import date

import pytest

from activity.models import Audience, LadderStage, Reminder
from organization.models import Department, Marking, Post, Role, User
from tests.conftest import make_person, make_post

TODAY = date(2026, 2, 28)


@pytest.fixture
def reminded(scan_at):
    """Who is told on the third working day late, by stage."""

    def names():
        scan_at(2, 28)
        rows = Reminder.objects.filter(outcome="sent").order_by("stage", "recipient__name")
        return list(rows.values_list("stage", "recipient__name"))

    return names


def test_holder_head_and_leader_in_charge(work, reminded):
    work((2, 25))
    assert reminded() == [(1, "head"), (3, "handler"), (3, "vice_chief")]


def test_a_head_with_work_of_their_own_is_told_once_for_each_stage(work, reminded, cast):
    work((2, 25), who=cast.head)
    assert reminded() == [(3, "head"), (3, "vice_chief")]
    assert Reminder.objects.filter(recipient=cast.head.user, stage=1).count() == 1


def test_a_head_with_work_of_their_own_is_not_told_of_it_as_head(work, scan_at, cast, north):
    LadderStage.objects.create(procuratorate=north, stage=2, audience=Audience.HEAD)
    work((2, 25), who=cast.head)
    work((2, 25), duty="of another")
    scan_at(2, 27)
    assert [row.assignment.post for row in Reminder.objects.all()] == [cast.handler.posts[0]]


def test_a_leader_with_work_of_the_department_is_told_once_for_each_stage(
    work, reminded, cast, departments
):
    work((2, 25), who=cast.vice_chief, department=departments.first)
    assert reminded() == [(1, "head"), (3, "vice_chief")]


@pytest.mark.parametrize("how", ["post ended", "account closed", "clearance lowered"])
def test_work_of_whoever_left_comes_to_the_head(work, reminded, cast, ended, how):
    work((2, 25))
    leave(how, cast.handler, ended)
    assert reminded() == [(3, "head"), (3, "vice_chief")]


def leave(how, actor, ended):
    if how == "post ended":
        ended(actor.posts[0], TODAY)
        return
    actor.user.is_active = how != "account closed"
    actor.user.clearance = Marking.PUBLIC if how == "clearance lowered" else Marking.INTERNAL
    actor.user.save()


def test_without_a_head_it_comes_to_an_office_director(work, reminded, cast, ended):
    work((2, 25))
    ended(cast.handler.posts[0], TODAY)
    ended(cast.head.posts[0], TODAY)
    assert reminded() == [(3, "director"), (3, "vice_chief")]


def test_work_goes_to_an_office_director_who_may_see_it(work, reminded, cast, ended):
    work((2, 25))
    ended(cast.handler.posts[0], TODAY)
    ended(cast.head.posts[0], TODAY)
    leave("clearance lowered", cast.director, ended)
    office = cast.director.posts[0].department
    make_person("other director", office.procuratorate, (Role.OFFICE_DIRECTOR, office))
    assert reminded() == [(3, "other director"), (3, "vice_chief")]


def test_with_nobody_left_nobody_is_told_and_nothing_breaks(work, reminded, cast, ended):
    work((2, 25))
    for who in (cast.handler, cast.head, cast.director, cast.vice_chief):
        ended(who.posts[0], TODAY)
    assert reminded() == []


def test_a_successor_of_the_head_is_told_what_the_predecessor_knew(
    work, scan_at, reminded, cast, ended, departments
):
    work((2, 25))
    scan_at(2, 26)
    assert Reminder.objects.filter(recipient=cast.head.user, outcome="sent").exists()
    ended(cast.head.posts[0], TODAY)
    make_person("new head", cast.head.procuratorate, (Role.DEPARTMENT_HEAD, departments.first))
    assert (1, "new head") in reminded()


def test_nobody_is_reminded_of_what_is_above_their_clearance(work, reminded, cast, departments):
    work((2, 25), marking=Marking.SENSITIVE)
    assert reminded() == [(3, "director")]


def test_head_and_leader_in_charge_hear_of_a_sensitive_paper_only_when_it_is_theirs(
    work, reminded, cast
):
    """Cleared or not, they see the department's work up to internal and no further."""
    User.objects.filter(pk__in=[cast.head.user.pk, cast.handler.user.pk]).update(
        clearance=Marking.SENSITIVE
    )
    work((2, 25), marking=Marking.SENSITIVE)
    assert reminded() == [(3, "handler")]


def test_a_leader_who_left_is_not_told(work, reminded, cast, ended):
    work((2, 25))
    ended(cast.vice_chief.posts[0], TODAY)
    assert reminded() == [(1, "head"), (3, "handler")]


def test_administrators_are_never_reminded(work, reminded, cast, ended):
    """Not even of work they were given before they became one."""
    work((2, 25))
    for actor in (cast.handler, cast.vice_chief):
        ended(actor.posts[0], TODAY)
        make_post(actor.user, Role.SYSTEM_ADMIN, starts_on=TODAY)
    assert reminded() == [(3, "head")]


def test_work_of_a_leader_has_no_head_and_no_leader_in_charge(work, reminded, cast):
    work((2, 25), who=cast.chief)
    assert reminded() == [(3, "chief")]


def test_another_procuratorate_is_reminded_of_its_own_work_only(work, reminded, cast, south):
    there = Department.objects.get(procuratorate=south)
    work((2, 25), who=cast.outsider, procuratorate=south)
    head = make_person("head there", south, (Role.DEPARTMENT_HEAD, there))
    assert reminded() == [(1, "head there"), (3, "outsider")]
    assert set(Reminder.objects.values_list("procuratorate", flat=True)) == {south.pk}
    assert head.posts[0].procuratorate == south


def test_whoever_is_head_and_leader_in_charge_has_each_stage_once(
    work, scan_at, cast, departments, north
):
    Post.objects.filter(pk=cast.vice_chief.posts[0].pk).update(
        role=Role.DEPARTMENT_HEAD, department=departments.first
    )
    Post.objects.filter(pk=cast.head.posts[0].pk).update(role=Role.STAFF)
    for audience in (Audience.HEAD, Audience.LEADER):
        LadderStage.objects.create(procuratorate=north, stage=1, audience=audience)
    work((2, 25))
    scan_at(2, 26)
    assert [row.recipient for row in Reminder.objects.all()] == [cast.vice_chief.user]
