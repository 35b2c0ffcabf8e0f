"""我的常用语: one's own phrases, kept, ordered and taken away by nobody else."""

import json

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from activity import phrases
from activity.loaders import load_phrases
from activity.models import Event, Phrase
from activity.phrases import MOST, PhraseRefused, keep, offered
from tests.activity.desk import add

PAGE = "/inbox/phrases/"


@pytest.fixture
def own(cast):
    """Two of the chief's: for one act, and for all."""
    return [keep("请一部研究。", "instruct", by=cast.chief), keep("请阅。", "", by=cast.chief)]


def texts(actor):
    return [phrase.text for phrase in Phrase.objects.visible_to(actor)]


def test_ones_own_come_first_in_ones_own_order_and_only_for_their_act(north, cast, own):
    Phrase.objects.create(procuratorate=north, act="instruct", text="请速办。")
    phrases.move(own[1], -1, by=cast.chief)
    assert offered(cast.chief)("instruct") == ["请阅。", "请一部研究。", "请速办。"]
    assert offered(cast.chief)("report") == ["请阅。"]


def test_nobody_else_is_offered_them(cast, own):
    for who in ("vice_chief", "clerk", "outsider", "system_admin"):
        assert offered(getattr(cast, who))("instruct") == []


def test_a_delegate_has_their_own_and_not_the_principals(cast, own):
    keep("代为阅示。", "instruct", by=cast.delegate)
    assert cast.delegate.acting_for.user == cast.chief.user
    assert offered(cast.delegate)("instruct") == ["代为阅示。"]
    assert texts(cast.chief) == ["请一部研究。", "请阅。"]


def test_in_another_procuratorate_one_has_others(cast, own, south):
    elsewhere = type(cast.chief)(cast.chief.user, south, cast.chief.posts)
    assert offered(elsewhere)("instruct") == []
    assert texts(elsewhere) == []


def test_own_and_the_offices_are_asked_for_at_once(north, cast, own, django_assert_num_queries):
    load_phrases(north)
    with django_assert_num_queries(1):
        said = offered(cast.chief)
        for act in ("propose", "instruct", "close"):
            said(act)


def test_an_office_without_phrases_is_given_some_although_somebody_keeps_own_ones(north, own):
    load_phrases(north)
    assert Phrase.objects.of_the_office().filter(procuratorate=north).count() > 10


def test_what_is_kept_twice_is_there_once(cast, own):
    assert keep("请阅。", "", by=cast.chief) == own[1]
    assert len(texts(cast.chief)) == 2


def test_fifty_are_the_most(cast):
    for number in range(MOST):
        keep(f"第{number}句。", "", by=cast.chief)
    with pytest.raises(PhraseRefused, match="最多 50 条"):
        keep("再一句。", "", by=cast.chief)
    keep("别人的。", "", by=cast.clerk)
    assert Phrase.objects.visible_to(cast.chief).count() == MOST


def test_moving_over_an_end_changes_nothing(cast, own):
    phrases.move(own[0], -1, by=cast.chief)
    phrases.move(own[1], 1, by=cast.chief)
    assert texts(cast.chief) == ["请一部研究。", "请阅。"]
    phrases.move(own[0], 1, by=cast.chief)
    assert texts(cast.chief) == ["请阅。", "请一部研究。"]


def test_the_database_keeps_each_of_ones_own_once(north, cast, own):
    owner = cast.chief.user
    with pytest.raises(IntegrityError, match="own_phrase_is_kept_once"), transaction.atomic():
        Phrase.objects.create(procuratorate=north, owner=owner, act="", text="请阅。")
    Phrase.objects.create(procuratorate=north, act="", text="请阅。")
    Phrase.objects.create(procuratorate=north, owner=cast.clerk.user, act="", text="请阅。")


# The page.


