"""A post is lent for some days: who may, to whom, when not, and what is told of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from activity.lending import flow
from activity.lending.access import may_give_back, may_lend
from activity.models import Event, Notice
from activity.steps import StepClosed
from activity.words import sentence
from organization.actor import Actor, actor_for, actor_of, hats
from organization.models import Delegation, Marking, Role
from tests.activity.lent import lend, loan
from tests.conftest import make_post

DAY = timedelta(days=1)


def told(event):
    return set(Notice.objects.filter(event=event).values_list("recipient__name", flat=True))


def today():
    return timezone.localdate()


def test_lending_writes_a_row_an_event_and_a_notice_for_the_delegate(cast):
    lent = lend(cast.chief, cast.vice_chief)
    event = Event.objects.about(lent).get()
    assert (event.verb, event.user, event.post) == (
        "delegation.lend", cast.chief.user, cast.chief.posts[0],
    )  # fmt: skip
    assert told(event) == {"vice_chief"}
    assert "chief" in sentence(event)
    assert lent.lent_by == cast.chief.posts[0]


def test_what_the_director_lends_for_somebody_away_is_told_to_both(cast):
    lent = lend(cast.head, cast.handler, by=cast.director)
    assert lent.lent_by == cast.director.posts[0]
    assert told(Event.objects.about(lent).get()) == {"head", "handler"}


LENDERS = {"chief": {"chief", "director"}, "handler": {"handler", "director"},
           "director": {"director"}, "auditor": set(), "outsider": {"outsider"}}  # fmt: skip


@pytest.mark.parametrize("whose", LENDERS)
def test_the_holder_lends_and_the_director_and_nobody_else(whose, cast):
    post = getattr(cast, whose).posts[0]
    assert {who for who, actor in vars(cast).items() if may_lend(actor, post)} == LENDERS[whose]


def test_whoever_acts_for_somebody_lends_nothing_on(cast):
    acting = actor_for(lend(cast.director, cast.clerk))
    assert not may_lend(acting, cast.director.posts[0])
    assert not may_lend(acting, cast.head.posts[0])
    with pytest.raises(PermissionDenied, match="转委托"):
        lend(cast.director, cast.colleague, by=acting)


def refused(cast, holder, delegate, **how):
    before = Delegation.objects.count(), Event.objects.count()
    with pytest.raises(flow.CannotLend) as refusal:
        lend(getattr(cast, holder), getattr(cast, delegate), **how)
    assert (Delegation.objects.count(), Event.objects.count()) == before
    return str(refusal.value)


def test_nobody_lends_to_themselves(cast):
    assert "本人" in refused(cast, "chief", "chief")


@pytest.mark.parametrize("who", ["auditor", "system_admin", "outsider", "superior"])
def test_the_delegate_works_here_and_administers_nothing(who, cast):
    assert "没有担任" in refused(cast, "chief", who)


def test_who_has_left_is_no_delegate(cast, ended):
    ended(cast.reader.posts[0], today())
    assert "没有担任" in refused(cast, "chief", "reader")


def test_a_post_is_lent_once_at_a_time(cast):
    lend(cast.chief, cast.vice_chief)
    assert "已经委托" in refused(cast, "chief", "head", starts_in=7)
    lend(cast.chief, cast.head, starts_in=8)


def test_whoever_has_lent_their_post_takes_no_other(cast):
    lend(cast.vice_chief, cast.head)
    assert "vice_chief" in refused(cast, "chief", "vice_chief")
    lend(cast.chief, cast.vice_chief, starts_in=8)


def test_whoever_stands_for_somebody_does_not_lend_their_own_meanwhile(cast):
    lend(cast.chief, cast.vice_chief)
    assert "vice_chief" in refused(cast, "vice_chief", "head", starts_in=3)


def test_yesterday_is_over_and_the_last_day_is_not_before_the_first(cast):
    refused(cast, "chief", "head", starts_in=-1)
    refused(cast, "chief", "head", days=-1)


def test_the_database_refuses_two_delegates_at_a_time_and_days_out_of_order(cast):
    lent = lend(cast.chief, cast.vice_chief)
    copy = {name: getattr(lent, name) for name in ("procuratorate", "post", "starts_on", "ends_on",
            "reason", "lent_by")}  # fmt: skip
    for wrong in ({}, {"ends_on": lent.starts_on - DAY}, {"reason": " "}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Delegation.objects.create(**copy | {"delegate": cast.head.user} | wrong)


def test_the_actor_of_a_lent_post_has_that_post_alone_and_the_lower_clearance(cast):
    actor = actor_for(lend(cast.chief, cast.head))
    assert actor.posts == cast.chief.posts
    assert (actor.user, actor.acting_for) == (cast.head.user, cast.chief.posts[0])
    assert actor.clearance == Marking.INTERNAL
    assert not actor.holds(Role.DEPARTMENT_HEAD)
    assert actor_for(lend(cast.colleague, cast.clerk)).clearance == Marking.INTERNAL


def test_one_acts_as_oneself_and_for_whoever_has_lent_a_post_today(cast):
    lend(cast.chief, cast.head)
    lend(cast.vice_chief, cast.head, starts_in=1)
    acts_for = [
        actor.acting_for for actor in hats(cast.head.user, today(), cast.head.procuratorate.pk)
    ]
    assert acts_for == [None, cast.chief.posts[0]]


@pytest.mark.parametrize("why", ["holder left", "delegate left", "administers", "given back"])
def test_a_delegation_ends_with_whoever_is_gone(why, cast, ended):
    lent = lend(cast.chief, cast.head)
    if why == "holder left":
        ended(cast.chief.posts[0], today())
    if why == "delegate left":
        cast.head.user.is_active = False
        cast.head.user.save()
    if why == "administers":
        ended(cast.head.posts[0], today())
        make_post(cast.head.user, Role.AUDITOR, starts_on=today())
    if why == "given back":
        flow.give_back(lent, by=cast.head)
    assert not Delegation.objects.in_force(today()).exists()


def test_from_its_first_to_its_last_day(cast):
    lent = lend(cast.chief, cast.head, starts_in=1, days=2)
    days = [today() + n * DAY for n in range(5)]
    in_force = [Delegation.objects.in_force(day).exists() for day in days]
    assert in_force == [False, True, True, True, False]
    assert actor_of(lent.delegate, days[1], None)[0].posts == cast.head.posts


ENDERS = {"chief", "head", "director"}


def test_holder_delegate_and_director_end_it_and_nobody_else(cast):
    lent = lend(cast.chief, cast.head)
    assert {who for who, actor in vars(cast).items() if may_give_back(actor, lent)} == ENDERS
    with pytest.raises(PermissionDenied):
        flow.give_back(lent, by=cast.clerk)
    assert lent in Delegation.objects.in_force(today())


@pytest.mark.parametrize(
    ("who", "hear"), [("chief", {"head"}), ("head", {"chief"}), ("director", {"chief", "head"})]
)
def test_giving_back_is_an_event_and_told_to_the_others(who, hear, cast):
    lent = lend(cast.chief, cast.head)
    flow.give_back(lent, by=getattr(cast, who))
    event = Event.objects.about(lent).get(verb="delegation.give_back")
    assert told(event) == hear
    assert Delegation.objects.get().ended_by == getattr(cast, who).user
    with pytest.raises(StepClosed):
        flow.give_back(lent, by=cast.chief)
    lend(cast.chief, cast.handler)


def test_each_sees_their_own_the_director_all_and_administrators_none(cast):
    lent = lend(cast.chief, cast.head)
    see = {who for who, actor in vars(cast).items() if lent in Delegation.objects.visible_to(actor)}
    assert see == {"chief", "head", "director"}


def test_open_work_above_the_delegates_clearance_stays_with_the_holder(cast, assignment):
    for duty, marking in (("handle", Marking.INTERNAL), ("read", Marking.SENSITIVE)):
        assignment(post=cast.chief.posts[0], duty=duty, marking=marking).save()
    assert flow.staying(cast.chief.posts[0], cast.head.user) == 1
    assert flow.staying(cast.chief.posts[0], cast.vice_chief.user) == 0


def test_the_system_lends_nothing(cast, north):
    assert not may_lend(Actor.system(north), cast.chief.posts[0])
    with pytest.raises(PermissionDenied):
        flow.lend(loan(cast.chief.posts[0], cast.head), by=Actor.system(north))
