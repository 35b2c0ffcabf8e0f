"""重复来文: what may have come before is shown before anything is written down."""

import re

import pytest
from django.core.files.base import ContentFile

from activity.models import Assignment, Event
from activity.words import sentence
from attachments.flow import receive
from attachments.models import Attachment, Upload
from documents.flow import incoming as flow
from documents.models import IncomingPaper, State
from organization.models import Marking
from tests.documents.factories import arrival, paper_in, pdf, registration, sent
from tests.documents.test_register import form_of
from tests.documents.test_sign_for import FORM, with_files

MAIL_ROOM = "/documents/incoming/sign-for/"
ASK = "/documents/incoming/duplicates/"
NUMBER = "丘检办〔2026〕8号"  # of every paper the factories register
MAYBE = "可能重复来文："
SCAN = pdf(2).read()
OTHER_TITLE = "关于催报年度工作总结的通知"


@pytest.fixture
def known(cast):
    """A paper of that number, already in the register."""
    return paper_in(State.HANDLING, cast)


@pytest.fixture
def sends(signed_in, cast):
    """`sends("sign_for", …)` and `sends("register", …)`: the same envelope at both places."""
    waiting = {}

    def send(place, **fields):
        client = signed_in("clerk")
        if place == "sign_for":
            return client.post(MAIL_ROOM, FORM | {"title": OTHER_TITLE} | fields)
        if not waiting:
            waiting["paper"] = flow.sign_for(arrival(title=OTHER_TITLE, sender="某"), by=cast.clerk)
        paper = waiting["paper"]
        given = {"sender": FORM["sender"], "sender_number": ""} | fields
        return client.post(f"{paper.get_absolute_url()}register/", form_of(paper, **given))

    return send


def scan(name="来文.pdf"):
    """The same bytes each time."""
    return ContentFile(SCAN, name=name)


def written_down():
    return IncomingPaper.objects.exclude(sender_number="").count()


def tick(answer):
    return re.search(r'name="beside" value="([\d,]+)"', answer.text)[1]


both_places = pytest.mark.parametrize("place", ["sign_for", "register"])


@both_places
def test_the_same_number_of_the_same_sender_is_shown_before_anything_is_written(
    sends, known, place
):
    events = Event.objects.filter(verb=f"incomingpaper.{place}")
    before = events.count()
    answer = sends(place, sender_number=NUMBER)
    assert answer.status_code == 200
    box = answer.text.split(MAYBE)[1].split("</ul>")[0]
    day = f"{known.registered_at:%Y}年"
    assert day in box
    assert f"已登记，{known.number}" in box
    assert "承办中" in box
    assert "来文单位和字号相同" in box
    assert f'<a href="{known.get_absolute_url()}" target="_blank">{known.title}' in box
    assert "尚未提交：可能是重复来文" in answer.text
    assert "请改正下面标红的地方" not in answer.text
    assert written_down() == 1
    assert events.count() == before
    assert OTHER_TITLE in answer.text
    assert NUMBER in answer.text


@both_places
def test_the_tick_lets_it_through_and_the_trail_says_with_what_it_was_compared(sends, known, place):
    answer = sends(place, sender_number=NUMBER)
    done = sends(place, sender_number=NUMBER, beside=tick(answer))
    assert done.status_code == 302
    event = Event.objects.filter(verb=f"incomingpaper.{place}").last()
    assert event.details["beside"] == {str(known.pk): known.number}
    assert f"；已与{known.number}核对，不是重复来文" in sentence(event)
    assert written_down() == 2


@both_places
def test_a_tick_for_another_paper_is_none(sends, known, place):
    assert sends(place, sender_number=NUMBER, beside=str(known.pk + 1000)).status_code == 200
    assert sends(place, sender_number=NUMBER, beside="x").status_code == 200
    assert written_down() == 1


@both_places
def test_a_paper_that_came_after_the_tick_is_shown_as_well(cast, sends, known, place):
    ticked = tick(sends(place, sender_number=NUMBER))
    newer = paper_in(State.REGISTERED, cast)
    answer = sends(place, sender_number=NUMBER, beside=ticked)
    assert answer.status_code == 200
    assert newer.number in answer.text.split(MAYBE)[1]


