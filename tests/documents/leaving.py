"""Hand-overs as tests make them: by name, on the day of the test."""

from activity.handover import flow as handovers
from activity.models import Assignment


def hand_over(people, leaver, successor, by="director", others=None):
    named = vars(people)
    plan = handovers.Plan(named[leaver].user, named[successor].posts[0], others or {})
    return handovers.hand_over(plan, by=named[by])


def open_of(actor):
    return Assignment.objects.open().filter(post__in=actor.posts)
