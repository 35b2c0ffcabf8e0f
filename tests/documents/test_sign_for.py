import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import storages

from activity.models import Assignment, Event, Notice
from attachments.flow import receive
from attachments.models import Attachment
from documents.flow import incoming as flow
from documents.models import Duty, IncomingPaper, State
from organization.models import LedgerEntry
from tests.documents.factories import arrival, pdf, sent

ADDRESS = "/documents/incoming/sign-for/"
FORM = {
    "sender": "丘陵市人民检察院",
    "title": "关于开展检查的通知",
    "channel": "post",
    "copies": "1",
    "key": "6a4c1f0e-52c3-4d37-9f0b-2f1a64c0a111",
}


def test_signing_for_a_paper_says_who_and_when_and_asks_the_clerks_to_register(cast):
    paper = flow.sign_for(arrival(copies=2), by=cast.clerk)

    assert paper.state == State.SIGNED_FOR
    assert paper.signed_for_by == cast.clerk.posts[0]
    event = Event.objects.about(paper).get()
    assert (event.verb, event.user) == ("incomingpaper.sign_for", cast.clerk.user)
    assert event.details["copies"] == 2
    rows = Assignment.objects.about(paper)
    assert {row.post.user.name for row in rows} == {"clerk", "colleague"}
    assert {row.duty for row in rows} == {Duty.REGISTER}
    assert len({row.batch for row in rows}) == 1


def test_a_colleague_is_told_and_nobody_is_told_what_they_did_themselves(cast):
    flow.sign_for(arrival(), by=cast.clerk)
    assert [notice.recipient.name for notice in Notice.objects.all()] == ["colleague"]


def test_no_number_is_used_up_by_signing_for(cast):
    paper = flow.sign_for(arrival(), by=cast.clerk)
    assert paper.number == ""
    assert not LedgerEntry.objects.exists()


def test_the_scan_hangs_on_the_paper(cast):
    paper = flow.sign_for(arrival(), by=cast.clerk, files=[sent(cast)])
    attachment = Attachment.objects.about(paper).get()
    assert storages["default"].exists(attachment.content.path)
    assert attachment.uploaded_by == cast.clerk.posts[0]


@pytest.mark.parametrize("who", ["director", "chief", "head", "reader", "system_admin"])
def test_only_a_records_clerk_signs_for(cast, who):
    with pytest.raises(PermissionDenied):
        flow.sign_for(arrival(), by=getattr(cast, who))
    assert not IncomingPaper.objects.exists()


def test_sign_for_page_leads_on_to_registration(signed_in, cast):
    answer = signed_in("clerk").post(ADDRESS, FORM | with_files(sent(cast)))
    paper = IncomingPaper.objects.get()
    assert answer.url == paper.get_absolute_url()


def with_files(*files):
    """As the form sends them: each was looked at, since pages without text cannot be read."""
    tokens = [str(file.token) for file in files]
    return {"attachments": tokens, "attachments-seen": tokens}


def test_a_scan_that_nobody_looked_at_is_not_sent(signed_in, cast):
    """What no machine can read, a person must have read: does it bear a mark of secrecy?"""
    file = sent(cast)
    answer = signed_in("clerk").post(ADDRESS, FORM | {"attachments": str(file.token)})
    assert "已查看，无密级标志" in answer.text
    assert not IncomingPaper.objects.exists()
    signed_in("clerk").post(ADDRESS, FORM | with_files(file))
    event = Event.objects.get(verb="attachment.looked_at")
    assert (event.user, event.target) == (cast.clerk.user, IncomingPaper.objects.get())
    assert event.details["file"] == file.name


@pytest.mark.parametrize("who", ["colleague", "outsider"])
def test_nobody_sends_what_another_person_received(signed_in, cast, who):
    file = receive(pdf(), "来文.pdf", by=getattr(cast, who))
    answer = signed_in("clerk").post(ADDRESS, FORM | with_files(file))
    assert "有文件已失效" in answer.text
    assert not IncomingPaper.objects.exists()


@pytest.mark.parametrize("token", ["", "1", "' OR 1=1", "6a4c1f0e-52c3-4d37-9f0b-2f1a64c0a999"])
def test_what_is_no_file_is_refused_with_a_sentence(signed_in, cast, token):
    answer = signed_in("clerk").post(ADDRESS, FORM | {"attachments": token})
    assert "有文件已失效" in answer.text
    assert not IncomingPaper.objects.exists()


def test_files_that_came_stay_when_the_form_must_be_corrected(signed_in, cast):
    file = sent(cast)
    answer = signed_in("clerk").post(ADDRESS, FORM | {"title": "", "attachments": str(file.token)})
    assert not IncomingPaper.objects.exists()
    assert str(file.token) in answer.text
    assert file.name in answer.text


def test_several_files_come_in_their_order(signed_in, cast):
    files = [sent(cast, pdf(pages=number, name=f"附件{number}.pdf")) for number in (1, 2, 3)]
    signed_in("clerk").post(ADDRESS, FORM | with_files(*files))
    names = [file.name for file in Attachment.objects.about(IncomingPaper.objects.get())]
    assert names == ["附件1.pdf", "附件2.pdf", "附件3.pdf"]


def test_a_form_with_a_file_sent_twice_is_one_paper(signed_in, cast):
    client, data = signed_in("clerk"), FORM | with_files(sent(cast))
    answers = [client.post(ADDRESS, data).url for _ in range(2)]
    assert answers == [IncomingPaper.objects.get().get_absolute_url()] * 2


def test_the_same_form_sent_twice_is_one_paper(signed_in, cast):
    client = signed_in("clerk")
    answers = [client.post(ADDRESS, FORM) for _ in range(2)]
    paper = IncomingPaper.objects.get()
    assert [answer.url for answer in answers] == [paper.get_absolute_url()] * 2


def test_the_next_envelope_typed_over_the_last_form_is_another_paper(signed_in, cast):
    client = signed_in("clerk")
    for title in ("关于预算的函", "关于决算的函"):
        client.post(ADDRESS, FORM | {"title": title})
    assert {paper.title for paper in IncomingPaper.objects.all()} == {
        "关于预算的函",
        "关于决算的函",
    }


@pytest.mark.parametrize("title", ["\u202e倒着写", "看不见\u200b", "\u200b", "\u3164", "\x07响"])
def test_a_title_with_something_invisible_is_refused(signed_in, cast, title):
    answer = signed_in("clerk").post(ADDRESS, FORM | {"title": title})
    assert "看不见的字符" in answer.text
    assert not IncomingPaper.objects.exists()
