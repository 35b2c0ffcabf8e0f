"""A refusal says who may do it and which rule says so."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from documents.flow import incoming as flow
from documents.models import State
from tests.documents.factories import paper_in


@pytest.fixture(autouse=True)
def _chinese():
    with translation.override("zh-hans"):
        yield


@pytest.mark.parametrize("step", flow.STEPS, ids=lambda step: step.name)
def test_every_step_names_its_people_and_its_article(step):
    if step != flow.RECALL:  # a rule of the house
        assert "条例》第二十四条" in str(step.who)
    assert str(step.who) in str(step.refusal())
    assert f"“{step.label}”" in str(step.refusal())


def test_who_lacks_the_post_is_told_whose_it_is(cast, signed_in):
    paper = paper_in(State.PROPOSED, cast)
    page = signed_in("director").post(f"{paper.get_absolute_url()}instruct/", {"opinion": "同意。"})
    assert page.status_code == 403
    assert (
        "由办公室主任呈请批示的院领导（《党政机关公文处理工作条例》第二十四条第四项）办理"
        in page.text
    )


def test_who_was_not_asked_is_told_who_was(cast):
    paper = paper_in(State.PROPOSED, cast)
    with pytest.raises(PermissionDenied, match="此件的“批示”已交chief办理"):
        flow.instruct(paper, by=cast.vice_chief, opinion="同意。")


def test_no_page_of_refusal_is_left_without_a_sentence(cast, signed_in):
    page = signed_in("handler").get("/documents/incoming/sign-for/")
    assert "“签收”由文书（《党政机关公文处理工作条例》第二十四条第一项至第四项）办理" in page.text
    assert "由系统管理员、安全管理员、审计员查看" in signed_in("clerk").get("/inbox/outbox/").text
    assert "系统管理由系统管理员、安全管理员、审计员使用" in signed_in("clerk").get("/admin/").text
