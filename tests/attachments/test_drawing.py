"""Pages are drawn by the worker: each once, and a file that cannot be drawn is given up."""

import pytest
from django.core.files.storage import storages
from PIL import Image, UnidentifiedImageError

from attachments import drawing
from attachments.checks import Inspected, digest_of
from attachments.models import MAX_ATTEMPTS, Attachment, FileType
from attachments.tasks import draw_missing_pages, draw_pages
from tests.attachments import samples


def drawn(attachment):
    """The pictures that are there, page by page."""
    pages = storages["pages"]
    number, found = 1, []
    while pages.exists(attachment.page_path(number)):
        with pages.open(attachment.page_path(number)) as file, Image.open(file) as image:
            found.append((image.format, image.size))
        number += 1
    return found


def broken():
    """It opens as a picture, and breaks off where its points begin."""
    return samples.picture("JPEG", size=(400, 400))[:-800]


def test_each_page_of_a_pdf_becomes_a_picture(attached):
    attachment = attached(samples.pdf(pages=3))
    assert draw_pages(attachment.pk) == 3
    assert drawn(attachment) == [("JPEG", (400, 600))] * 3  # 200 by 300 points at 144 dpi
    attachment.refresh_from_db()
    assert list(attachment.pages) == [1, 2, 3]


def test_each_frame_of_a_tiff_becomes_a_picture(attached):
    attachment = attached(samples.tiff(3), "传真.tif")
    assert draw_pages(attachment.pk) == 3
    assert drawn(attachment) == [("JPEG", samples.PIXEL)] * 3


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_one_page(attached, kind):
    attachment = attached(samples.picture(kind))
    assert draw_pages(attachment.pk) == 1
    assert drawn(attachment) == [("JPEG", samples.PIXEL)]


def test_a_wide_scan_is_made_smaller(attached):
    attachment = attached(samples.picture("PNG", size=(2800, 100)))
    draw_pages(attachment.pk)
    assert drawn(attachment) == [("JPEG", (1400, 50))]


@pytest.mark.parametrize("palette", [False, True])
def test_what_is_transparent_is_paper_and_not_ink(attached, palette):
    attachment = attached(samples.transparent_png(palette), "签名.png")
    draw_pages(attachment.pk)
    with storages["pages"].open(attachment.page_path(1)) as file, Image.open(file) as image:
        assert image.convert("L").getextrema() == (255, 255)


def test_a_file_that_is_drawn_is_not_drawn_again(attached, monkeypatch):
    attachment = attached(samples.pdf(pages=2))
    draw_pages(attachment.pk)
    monkeypatch.setattr(drawing, "draw", lambda attachment: pytest.fail("drawn again"))
    assert draw_pages(attachment.pk) == 0
    assert draw_missing_pages() == 0


def test_a_second_attempt_draws_only_what_is_missing(attached, monkeypatch):
    """The worker was killed after the pictures and before the row."""
    attachment = attached(samples.pdf(pages=2))
    draw_pages(attachment.pk)
    Attachment.objects.update(page_count=None)
    monkeypatch.setattr(drawing, "_jpeg", lambda image: pytest.fail("drawn again"))
    assert draw_pages(attachment.pk) == 2
    assert Attachment.objects.get().page_count == 2


def test_a_file_that_cannot_be_drawn_is_given_up_after_three_attempts(attached):
    attachment = attached(broken(), "破损.jpg")
    for _ in range(MAX_ATTEMPTS):
        assert Attachment.objects.get().is_drawable
        with pytest.raises(OSError, match="truncated"):
            draw_pages(attachment.pk)
    assert draw_pages(attachment.pk) == 0
    given_up = Attachment.objects.get()
    assert (given_up.attempts, given_up.page_count) == (3, None)
    assert not given_up.is_drawable
    assert draw_missing_pages() == 0


def test_an_attempt_is_counted_before_it_can_kill_the_worker(attached, monkeypatch):
    attachment = attached()

    def killed(attachment):
        raise SystemExit

    monkeypatch.setattr(drawing, "draw", killed)
    with pytest.raises(SystemExit):
        draw_pages(attachment.pk)
    assert Attachment.objects.get().attempts == 1


def test_the_sweep_draws_what_no_job_has_drawn(attached):
    attachments = [attached(samples.pdf(pages=number)) for number in (4, 5)]
    assert draw_missing_pages() == 2
    assert [len(drawn(attachment)) for attachment in attachments] == [4, 5]


def test_one_bad_file_does_not_keep_the_others_waiting(attached):
    attached(broken(), "破损.jpg")
    good = attached(samples.pdf(pages=6))
    draw_missing_pages()
    assert len(drawn(good)) == 6


def test_a_file_that_is_gone_is_not_drawn(db):
    assert draw_pages(999_999) == 0


def test_a_tiff_that_lies_about_its_frames_draws_no_giant(attached, monkeypatch):
    monkeypatch.setattr("attachments.flow.inspect", _trusting)
    attachment = attached(samples.tiff_with_a_huge_second_frame(60_000), "传真.tif")
    with pytest.raises((Image.DecompressionBombError, UnidentifiedImageError, OSError)):
        draw_pages(attachment.pk)


def _trusting(file):
    return Inspected(FileType.TIFF, digest_of(file), file.size)
