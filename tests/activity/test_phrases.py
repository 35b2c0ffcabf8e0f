"""Set phrases: what an office is given at first, what it makes of them, and whom they serve."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from activity.loaders import load_phrases
from activity.models import Phrase
from activity.phrases import offered


def make(place, text, act="instruct", **fields):
    return Phrase.objects.create(procuratorate=place, act=act, text=text, **fields)


def test_every_act_with_an_opinion_has_phrases_at_first(north, cast):
    load_phrases(north)
    phrases_for = offered(cast.chief)
    for act in ("propose", "instruct", "divide", "report", "read", "close"):
        assert len(phrases_for(act)) >= 2
    assert "请办公室提出意见。" in phrases_for("instruct")
    assert not phrases_for("register")


def test_loading_again_brings_nothing_back_that_an_office_changed(north):
    load_phrases(north)
    first, second = Phrase.objects.filter(procuratorate=north)[:2]
    Phrase.objects.filter(pk=first.pk).update(text="请速办。")
    second.delete()
    before = list(Phrase.objects.values_list("pk", "text"))
    load_phrases(north)
    assert list(Phrase.objects.values_list("pk", "text")) == before


def test_the_command_gives_phrases_to_every_office_that_has_none(north, south):
    make(north, "请速办。")
    call_command("load_reference")
    assert Phrase.objects.filter(procuratorate=north).count() == 1
    assert Phrase.objects.filter(procuratorate=south).count() > 10


def test_phrases_of_the_act_come_before_those_for_every_act(north, cast):
    make(north, "甲。", act="", position=1)
    make(north, "乙。", position=3)
    make(north, "丙。", position=2)
    make(north, "丁。", act="report", position=0)
    assert offered(cast.chief)("instruct") == ["丙。", "乙。", "甲。"]


def test_a_phrase_that_is_offered_twice_is_shown_once(north, cast):
    make(north, "请速办。")
    make(north, "请速办。", act="")
    assert offered(cast.chief)("instruct") == ["请速办。"]


def test_neither_what_is_out_of_use_nor_what_neighbours_say_is_offered(north, south, cast):
    make(north, "旧话。", is_on=False)
    make(south, "邻院的话。")
    assert offered(cast.chief)("instruct") == []


def test_one_query_serves_a_whole_page(north, cast, django_assert_num_queries):
    load_phrases(north)
    with django_assert_num_queries(1):
        phrases_for = offered(cast.chief)
        for act in ("propose", "instruct", "divide", "report", "read", "close"):
            phrases_for(act)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("phrase_is_offered_once_for_each_act", {"pk": None}),
        ("phrase_act_is_the_name_of_a_step", {"act": "Instruct them"}),
        ("phrase_says_something_in_one_line", {"text": ""}),
        ("phrase_says_something_in_one_line", {"text": "  "}),
        ("phrase_says_something_in_one_line", {"text": "请办。\n请报。"}),
    ],
)
def test_a_bad_phrase_is_refused(north, name, changes):
    phrase = make(north, "请速办。")
    for field, value in changes.items():
        setattr(phrase, field, value)
    phrase._state.adding = phrase.pk is None
    with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
        phrase.save()


def test_the_same_words_may_be_offered_for_another_act_and_elsewhere(north, south):
    make(north, "请速办。")
    make(north, "请速办。", act="divide")
    make(south, "请速办。")
    assert Phrase.objects.count() == 3
