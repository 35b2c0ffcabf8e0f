"""Drafts of the forms about incoming papers: filled in, gone with the step, never lost silently."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activity.models import Draft
from documents.flow import incoming as flow
from documents.models import State
from tests.documents.conftest import arguments
from tests.documents.factories import arrival, paper_in

SIGN_FOR = "incomingpaper.sign_for"


@pytest.fixture
def draft(signed_in):
    """`draft("chief", paper, "instruct", opinion="…")` is what that person typed and left."""

    def save(who, paper, step, **fields):
        form = f"incomingpaper.{paper.pk}.{step}" if paper else SIGN_FOR
        typed = {name: [text] if isinstance(text, str) else text for name, text in fields.items()}
        body = json.dumps({"form": form, "fields": typed})
        answer = signed_in(who).post("/inbox/drafts/save/", body, content_type="application/json")
        assert answer.status_code == 200

    return save


def forms_of(answer):
    return {step.name: form for step, form in answer.context["acts"]}


def test_the_page_comes_with_the_draft_in_its_form_and_says_so(cast, signed_in, draft):
    paper = paper_in(State.PROPOSED, cast)
    client = signed_in("chief")
    assert "的草稿，尚未提交" not in client.get(paper.get_absolute_url()).text
    draft("chief", paper, "instruct", opinion="请一部抓紧办理。")
    page = client.get(paper.get_absolute_url())
    assert page.text.count("请一部抓紧办理。") == 1
    assert "的草稿，尚未提交" in page.text


def test_every_kind_of_box_is_filled_in(cast, signed_in, draft):
    paper = paper_in(State.INSTRUCTED, cast)
    departments = [cast.head.posts[0].department_id, cast.co_handler.posts[0].department_id]
    lead, assisting = map(str, departments)
    readers = [str(cast.reader.posts[0].pk), str(cast.handler.posts[0].pk)]
    draft(
        "clerk", paper, "assign",
        lead=lead, assisting=[assisting], readers=readers, due_on="20990101",
        **{f"assisting-{assisting}": "20981231"},
    )  # fmt: skip
    form = forms_of(signed_in("clerk").get(paper.get_absolute_url()))["assign"]
    shown = {name: form[name].value() for name in form.fields}
    assert shown == {
        "lead": lead, "assisting": [(assisting, "20981231")], "readers": readers,
        "due_on": "20990101", "in_order": False,
    }  # fmt: skip
    html = str(form["readers"])
    assert html.count("checked") == 2
    assert 'value="20990101"' in str(form["due_on"])
    assert 'value="20981231"' in str(form["assisting"])


def test_a_person_who_was_unticked_stays_unticked(cast, signed_in, draft):
    paper = paper_in(State.SCREENED, cast)
    draft("director", paper, "propose", opinion="拟办。")
    form = forms_of(signed_in("director").get(paper.get_absolute_url()))["propose"]
    assert form["leaders"].value() == []
    assert "checked" not in str(form["leaders"])


def test_a_draft_that_is_nonsense_breaks_no_page(cast, signed_in, draft):
    paper = paper_in(State.INSTRUCTED, cast)
    draft(
        "clerk", paper, "assign",
        lead="x", assisting=["y", "0"], readers=["z"], due_on="后天", copies="-", nothing="1",
    )  # fmt: skip
    answer = signed_in("clerk").get(paper.get_absolute_url())
    assert answer.status_code == 200
    assert "后天" in answer.text


def test_signing_for_a_paper_has_a_draft_too_but_a_new_key(cast, signed_in, draft):
    key = "11111111-2222-4333-8444-555555555555"
    draft("clerk", None, "", title="关于草稿的函", sender="丘陵市院", copies="3", key=key)
    page = signed_in("clerk").get("/documents/incoming/sign-for/")
    assert "关于草稿的函" in page.text
    assert "的草稿，尚未提交" in page.text
    assert key not in page.text
    assert "关于草稿的函" not in signed_in("colleague").get("/documents/incoming/sign-for/").text


def test_a_form_that_is_refused_keeps_what_was_posted(cast, signed_in, draft):
    paper = paper_in(State.SCREENED, cast)
    draft("director", paper, "propose", opinion="旧的草稿")
    answer = signed_in("director").post(
        f"{paper.get_absolute_url()}propose/", {"opinion": "新写的意见"}
    )
    assert "新写的意见" in answer.text
    assert "旧的草稿" not in answer.text
    assert "data-refused" in answer.text


STEPS = [
    ("register", "clerk", State.SIGNED_FOR),
    ("screen", "clerk", State.REGISTERED),
    ("propose", "director", State.SCREENED),
    ("instruct", "chief", State.PROPOSED),
    ("assign", "clerk", State.INSTRUCTED),
    ("divide", "head", State.HANDLING),
    ("report", "head", State.HANDLING),
    ("read", "reader", State.HANDLING),
    ("review", "director", State.REPORTED),
    ("close", "clerk", State.REVIEWED),
]


@pytest.mark.parametrize(("step", "who", "state"), STEPS)
def test_a_draft_goes_with_its_step_and_with_no_other(cast, draft, step, who, state):
    paper, other = paper_in(state, cast, divided=False), paper_in(state, cast, divided=False)
    for one in (paper, other):
        draft(who, one, step, opinion="写了一半")
    positional, named = arguments(step, cast, paper, who)
    getattr(flow, step)(paper, *positional, by=getattr(cast, who), **named)
    assert [one.form for one in Draft.objects.all()] == [f"incomingpaper.{other.pk}.{step}"]


def test_the_draft_of_signing_for_goes_when_it_is_signed_for(cast, draft):
    draft("clerk", None, "", title="一")
    draft("colleague", None, "", title="二")
    flow.sign_for(arrival(), by=cast.clerk)
    assert [one.user for one in Draft.objects.all()] == [cast.colleague.user]


def test_a_step_that_fails_keeps_the_draft(cast, signed_in, draft):
    paper = paper_in(State.PROPOSED, cast)
    draft("chief", paper, "instruct", opinion="写了一半")
    signed_in("chief").post(f"{paper.get_absolute_url()}instruct/", {"phrase": "胡说"})
    assert Draft.objects.count() == 1


def test_when_a_colleague_was_quicker_the_text_can_be_copied_and_then_discarded(
    cast, signed_in, draft
):
    paper = paper_in(State.REVIEWED, cast)
    draft("clerk", paper, "close", result="我写的办理结果")
    flow.close(paper, by=cast.colleague, result="同事写的结果")
    client = signed_in("clerk")
    page = client.get(paper.get_absolute_url())
    assert [text.text for text in page.context["left_over"]] == ["我写的办理结果"]
    assert "可能同事已先办理" in page.text
    assert "我写的办理结果" not in signed_in("colleague").get(paper.get_absolute_url()).text
    form = page.context["left_over"][0].form
    client = signed_in("clerk")
    client.post("/inbox/drafts/discard/", {"form": form, "back": paper.get_absolute_url()})
    assert "我写的办理结果" not in client.get(paper.get_absolute_url()).text


def test_several_texts_are_shown_with_their_names_and_ticks_are_not(cast, signed_in, draft):
    paper = paper_in(State.SIGNED_FOR, cast)
    draft("colleague", paper, "register", title="题目", sender="单位", marking="2", kind="notice")
    draft("director", paper, "propose", leaders=[str(cast.chief.posts[0].pk)])
    positional, named = arguments("register", cast, paper, "clerk")
    flow.register(paper, *positional, by=cast.clerk, **named)
    page = signed_in("colleague").get(paper.get_absolute_url())
    assert [text.text for text in page.context["left_over"]] == ["标题：题目\n来文单位：单位"]


def test_a_save_that_comes_in_after_the_own_step_is_not_offered_again(cast, signed_in, draft):
    paper = paper_in(State.PROPOSED, cast)
    flow.instruct(paper, by=cast.chief, opinion="同意。")
    draft("chief", paper, "instruct", opinion="同意。")
    assert signed_in("chief").get(paper.get_absolute_url()).context["left_over"] == []


def test_the_page_costs_the_same_without_drafts_and_with_many(cast, signed_in, draft):
    paper = paper_in(State.HANDLING, cast, divided=False)
    client = signed_in("head")

    def cost():
        client.get(paper.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            client.get(paper.get_absolute_url())
        return len(queries)

    without = cost()
    for step in ("divide", "report", "close", "instruct", "propose"):
        draft("head", paper, step, opinion="写了一半", result="写了一半")
    assert cost() == without
