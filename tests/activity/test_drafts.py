"""Drafts: kept for the person who types, bounded, swept, and nobody else's business."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from activity import drafts
from activity.models import Draft, Event
from activity.models.draft import MOST_CHARACTERS
from activity.tasks import sweep_drafts
from config.celery import app
from tests.activity.conftest import at

FORM = "incomingpaper.17.instruct"
SAVE, DISCARD = "/inbox/drafts/save/", "/inbox/drafts/discard/"


def save(client, form=FORM, **fields):
    body = json.dumps({"form": form, "fields": fields})
    return client.post(SAVE, body, content_type="application/json")


def kept(actor):
    return {draft.form: draft.fields for draft in Draft.objects.visible_to(actor)}


def test_what_is_typed_is_kept_and_the_answer_says_when(cast, signed_in):
    with time_machine.travel(at(11, 24, 10, 32), tick=False):
        answer = save(signed_in("chief"), opinion=["请一部抓紧。"], people=["3", "5"])
    assert answer.json() == {"said": "草稿已保存 10:32"}
    assert kept(cast.chief) == {FORM: {"opinion": ["请一部抓紧。"], "people": ["3", "5"]}}


def test_the_newest_save_wins_and_there_is_one_row(cast, signed_in):
    client = signed_in("chief")
    for text in ("一", "二"):
        save(client, opinion=[text])
    assert kept(cast.chief) == {FORM: {"opinion": ["二"]}}


def test_nobody_else_sees_it_nor_takes_it_away(cast, signed_in):
    save(signed_in("chief"), opinion=["一"])
    for who in ("vice_chief", "director", "clerk", "outsider", "superior", "system_admin"):
        assert kept(getattr(cast, who)) == {}, who
        signed_in(who).post(DISCARD, {"form": FORM})
    assert set(kept(cast.chief)) == {FORM}


def test_each_person_has_a_draft_of_their_own_of_the_same_form(cast, signed_in):
    save(signed_in("chief"), opinion=["一"])
    save(signed_in("vice_chief"), opinion=["二"])
    assert kept(cast.chief) == {FORM: {"opinion": ["一"]}}
    assert kept(cast.vice_chief) == {FORM: {"opinion": ["二"]}}


def test_a_draft_is_no_event(signed_in):
    client = signed_in("chief")
    before = Event.objects.count()
    save(client, opinion=["一"])
    client.post(DISCARD, {"form": FORM})
    assert Event.objects.count() == before


def test_discarding_takes_this_one_and_goes_back_to_its_page(cast, signed_in):
    client = signed_in("chief")
    for form in (FORM, "incomingpaper.18.instruct"):
        save(client, form, opinion=["一"])
    answer = client.post(DISCARD, {"form": FORM, "back": "/inbox/to_do/"}, follow=True)
    assert answer.redirect_chain == [("/inbox/to_do/", 302)]
    assert "草稿已放弃" in answer.text
    assert set(kept(cast.chief)) == {"incomingpaper.18.instruct"}


@pytest.mark.parametrize("back", ["https://elsewhere.invalid/", "//elsewhere.invalid/", ""])
def test_discarding_leads_nowhere_else(signed_in, back):
    assert signed_in("chief").post(DISCARD, {"form": FORM, "back": back}).url == "/"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b"\xff",
        b'{"form": "incomingpaper.17.instruct"}',
        b'{"form": "incomingpaper.17.instruct", "fields": [1]}',
        b'{"form": "incomingpaper.17.instruct", "fields": {"a": 1}}',
        b'{"form": "incomingpaper.17.instruct", "fields": {"a": [1]}}',
        b'{"form": 17, "fields": {}}',
        b'{"form": "incomingpaper.17.instruct\\n", "fields": {}}',
        b'{"form": "../17", "fields": {}}',
        b'{"form": "incomingpaper.0.instruct", "fields": {}}',
        b'{"form": "' + b"a" * 90 + b'.a", "fields": {}}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_draft_is_refused(cast, signed_in, body):
    answer = signed_in("chief").post(SAVE, body, content_type="application/json")
    assert answer.status_code == 400
    assert kept(cast.chief) == {}


def test_letters_that_no_database_keeps_are_left_out(cast, signed_in):
    body = b'{"form": "incomingpaper.17.instruct", "fields": {"a": ["x\\u0000y\\ud800z"]}}'
    assert signed_in("chief").post(SAVE, body, content_type="application/json").status_code == 200
    assert kept(cast.chief) == {FORM: {"a": ["xyz"]}}


def test_a_draft_has_a_longest_length_and_what_just_fits_is_kept(cast, signed_in):
    client, frame = signed_in("chief"), len(json.dumps({"a": [""]}))
    fits = '长"' * ((MOST_CHARACTERS - frame) // 3)  # a quotation mark takes two characters
    assert save(client, a=[fits]).status_code == 200
    assert save(client, a=[fits + "长长长"]).status_code == 400
    assert kept(cast.chief) == {FORM: {"a": [fits]}}
    assert save(client, a=["x"] * (drafts.MOST_FIELDS + 1)).status_code == 400


def test_a_person_has_so_many_drafts_and_no_more_but_may_go_on_with_each(cast, signed_in):
    client = signed_in("chief")
    with time_machine.travel(at(11, 24, 10, 0), tick=False):
        for number in range(1, drafts.MOST_DRAFTS + 1):
            drafts.save(f"a.{number}.b", {}, by=cast.chief, now=timezone.now())
    with time_machine.travel(at(11, 24, 10, 1), tick=False):
        client.force_login(cast.chief.user)
        assert save(client, "a.1000.b").status_code == 429
        assert save(client, "a.1.b").status_code == 200
        client.post(DISCARD, {"form": "a.2.b"})
        assert save(client, "a.1000.b").status_code == 200


def test_a_person_saves_so_often_in_a_minute(cast, signed_in):
    with time_machine.travel(at(11, 24, 10, 0), tick=False):
        client = signed_in("chief")
        answers = [save(client, opinion=[str(n)]).status_code for n in range(drafts.MOST_SAVES + 1)]
        assert answers == [200] * drafts.MOST_SAVES + [429]
        assert save(client, "a.b").status_code == 429  # in another form neither
    with time_machine.travel(at(11, 24, 10, 1), tick=False):
        assert save(client, opinion=["又一分钟"]).status_code == 200


def test_drafts_older_than_thirty_days_are_swept(cast):
    now = timezone.now()
    for form, age in (("a.1.b", 31), ("a.2.b", 29)):
        drafts.save(form, {}, by=cast.chief, now=now - timedelta(days=age))
    sweep_drafts()
    assert set(kept(cast.chief)) == {"a.2.b"}


def test_they_are_swept_every_night():
    assert "activity.tasks.sweep_drafts" in {row["task"] for row in app.conf.beat_schedule.values()}


def test_the_database_keeps_the_rules(cast):
    def write(**fields):
        known = {"procuratorate": cast.chief.procuratorate, "user": cast.chief.user, "form": FORM}
        Draft.objects.create(**known | {"fields": {}, "saved_at": timezone.now()} | fields)

    write()
    for fields, rule in (
        ({}, "one_draft_of_each_form_for_a_person"),
        ({"form": "../x"}, "draft_says_for_which_form"),
        ({"form": "a.b", "fields": {"a": ["长" * MOST_CHARACTERS]}}, "draft_is_not_too_long"),
    ):
        with pytest.raises(IntegrityError, match=rule), transaction.atomic():
            write(**fields)


def test_saving_and_discarding_need_the_token(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.chief.user)
    assert save(client, opinion=["一"]).status_code == 403
    assert client.post(DISCARD, {"form": FORM}).status_code == 403
    assert kept(cast.chief) == {}


def test_saving_costs_the_same_for_one_draft_and_for_many(cast, django_assert_num_queries):
    for number in range(1, 30):
        drafts.save(f"a.{number}.b", {}, by=cast.chief, now=timezone.now())
    with django_assert_num_queries(6):  # how often, which; one row locked and written
        drafts.save("a.1.b", {"x": ["1"]}, by=cast.chief, now=timezone.now() + timedelta(minutes=2))
