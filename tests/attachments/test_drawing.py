"""Pages are drawn by the worker: each once, and a file that cannot be drawn is given up."""

from datetime import timedelta

import pytest
from django.core.files.storage import storages
from PIL import Image, UnidentifiedImageError

from attachments import drawing, tasks
from attachments.models import MAX_ATTEMPTS, Content, FileType
from attachments.reading import Found
from attachments.tasks import do_what_was_left, draw_pages
from tests.attachments import samples


def drawn(content):
    """The pictures that are there, page by page."""
    pages = storages["pages"]
    number, found = 1, []
    while pages.exists(content.page_path(number)):
        with pages.open(content.page_path(number)) as file, Image.open(file) as image:
            found.append((image.format, image.size))
        number += 1
    return found


@pytest.fixture
def broken(received):
    """A picture that was taken in whole, and lost its end on the disk."""
    content = received(samples.picture("JPEG", size=(400, 400)), "破损.jpg").content
    with open(storages["default"].path(content.path), "r+b") as file:
        file.truncate(content.size - 800)
    return content


def test_each_page_of_a_pdf_becomes_a_picture(received):
    content = received(samples.pdf(pages=3)).content
    assert draw_pages(content.pk) == 3
    assert drawn(content) == [("JPEG", (400, 600))] * 3  # 200 by 300 points at 144 dpi
    content.refresh_from_db()
    assert list(content.pages) == [1, 2, 3]


def test_each_frame_of_a_tiff_becomes_a_picture(received):
    content = received(samples.tiff(3), "传真.tif").content
    assert draw_pages(content.pk) == 3
    assert drawn(content) == [("JPEG", samples.PIXEL)] * 3


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_one_page(received, kind):
    content = received(samples.picture(kind), f"图.{kind.lower()}").content
    assert draw_pages(content.pk) == 1
    assert drawn(content) == [("JPEG", samples.PIXEL)]


def test_a_wide_scan_is_made_smaller(received):
    content = received(samples.picture("PNG", size=(2800, 100)), "图.png").content
    draw_pages(content.pk)
    assert drawn(content) == [("JPEG", (1400, 50))]


@pytest.mark.parametrize("palette", [False, True])
def test_what_is_transparent_is_paper_and_not_ink(received, palette):
    content = received(samples.transparent_png(palette), "签名.png").content
    draw_pages(content.pk)
    with storages["pages"].open(content.page_path(1)) as file, Image.open(file) as image:
        assert image.convert("L").getextrema() == (255, 255)


def test_a_file_that_is_drawn_is_not_drawn_again(received, monkeypatch):
    content = received(samples.pdf(pages=2)).content
    draw_pages(content.pk)
    monkeypatch.setattr(drawing, "draw", lambda content: pytest.fail("drawn again"))
    assert draw_pages(content.pk) == 0
    do_what_was_left()


def test_a_second_attempt_draws_only_what_is_missing(received, monkeypatch):
    """The worker was killed after the pictures and before the row."""
    content = received(samples.pdf(pages=2)).content
    draw_pages(content.pk)
    Content.objects.update(page_count=None)
    monkeypatch.setattr(drawing, "_jpeg", lambda image: pytest.fail("drawn again"))
    assert draw_pages(content.pk) == 2
    assert Content.objects.get().page_count == 2


def test_a_file_that_cannot_be_drawn_is_given_up_after_three_attempts(broken):
    content = broken
    for _ in range(MAX_ATTEMPTS):
        assert Content.objects.get().is_in_work
        with pytest.raises(OSError, match="truncated"):
            draw_pages(content.pk)
    assert draw_pages(content.pk) == 0
    given_up = Content.objects.get()
    assert (given_up.draw_attempts, given_up.page_count) == (3, None)
    assert not given_up.is_in_work
    assert do_what_was_left() == 0


def test_an_attempt_is_counted_before_it_can_kill_the_worker(received, monkeypatch):
    content = received().content

    def killed(content):
        raise SystemExit

    monkeypatch.setattr(drawing, "draw", killed)
    with pytest.raises(SystemExit):
        draw_pages(content.pk)
    assert Content.objects.get().draw_attempts == 1


def test_the_sweep_draws_what_no_job_has_drawn(received):
    contents = [received(samples.pdf(pages=number)).content for number in (4, 5)]
    assert do_what_was_left() == 4  # pages and text of each
    assert [len(drawn(content)) for content in contents] == [4, 5]
    assert do_what_was_left() == 0


def test_the_sweep_begins_with_what_came_last(received, monkeypatch):
    monkeypatch.setattr(tasks, "AT_ONCE", 1)
    contents = [received(samples.pdf(pages=number)).content for number in (1, 2, 3)]
    for content, hours in zip(contents, (3, 1, 2), strict=True):
        before = content.kept_at - timedelta(hours=hours)
        Content.objects.filter(pk=content.pk).update(kept_at=before)
    do_what_was_left()
    assert [len(drawn(content)) for content in contents] == [0, 2, 0]


@pytest.mark.parametrize(
    ("on_and_on", "called_again"), [(0, [False] * 3), (1, [True, True, False])]
)
def test_after_a_load_of_files_the_sweep_calls_itself_until_nothing_is_left(
    received, monkeypatch, on_and_on, called_again
):
    called = []
    monkeypatch.setattr(tasks, "AT_ONCE", 1)
    monkeypatch.setattr(tasks, "wake", lambda task, *ids: called.append(ids))
    for number in (1, 2):
        received(samples.pdf(pages=number))
    for again in called_again:
        called.clear()
        do_what_was_left(on_and_on)
        assert called == ([(1,)] if again else [])


def test_one_bad_file_does_not_keep_the_others_waiting(broken, received):
    good = received(samples.pdf(pages=6)).content
    do_what_was_left()
    assert len(drawn(good)) == 6


def test_a_file_that_is_gone_is_not_drawn(db):
    assert draw_pages(999_999) == 0


def test_a_tiff_that_lies_about_its_frames_draws_no_giant(received, monkeypatch):
    monkeypatch.setattr("attachments.flow.examine", _trusting)
    content = received(samples.tiff_with_a_huge_second_frame(60_000), "传真.tif").content
    with pytest.raises((Image.DecompressionBombError, UnidentifiedImageError, OSError)):
        draw_pages(content.pk)


def _trusting(path, name):
    return Found(FileType.TIFF, pages=2, text="", readable=False)