@both_places
def test_the_same_file_is_shown_and_the_files_stay_in_the_form(cast, sends, place):
    old = paper_in(State.SIGNED_FOR, cast, file=scan())
    file = sent(cast, scan("又一次.pdf"))
    answer = sends(place, **with_files(file))
    box = answer.text.split(MAYBE)[1].split("</ul>")[0]
    assert "附件内容相同" in box
    assert "来文单位和字号相同" not in box
    assert "已签收，待登记" in box
    assert old.title in box
    assert str(file.token) in answer.text
    assert "又一次.pdf" in answer.text
    assert Upload.objects.get() == file
    assert Attachment.objects.count() == 1
    assert sends(place, **with_files(file), beside=tick(answer)).status_code == 302
    assert Attachment.objects.count() == 2


def test_two_reasons_are_both_said(cast, sends):
    paper = paper_in(State.REGISTERED, cast, file=scan())
    answer = sends("sign_for", sender_number=NUMBER, **with_files(sent(cast, scan())))
    box = answer.text.split(MAYBE)[1].split("</ul>")[0]
    assert "来文单位和字号相同、附件内容相同" in box
    assert box.count("<li>") == 1
    assert paper.number in box


@both_places
@pytest.mark.parametrize(
    "typed",
    [
        "丘检办[2026]8号",
        "丘检办(2026) 第008号",
        "丘检办（２０２６）８号",
        " 丘检办【2026】0008 号 ",
    ],
)
def test_a_number_is_recognised_however_it_is_typed(sends, known, place, typed):
    assert MAYBE in sends(place, sender_number=typed).text


@pytest.mark.parametrize(
    "name", ["丘陵市检察院", "丘陵市院", " 丘陵市 人民检察院", "丘陵市　人民检察院"]
)
def test_short_name_and_blanks_are_the_same_sender(sends, known, name):
    assert MAYBE in sends("sign_for", sender=name, sender_number=NUMBER).text


def test_another_sender_may_use_the_same_number(sends, known):
    assert sends("sign_for", sender="丘陵市人民法院", sender_number=NUMBER).status_code == 302


@pytest.mark.parametrize("number", ["", "无", "无字号"])
def test_what_is_no_number_finds_nothing(cast, sends, number):
    IncomingPaper.objects.filter(pk=paper_in(State.REGISTERED, cast).pk).update(
        sender_number=number
    )
    assert sends("sign_for", sender_number=number).status_code == 302


@both_places
def test_other_mistakes_are_put_right_first(sends, known, place):
    answer = sends(place, sender_number=NUMBER, title="")
    assert MAYBE not in answer.text
    assert "请改正下面标红的地方" in answer.text


def test_the_same_form_sent_twice_is_one_paper_without_a_question(sends):
    first, second = (sends("sign_for", sender_number=NUMBER) for _ in range(2))
    assert first.url == second.url == IncomingPaper.objects.get().get_absolute_url()


def test_the_next_envelope_typed_over_the_last_form_is_compared_with_it(sends):
    sends("sign_for", sender_number=NUMBER)
    answer = sends("sign_for", sender_number=NUMBER, title="另一个标题")
    assert OTHER_TITLE in answer.text.split(MAYBE)[1]
    assert IncomingPaper.objects.count() == 1


def test_a_paper_is_no_duplicate_of_itself_when_it_is_registered(cast, signed_in):
    file = sent(cast)
    paper = flow.sign_for(arrival(sender_number=NUMBER), by=cast.clerk, files=[file])
    again = with_files(sent(cast))
    address = f"{paper.get_absolute_url()}register/"
    assert signed_in("clerk").post(address, form_of(paper, **again)).status_code == 302


