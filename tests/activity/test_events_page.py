"""What the auditor reads: everything of administration, and of papers only who, when and what."""

import pytest

from activity.models import Event
from activity.record import record
from activity.words import ADMINISTRATIVE, SENTENCES
from organization.site import site
from tests.activity.desk import change

CANARY = "只有办理人该看到的意见"


@pytest.fixture
def business(cast, departments):
    """An event such as a paper leaves behind."""
    return record(
        "incomingpaper.instruct",
        departments.first,
        by=cast.chief,
        details={"opinion": CANARY, "title": CANARY, "what": CANARY, "changes": CANARY},
    )


def test_events_of_papers_say_who_and_when_and_not_what(signed_in, cast, business):
    client = signed_in("auditor")
    page = client.get(f"/admin/activity/event/{business.pk}/change/")
    for answer in (client.get("/admin/activity/event/"), page):
        assert answer.status_code == 200
        assert "chief" in answer.text
        assert CANARY not in answer.text
    assert client.get(f"/admin/activity/event/?q={CANARY}").text.count("chief") == 0


def test_details_of_reminders_are_left_out(signed_in, cast, departments):
    details = {"holder": CANARY, "days_left": 1, "due_on": "2026-11-20"}
    record("assignment.remind", departments.first, by=cast.clerk, details=details)
    assert CANARY not in signed_in("auditor").get("/admin/activity/event/").text


def test_every_verb_of_administration_has_its_sentence_and_no_other(cast):
    kept = {
        f"{model._meta.model_name}.{act}"
        for model in site._registry
        if model is not Event
        for act in ("add", "change", "delete")
    }
    others = {"user.start_password", "user.unlock", "user.sign_in", "user.sign_out"}
    others |= {
        "procuratorate.recount",
        "user.sign_in_failed",
        "user.sign_in_locked",
        "user.password",
    }
    others |= {"delegation.lend", "delegation.give_back"}
    assert kept | others | {"channel.set", "outboxmessage.retry"} == ADMINISTRATIVE
    assert set(SENTENCES) >= ADMINISTRATIVE


def test_acts_of_the_two_others_are_read(signed_in, cast, departments):
    change(signed_in("system_admin"), "organization/department", departments.first,
           name="新名", position=1)  # fmt: skip
    change(signed_in("security_admin"), "organization/user", cast.reader.user, clearance="1")
    text = signed_in("auditor").get("/admin/activity/event/").text
    assert "第一检察部 → 新名" in text
    assert "启用：是 → 否" in text


def test_nobody_writes_or_removes_an_event(signed_in, business):
    client = signed_in("auditor")
    assert change(client, "activity/event", business, verb="x").status_code == 403
    assert client.get("/admin/activity/event/add/").status_code == 404
    assert client.get(f"/admin/activity/event/{business.pk}/delete/").status_code == 404
    picked = {"action": "delete_selected", "_selected_action": [business.pk], "post": "yes"}
    client.post("/admin/activity/event/", picked)
    assert Event.objects.filter(pk=business.pk).exists()


def test_events_of_another_procuratorate_are_not_there(signed_in, cast, south):
    theirs = record("user.sign_in", cast.outsider.user, by=cast.outsider)
    client = signed_in("auditor")
    assert client.get(f"/admin/activity/event/{theirs.pk}/change/").status_code == 404
    assert theirs not in client.get("/admin/activity/event/").context["cl"].result_list


def test_a_row_leads_to_what_happened_to_it(signed_in, cast, departments):
    change(signed_in("system_admin"), "organization/department", departments.first,
           name="新名", position=1)  # fmt: skip
    record("user.sign_in", cast.clerk.user, by=cast.clerk)
    client = signed_in("auditor")
    address = f"/admin/organization/department/{departments.first.pk}/"
    assert f"{address}history/" in client.get(f"{address}change/").text
    shown = client.get(f"{address}history/", follow=True).context["cl"].result_list
    assert [event.verb for event in shown] == ["department.change"]
    for who in ("system_admin", "security_admin"):
        assert "history/" not in signed_in(who).get(f"{address}change/").text
        assert client.get(f"{address}history/").status_code == 403


@pytest.mark.parametrize("asked", ["organization.post", "a.b.c", "a.b.99999999999999999999", "."])
def test_a_record_that_cannot_be_read_finds_nothing(signed_in, cast, business, asked):
    answer = signed_in("auditor").get(f"/admin/activity/event/?record={asked}")
    assert list(answer.context["cl"].result_list) == []


def test_acts_are_parted_into_administration_and_business(signed_in, cast, business):
    signing_in = record("user.sign_in", cast.clerk.user, by=cast.clerk)
    client = signed_in("auditor")
    for duty, there, gone in (
        ("administration", signing_in, business),
        ("business", business, signing_in),
    ):
        shown = client.get(f"/admin/activity/event/?duty={duty}").context["cl"].result_list
        assert there in shown
        assert gone not in shown
