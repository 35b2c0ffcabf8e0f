"""The ladder and the channels come from files, as often as one likes."""

from django.core.management import call_command

from activity.loaders import load_channels, load_ladder
from activity.models import Channel, LadderStage
from organization.models import CalendarDay, DeadlineRule, Series

NATIONAL = {
    (-5, "holder", False),
    (-3, "holder", False),
    (-1, "holder", False),
    (0, "holder", False),
    (1, "holder", True),
    (1, "head", False),
    (3, "leader", False),
}


def ladder():
    return set(LadderStage.objects.values_list("stage", "audience", "repeats"))


def test_the_national_ladder(db):
    load_ladder()
    assert ladder() == NATIONAL
    assert set(LadderStage.objects.values_list("procuratorate", flat=True)) == {None}


def test_loading_again_leaves_what_an_office_changed(db):
    load_ladder()
    LadderStage.objects.filter(stage=1, audience="holder").update(repeats=False)
    load_ladder()
    assert ladder() == NATIONAL - {(1, "holder", True)} | {(1, "holder", False)}


def test_mail_is_in_use_from_the_start_and_stays_off_once_turned_off(north):
    load_channels(north)
    assert list(Channel.objects.values_list("kind", "is_on")) == [("email", True)]
    Channel.objects.update(is_on=False)
    load_channels(north)
    assert list(Channel.objects.values_list("kind", "is_on")) == [("email", False)]


def test_one_command_loads_everything_and_may_be_run_again(south):
    for _ in range(2):
        call_command("load_reference")
    assert ladder() == NATIONAL
    assert CalendarDay.objects.exists()
    assert DeadlineRule.objects.exists()
    assert Series.objects.filter(procuratorate=south).exists()
    assert Channel.objects.filter(procuratorate=south).count() == 1