def test_the_number_of_the_mail_room_is_kept_and_proposed_at_registration(cast, signed_in):
    client = signed_in("clerk")
    page = client.post(MAIL_ROOM, FORM | {"sender_number": "丘检办[2026]009号"}, follow=True)
    assert IncomingPaper.objects.get().sender_number == "丘检办〔2026〕9号"
    assert 'value="丘检办〔2026〕9号"' in page.text


def test_a_paper_of_another_procuratorate_is_never_found(cast, known, client):
    client.force_login(cast.outsider.user)
    answer = client.post(MAIL_ROOM, FORM | {"sender_number": NUMBER})
    assert answer.status_code == 302


def test_a_file_of_another_procuratorate_is_never_found(cast, client):
    paper_in(State.REGISTERED, cast, file=scan())
    file = receive(scan(), "来文.pdf", by=cast.outsider)
    client.force_login(cast.outsider.user)
    assert client.post(MAIL_ROOM, FORM | with_files(file)).status_code == 302


def test_above_ones_clearance_it_is_a_line_without_title_and_link(cast, signed_in):
    paper = paper_in(State.REGISTERED, cast, marking=Marking.SENSITIVE, file=scan())
    IncomingPaper.objects.filter(pk=paper.pk).update(title="敏感的标题")
    answer = signed_in("colleague").post(MAIL_ROOM, FORM | {"sender_number": NUMBER})
    box = answer.text.split(MAYBE)[1].split("</ul>")[0]
    assert paper.number in box
    assert "待初审" in box
    assert "标题不显示" in box
    assert "敏感的标题" not in answer.text
    assert paper.get_absolute_url() not in answer.text


def test_a_line_that_is_only_listed_has_a_title_and_no_link(cast, signed_in):
    paper = paper_in(State.REGISTERED, cast)
    Assignment.objects.about(paper).filter(post__user=cast.colleague.user).update(
        post=cast.director.posts[0], duty="x"
    )
    answer = signed_in("colleague").post(MAIL_ROOM, FORM | {"sender_number": NUMBER})
    box = answer.text.split(MAYBE)[1].split("</ul>")[0]
    assert paper.title in box
    assert paper.get_absolute_url() not in box


def test_many_are_counted_and_the_newest_five_shown(sends, known, cast):
    for _ in range(6):
        newest = flow.sign_for(arrival(sender_number=NUMBER), by=cast.clerk)
    answer = sends("sign_for", sender_number=NUMBER)
    box = answer.text.split(MAYBE)[1]
    assert box.split("</ul>")[0].count("<li>") == 5
    assert "另有 2 件" in box
    assert tick(answer).split(",")[0] == str(newest.pk)
    assert sends("sign_for", sender_number=NUMBER, beside=tick(answer)).status_code == 302


@pytest.mark.parametrize("place", ["sign_for", "register"])
def test_what_a_colleague_sent_at_the_same_moment_is_said_afterwards(
    cast, sends, monkeypatch, place
):
    """The question found nothing; then a colleague was quicker by a second."""
    ours = getattr(flow, place)

    def after_a_colleague(*args, **kwargs):
        other = flow_sign_for(arrival(sender_number=NUMBER, title="同时到的"), by=cast.colleague)
        flow_register(other, registration(title="同时到的"), by=cast.colleague)
        return ours(*args, **kwargs)

    flow_sign_for, flow_register = flow.sign_for, flow.register
    sends(place, sender_number=NUMBER, title="")  # the waiting one is there
    monkeypatch.setattr(flow, place, after_a_colleague)
    answer = sends(place, sender_number=NUMBER)
    assert answer.status_code == 302
    other = IncomingPaper.objects.get(title="同时到的")
    said = [str(message) for message in answer.wsgi_request._messages]
    assert any(
        "可能重复来文，请与该件核对" in one and other.number in one and other.title in one
        for one in said
    )


def test_a_paper_that_was_compared_is_not_mentioned_afterwards(sends, known):
    answer = sends("sign_for", sender_number=NUMBER)
    done = sends("sign_for", sender_number=NUMBER, beside=tick(answer))
    assert not any("请与该件核对" in str(one) for one in done.wsgi_request._messages)
