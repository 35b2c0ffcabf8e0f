"""What a page offers to hands that stay on the keyboard."""

from documents.models import State
from tests.documents.factories import paper_in


def test_after_a_step_the_next_piece_of_work_of_the_same_box_is_one_click_away(cast, signed_in):
    paper, later = paper_in(State.PROPOSED, cast), paper_in(State.PROPOSED, cast)
    client = signed_in("chief")
    answer = client.post(f"{paper.get_absolute_url()}instruct/", {"phrase": "同意。"}, follow=True)
    assert f'<a class="next" href="{later.get_absolute_url()}">下一件：' in answer.text
    answer = client.post(f"{later.get_absolute_url()}instruct/", {"phrase": "同意。"}, follow=True)
    assert "批示已写入处理单。" in answer.text
    assert "下一件" not in answer.text


def test_the_title_in_the_link_to_the_next_is_text(cast, signed_in):
    paper = paper_in(State.PROPOSED, cast)
    awkward = paper_in(State.PROPOSED, cast)
    type(awkward).objects.filter(pk=awkward.pk).update(title="<b>粗体</b>")
    answer = signed_in("chief").post(
        f"{paper.get_absolute_url()}instruct/", {"phrase": "同意。"}, follow=True
    )
    assert "下一件：&lt;b&gt;粗体" in answer.text
    assert "<b>粗体" not in answer.text


def test_what_is_read_leads_to_what_is_to_be_read(cast, signed_in):
    paper, later = paper_in(State.HANDLING, cast), paper_in(State.HANDLING, cast)
    answer = signed_in("reader").post(f"{paper.get_absolute_url()}read/", follow=True)
    assert answer.redirect_chain == [("/inbox/to_read/", 302)]
    assert f'href="{later.get_absolute_url()}">下一件：' in answer.text


def test_the_keyboard_finds_content_act_search_and_help(cast, signed_in):
    paper = paper_in(State.PROPOSED, cast)
    page = signed_in("chief").get(paper.get_absolute_url()).text
    assert '<a class="skip" href="#content">跳到正文</a>' in page
    assert '<a class="skip" href="#act">跳到办理</a>' in page
    assert page.count('id="act"') == 1
    assert '<dialog id="keys"' in page
    assert 'data-search="/documents/incoming/#search"' in page
    looking_on = signed_in("director").get(paper.get_absolute_url()).text
    assert '"#act"' not in looking_on
    assert 'data-search=""' in signed_in("clerk").get("/documents/incoming/").text