def test_adding_changing_ordering_and_deleting_on_the_page(cast, signed_in):
    client = signed_in("chief")
    client.post(f"{PAGE}add/", {"text": " 请  阅处。\n", "act": ""})
    client.post(f"{PAGE}add/", {"text": "请速办。", "act": "instruct"})
    assert texts(cast.chief) == ["请 阅处。", "请速办。"]
    first, second = Phrase.objects.visible_to(cast.chief)
    shown = client.get(PAGE).text
    assert "请速办。" in shown
    assert "批示" in shown
    form = client.get(f"{PAGE}{first.pk}/change/")
    assert form.context["changing"]["text"].value() == "请 阅处。"
    answer = client.post(
        f"{PAGE}{first.pk}/change/", {"changed-text": "请阅处。", "changed-act": "read"}
    )
    assert answer.url == PAGE
    client.post(f"{PAGE}{second.pk}/up/")
    assert texts(cast.chief) == ["请速办。", "请阅处。"]
    client.post(f"{PAGE}{second.pk}/down/")
    assert texts(cast.chief) == ["请阅处。", "请速办。"]
    client.post(f"{PAGE}{first.pk}/delete/")
    assert texts(cast.chief) == ["请速办。"]
    assert {event.verb for event in Event.objects.all()} == {"user.sign_in"}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text": ""}, "请填写“常用语”。"),
        ({"text": "  \n "}, "请填写“常用语”。"),
        ({"text": "字" * 201}, "常用语最多 200 个字"),
        ({"text": "\u202e倒着"}, "看不见的字符"),
        ({"text": "请阅。", "act": "nothing"}, "选择"),
    ],
)
def test_what_is_no_phrase_gets_a_sentence_and_is_still_there(cast, signed_in, typed, sentence):
    client = signed_in("chief")
    answer = client.post(f"{PAGE}add/", typed)
    assert sentence in answer.text
    assert texts(cast.chief) == []
    kept = client.post(f"{PAGE}keep/", typed)
    assert kept.status_code == 422
    assert sentence in json.loads(kept.content)["said"]


def test_the_longest_phrase_is_kept_whole(cast, signed_in):
    signed_in("chief").post(f"{PAGE}add/", {"text": "字" * 200})
    assert texts(cast.chief) == ["字" * 200]


def test_one_too_many_gets_a_sentence_and_is_still_there(cast, signed_in):
    for number in range(MOST):
        keep(f"第{number}句。", "", by=cast.chief)
    answer = signed_in("chief").post(f"{PAGE}add/", {"text": "第五十一句。"})
    assert "请先删除不用的" in answer.text
    assert "第五十一句。" in answer.text


def test_changing_one_into_another_is_refused(cast, own, signed_in):
    address = f"{PAGE}{own[0].pk}/change/"
    answer = signed_in("chief").post(address, {"changed-text": "请阅。", "changed-act": ""})
    assert "您已有这条常用语" in answer.text
    assert texts(cast.chief) == ["请一部研究。", "请阅。"]


def test_a_page_saves_what_stands_in_a_box(cast, signed_in):
    answer = signed_in("chief").post(f"{PAGE}keep/", {"text": "请\n阅。", "act": "instruct"})
    assert json.loads(answer.content) == {"said": "已存为常用语。", "text": "请 阅。"}
    assert texts(cast.chief) == ["请 阅。"]


@pytest.mark.parametrize("who", ["vice_chief", "clerk", "outsider", "auditor"])
@pytest.mark.parametrize("act", ["change", "up", "down", "delete"])
def test_a_phrase_of_somebody_else_does_not_exist(cast, own, signed_in, who, act):
    typed = {"changed-text": "改了。", "changed-act": ""}
    client = signed_in(who)
    assert client.post(f"{PAGE}{own[1].pk}/{act}/", typed).status_code == 404
    assert client.post(f"{PAGE}999999/{act}/", typed).status_code == 404
    assert texts(cast.chief) == ["请一部研究。", "请阅。"]
    assert "请一部研究。" not in client.get(PAGE).text


def test_a_phrase_of_the_office_is_nobodys_own(north, cast, signed_in):
    phrase = Phrase.objects.create(procuratorate=north, act="", text="请速办。")
    client = signed_in("chief")
    assert client.post(f"{PAGE}{phrase.pk}/delete/").status_code == 404
    assert "请速办。" not in client.get(PAGE).text


def test_the_page_costs_the_same_for_one_and_for_fifty(cast, signed_in):
    client, costs = signed_in("chief"), []
    for number in range(MOST):
        keep(f"第{number}句。", "", by=cast.chief)
        if number in {0, MOST - 1}:
            client.get(PAGE)
            with CaptureQueriesContext(connection) as queries:
                client.get(PAGE)
            costs.append(len(queries))
    assert costs[0] == costs[1]


def test_administrators_see_the_offices_and_nobodys_own(north, own, signed_in):
    office = Phrase.objects.create(procuratorate=north, act="", text="请速办。")
    for who in ("system_admin", "auditor"):
        client = signed_in(who)
        listed = client.get("/admin/activity/phrase/").text
        assert "请速办。" in listed
        assert "请一部研究。" not in listed
        assert client.get(f"/admin/activity/phrase/{office.pk}/change/").status_code == 200
        assert client.get(f"/admin/activity/phrase/{own[0].pk}/change/").status_code == 404


def test_an_administrator_may_add_what_somebody_keeps_as_their_own(north, own, signed_in):
    answer = add(signed_in("system_admin"), "activity/phrase", text="请阅。", position=1)
    assert answer.status_code == 302
    made = Phrase.objects.of_the_office().get(procuratorate=north)
    assert (made.text, made.owner) == ("请阅。", None)
