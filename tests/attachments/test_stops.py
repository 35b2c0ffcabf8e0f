"""What bears a mark of secrecy is kept out; a second person may release it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from activity.models import Event, Notice
from attachments import reading, stops
from attachments.checks import FileRefused
from attachments.flow import attach, receive
from attachments.models import Attachment, Content, ExtractedText, Place, SecrecyStop, Upload
from attachments.tasks import do_what_was_left, read_text
from organization.models import Role
from tests.attachments import samples
from tests.attachments.asking import body, routes
from tests.conftest import make_person

MARKED = "机密★1年\n关于开展检查的通知".encode()
LATER = ("关于开展检查的通知\n" * 900 + "机密★1年\n").encode()


def bring(who, content=MARKED, name="来文.txt"):
    return receive(samples.file(content, name), name, by=who)


@pytest.fixture
def stop(cast):
    with pytest.raises(FileRefused):
        bring(cast.clerk)
    return SecrecyStop.objects.get()


@pytest.fixture
def shut(attached):
    """A file whose mark stands where only the worker looks."""
    attachment = attached(LATER, "来文.txt")
    read_text(attachment.content_id)
    return Attachment.objects.get(pk=attachment.pk)


def test_a_marked_file_is_not_kept_and_the_sentence_says_why(cast):
    with pytest.raises(FileRefused, match="疑似带有密级标志，系统未留存"):
        bring(cast.clerk)
    assert not Upload.objects.exists()
    assert not Content.objects.exists()


def test_a_stop_says_who_when_and_where_but_neither_name_nor_mark(stop, cast):
    assert (stop.stopped_for, stop.place) == (cast.clerk.user, Place.FIRST_PAGES)
    (event,) = Event.objects.filter(verb="secrecystop.stop")
    for text in (str(vars(stop)), str(event.details)):
        assert "机密" not in text
        assert "来文" not in text


def test_who_may_release_it_and_the_security_administrator_are_told(stop, cast):
    assert told_of(stop) == {"director", "security_admin"}


def test_leaders_are_told_of_what_the_director_sent(cast):
    with pytest.raises(FileRefused):
        bring(cast.director)
    leaders = {"chief", "vice_chief", "drafting_chief"}
    assert told_of(SecrecyStop.objects.get()) == {"security_admin", *leaders}


def test_once_it_is_released_nobody_has_it_among_the_unread(stop, cast):
    stops.release(stop, "不涉密", by=cast.director)
    unread = Notice.objects.filter(read_at=None, event__verb__startswith="secrecystop")
    assert {notice.recipient.name for notice in unread} == {"clerk"}


def told_of(stop):
    notices = Notice.objects.filter(event__target_id=stop.pk, event__verb="secrecystop.stop")
    return {notice.recipient.name for notice in notices}


@pytest.mark.parametrize("who", ["clerk", "colleague"])
def test_under_another_name_the_same_bytes_are_stopped_too(cast, who):
    with pytest.raises(FileRefused):
        bring(cast.clerk, "各县：请报送。".encode(), "机密.txt")
    with pytest.raises(FileRefused):
        bring(getattr(cast, who), "各县：请报送。".encode(), "通知.txt")
    assert not Content.objects.exists()
    stops.release(SecrecyStop.objects.first(), "不涉密", by=cast.director)
    assert bring(cast.clerk, "各县：请报送。".encode(), "通知.txt")


def test_sent_again_it_is_the_same_stop_and_another_event(stop, cast):
    with pytest.raises(FileRefused):
        bring(cast.clerk)
    assert SecrecyStop.objects.count() == 1
    assert Event.objects.filter(verb="secrecystop.stop").count() == 2


@pytest.mark.parametrize("who", ["director", "chief", "vice_chief"])
def test_a_second_person_releases_this_content(stop, cast, who):
    stops.release(stop, "文中只是谈到标志", by=getattr(cast, who))
    stop.refresh_from_db()
    assert (stop.released_by, stop.reason) == (getattr(cast, who).user, "文中只是谈到标志")
    event = Event.objects.get(verb="secrecystop.release")
    assert event.user == getattr(cast, who).user
    assert bring(cast.clerk).content.digest == stop.digest
    assert bring(cast.colleague).content.digest == stop.digest


def test_another_content_is_not_released_with_it(stop, cast):
    stops.release(stop, "不涉密", by=cast.director)
    with pytest.raises(FileRefused):
        bring(cast.clerk, MARKED + b"\n")


def test_nor_is_it_released_elsewhere(stop, cast):
    stops.release(stop, "不涉密", by=cast.director)
    with pytest.raises(FileRefused):
        bring(cast.outsider)


@pytest.mark.parametrize(
    "who", ["clerk", "colleague", "head", "handler", "superior", "outsider", "security_admin"]
)
def test_nobody_else_releases_it(stop, cast, who):
    with pytest.raises(PermissionDenied):
        stops.release(stop, "不涉密", by=getattr(cast, who))
    stop.refresh_from_db()
    assert stop.released_at is None
    assert not Event.objects.filter(verb="secrecystop.release").exists()


def test_whoever_sent_it_does_not_release_it_whatever_the_post(cast):
    with pytest.raises(FileRefused):
        bring(cast.director)
    with pytest.raises(PermissionDenied):
        stops.release(SecrecyStop.objects.get(), "不涉密", by=cast.director)
    with pytest.raises(IntegrityError), transaction.atomic():
        SecrecyStop.objects.update(
            released_by=cast.director.user, released_at=timezone.now(), reason="不涉密"
        )


def test_nor_does_one_release_for_a_colleague_what_one_sent_oneself(cast):
    for who in (cast.clerk, cast.director):
        with pytest.raises(FileRefused):
            bring(who)
    with pytest.raises(PermissionDenied):
        stops.release(
            SecrecyStop.objects.get(stopped_for=cast.clerk.user), "不涉密", by=cast.director
        )


def test_it_is_released_once(stop, cast):
    stops.release(stop, "不涉密", by=cast.director)
    with pytest.raises(stops.AlreadyReleased):
        stops.release(stop, "不涉密", by=cast.chief)
    stop.refresh_from_db()
    assert stop.released_by == cast.director.user


def test_a_mark_further_on_shuts_the_file(shut, cast, signed_in):
    assert shut.content.shut_at
    client = signed_in("clerk")
    assert [client.get(route).status_code for route in routes(shut)] == [403] * 3
    assert "已暂停查看" in client.get(shut.target.get_absolute_url()).text
    assert SecrecyStop.objects.get().place == Place.LATER_PAGES


def test_a_shut_file_does_not_come_in_again(shut, cast):
    with pytest.raises(FileRefused, match="疑似带有密级标志"):
        bring(cast.colleague, LATER)


def test_a_released_file_opens_again_and_stays_open(shut, cast, signed_in):
    stops.release(SecrecyStop.objects.get(), "附件只是样式", by=cast.director)
    assert body(signed_in("clerk").get(routes(shut)[0])) == LATER
    Content.objects.update(read_at=None, read_attempts=0)
    read_text(shut.content_id)
    assert body(signed_in("clerk").get(routes(shut)[0])) == LATER


def test_the_text_of_a_file_is_kept_and_shown(attached, signed_in):
    attachment = attached("第一行\n<b>第二行</b>".encode(), "来文.txt")
    client = signed_in("clerk")
    assert "正在生成页面" in client.get(routes(attachment)[1]).text
    do_what_was_left()
    assert ExtractedText.objects.get().text == "第一行\n<b>第二行</b>"
    page = client.get(routes(attachment)[1]).text
    assert "第一行<br>&lt;b&gt;第二行&lt;/b&gt;" in page


def test_what_the_gate_has_read_to_its_end_is_not_read_again(received):
    short, long = received(samples.pdf(pages=2)).content, received(samples.pdf(pages=3)).content
    assert short.read_at
    assert ExtractedText.objects.get().content == short
    assert long.read_at is None


def test_a_file_too_long_to_be_read_to_its_end_is_shut(attached, monkeypatch):
    monkeypatch.setattr(reading, "MOST_CHARACTERS", 3)
    attachment = attached("第一行".encode(), "来文.txt")
    read_text(attachment.content_id)
    assert SecrecyStop.objects.get().place == Place.UNREAD


def test_what_nobody_can_read_to_its_end_is_shut(attached, signed_in, cast, monkeypatch):
    def fails(path, kind):
        raise reading.Refused("timeout")

    attachment = attached("第一行".encode(), "来文.txt")
    monkeypatch.setattr(reading, "whole_text", fails)
    for _ in range(3):
        with pytest.raises(reading.Refused):
            read_text(attachment.content_id)
    assert read_text(attachment.content_id) == 0
    do_what_was_left()
    assert "已暂停查看" in signed_in("clerk").get(routes(attachment)[1]).text
    assert SecrecyStop.objects.get().place == Place.UNREAD
    stops.release(SecrecyStop.objects.get(), "看过全文", by=cast.director)
    do_what_was_left()
    assert "请下载" in signed_in("clerk").get(routes(attachment)[1]).text


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("clerk", True),
        ("director", True),
        ("chief", True),
        ("security_admin", True),
        ("colleague", False),
        ("outsider", False),
        ("superior", False),
        ("system_admin", False),
    ],
)
def test_stops_are_listed_for_whom_they_concern(stop, signed_in, who, sees):
    page = signed_in(who).get("/attachments/stops/")
    assert page.status_code == 200
    assert (stop.digest[:12] in page.text) is sees


def test_the_list_offers_release_to_a_second_person_only(stop, signed_in):
    assert "不涉密，放行" in signed_in("director").get("/attachments/stops/").text
    assert "不涉密，放行" not in signed_in("clerk").get("/attachments/stops/").text


def test_release_by_the_page_needs_a_reason(stop, signed_in):
    client, address = signed_in("director"), f"/attachments/stops/{stop.pk}/release/"
    assert "请写明理由" in client.post(address, {"reason": " "}, follow=True).text
    assert "已放行" in client.post(address, {"reason": "样式"}, follow=True).text
    assert "已经办过了" in client.post(address, {"reason": "样式"}, follow=True).text


def test_a_marked_file_stays_out_even_with_clearance(cast):
    """Nobody's clearance reaches a state secret: this system may not hold it at all."""
    for who in (cast.chief, cast.director, cast.clerk):
        with pytest.raises(FileRefused):
            bring(who)
    assert not Content.objects.exists()
    person = make_person("new", cast.clerk.procuratorate, (Role.CHIEF, None), clearance=3)
    with pytest.raises(FileRefused):
        bring(person)


def test_attached_before_it_was_read_it_is_found_all_the_same(cast, paper, received):
    upload = received(LATER, "来文.txt")
    attach([upload], paper, by=cast.clerk, post=cast.clerk.posts[0])
    do_what_was_left()
    assert Content.objects.get().shut_at
