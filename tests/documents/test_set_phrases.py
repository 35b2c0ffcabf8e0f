"""Set phrases under the opinion boxes of a paper's page."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activity.loaders import load_phrases
from activity.models import Draft, Phrase
from activity.phrases import ACTS, keep
from documents.flow.incoming import STEPS
from documents.models import State
from tests.documents.factories import paper_in


def phrases_on(page, box):
    """The buttons below the text box of this id."""
    below = page.split(f'id="{box}"')[1].split("</textarea>")[1].split("<textarea")[0]
    return re.findall(r'class="phrase">([^<]+)<', below.split('<div id="div_')[0])


@pytest.mark.parametrize(
    ("state", "who", "box", "phrase"),
    [
        (State.SCREENED, "director", "ProposeForm-opinion", "拟请领导阅示。"),
        (State.PROPOSED, "chief", "InstructForm-opinion", "请办公室提出意见。"),
        (State.HANDLING, "head", "DivideForm-opinion", "请阅办。"),
        (State.HANDLING, "head", "ReportForm-opinion", "已按要求办理完毕。"),
        (State.HANDLING, "reader", "ReadForm-opinion", "已阅，按要求落实。"),
        (State.REVIEWED, "clerk", "CloseForm-result", "已按期办结，原件归档。"),
    ],
)
def test_each_opinion_box_has_the_phrases_of_its_act(
    cast, north, signed_in, state, who, box, phrase
):
    load_phrases(north)
    paper = paper_in(state, cast, divided=False)
    page = signed_in(who).get(paper.get_absolute_url()).text
    act = Phrase.objects.get(procuratorate=north, text=phrase).act
    own = Phrase.objects.filter(procuratorate=north, act=act).order_by("position")
    assert phrases_on(page, box) == list(own.values_list("text", flat=True))


def test_phrases_send_nothing_and_need_a_script(cast, north, signed_in):
    load_phrases(north)
    paper = paper_in(State.PROPOSED, cast)
    page = signed_in("chief").get(paper.get_absolute_url()).text
    assert re.findall(r"<button([^>]*)>请办公室提出意见。", page) == [
        ' type="button" class="phrase"'
    ]
    assert 'class="phrases needs-script"' in page
    for at_one_click in ("同意。", "已阅。"):
        assert f'name="phrase" value="{at_one_click}" formnovalidate' in page


def test_a_form_that_comes_back_has_its_phrases_again(cast, north, signed_in):
    load_phrases(north)
    paper = paper_in(State.PROPOSED, cast)
    answer = signed_in("chief").post(f"{paper.get_absolute_url()}instruct/", {"opinion": ""})
    assert "请写一句意见" in answer.text
    assert "请办公室提出意见。" in phrases_on(answer.text, "InstructForm-opinion")


def test_an_office_without_phrases_sees_no_empty_row(cast, signed_in):
    paper = paper_in(State.PROPOSED, cast)
    assert 'class="phrases' not in signed_in("chief").get(paper.get_absolute_url()).text


def test_a_page_with_two_forms_asks_for_the_phrases_once(cast, north, signed_in):
    paper = paper_in(State.HANDLING, cast, divided=False)
    client = signed_in("head")
    for number in (2, 60):
        Phrase.objects.bulk_create(
            Phrase(procuratorate=north, act="report", text=f"第{number}之{n}。")
            for n in range(number)
        )
        with CaptureQueriesContext(connection) as queries:
            client.get(paper.get_absolute_url())
        asked = [query["sql"] for query in queries if "activity_phrase" in query["sql"]]
        assert len(asked) == 1


def test_phrases_come_for_acts_that_exist(north):
    load_phrases(north)
    acts = set(Phrase.objects.values_list("act", flat=True))
    assert acts <= {step.name for step in STEPS}


def test_ones_own_phrases_stand_before_the_offices(cast, north, signed_in):
    load_phrases(north)
    keep("我常写的一句。", "instruct", by=cast.chief)
    keep("别人常写的。", "instruct", by=cast.vice_chief)
    paper = paper_in(State.PROPOSED, cast)
    page = signed_in("chief").get(paper.get_absolute_url()).text
    assert phrases_on(page, "InstructForm-opinion")[0] == "我常写的一句。"
    assert "别人常写的。" not in page


def test_each_opinion_box_leads_to_ones_own_phrases_with_its_act(cast, signed_in):
    paper = paper_in(State.HANDLING, cast, divided=False)
    client = signed_in("head")
    page = client.get(paper.get_absolute_url()).text
    for act in ("divide", "report"):
        assert f'href="/inbox/phrases/?act={act}" data-keep="/inbox/phrases/keep/"' in page
    form = client.get("/inbox/phrases/?act=report").context["adding"]
    assert form["act"].value() == "report"
    assert '<option value="report" selected>' in str(form["act"])


def test_every_act_with_an_opinion_box_can_have_phrases():
    assert set(ACTS) == {step.name for step in STEPS} - {"sign_for", "register", "assign", "recall"}


def test_keeping_a_phrase_leaves_the_draft_alone(cast, signed_in):
    paper = paper_in(State.PROPOSED, cast)
    client = signed_in("chief")
    form = f"incomingpaper.{paper.pk}.instruct"
    body = json.dumps({"form": form, "fields": {"opinion": ["请一部抓紧。"]}})
    client.post("/inbox/drafts/save/", body, content_type="application/json")
    client.post("/inbox/phrases/keep/", {"text": "请一部抓紧。", "act": "instruct"})
    assert Draft.objects.get().fields == {"opinion": ["请一部抓紧。"]}
    page = client.get(paper.get_absolute_url()).text
    assert "的草稿，尚未提交" in page
    assert phrases_on(page, "InstructForm-opinion") == ["请一部抓紧。"]
