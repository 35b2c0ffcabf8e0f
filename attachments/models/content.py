from datetime import datetime

from django.db import models
from django.db.models import Q
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _

from attachments.reading import kinds

MAX_ATTEMPTS = 3  # at drawing the pages or reading the text of one content; then it is given up


class FileType(models.TextChoices):
    """What a file really is, read from its content. The value is the type we answer with."""

    PDF = kinds.PDF, "PDF"
    DOCX = kinds.DOCX, "Word"
    DOC = kinds.DOC, "Word 97"
    WPS = kinds.WPS, "WPS"
    XLSX = kinds.XLSX, "Excel"
    OFD = kinds.OFD, "OFD"
    PNG = kinds.PNG, "PNG"
    JPEG = kinds.JPEG, "JPEG"
    TIFF = kinds.TIFF, "TIFF"
    TXT = kinds.TXT, _("Text")


SHOWN = 20_000  # characters of a text on a page; the rest is in the file
DRAWN = frozenset({FileType.PDF, FileType.PNG, FileType.JPEG, FileType.TIFF})
READ = frozenset({FileType.PDF, FileType.DOCX, FileType.XLSX, FileType.OFD, FileType.TXT})


class ContentQuerySet(models.QuerySet["Content"]):
    def undrawn(self) -> "ContentQuerySet":
        return self.filter(page_count__isnull=True, draw_attempts__lt=MAX_ATTEMPTS)

    def left_undrawn(self, since: datetime) -> "ContentQuerySet":
        """Those nobody has begun to draw since then."""
        return self.undrawn().filter(Q(draw_tried_at__isnull=True) | Q(draw_tried_at__lt=since))

    def unread(self) -> "ContentQuerySet":
        return self.filter(read_at__isnull=True, read_attempts__lt=MAX_ATTEMPTS)

    def left_unread(self, since: datetime) -> "ContentQuerySet":
        """Those nobody has begun to read since then."""
        return self.unread().filter(Q(read_tried_at__isnull=True) | Q(read_tried_at__lt=since))

    def given_up_reading(self) -> "ContentQuerySet":
        return self.filter(read_at__isnull=True, read_attempts__gte=MAX_ATTEMPTS)

    def orphaned(self) -> "ContentQuerySet":
        """On no record and on no form that is being filled in."""
        return self.filter(attachments__isnull=True, uploads__isnull=True)


class Content(models.Model):
    """The bytes of a file. Kept once in each procuratorate, under their digest; never changed.

    Page images and text belong to the content: a file that comes again finds them made.
    """

    procuratorate = models.ForeignKey("organization.Procuratorate", models.PROTECT)
    digest = models.CharField(max_length=64)  # SHA-256, hexadecimal
    size = models.PositiveBigIntegerField()  # bytes
    type = models.CharField(max_length=100, choices=FileType.choices)
    page_count = models.PositiveIntegerField(null=True)  # null: its pages are not drawn yet
    draw_attempts = models.PositiveSmallIntegerField(default=0)
    draw_tried_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)  # null: its text was not looked for yet
    read_attempts = models.PositiveSmallIntegerField(default=0)
    read_tried_at = models.DateTimeField(null=True)
    shut_at = models.DateTimeField(null=True)  # a mark of secrecy was found later: nobody opens it
    kept_at = models.DateTimeField(auto_now_add=True)

    objects = ContentQuerySet.as_manager()

    class Meta:
        verbose_name = _("content")
        indexes = [
            models.Index(
                fields=["id"], name="contents_not_drawn", condition=Q(page_count__isnull=True)
            ),
            models.Index(
                fields=["id"], name="contents_not_read", condition=Q(read_at__isnull=True)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="content_is_kept_once", fields=["procuratorate", "digest"]
            ),
            models.CheckConstraint(
                name="content_type_is_known", condition=Q(type__in=FileType.values)
            ),
            models.CheckConstraint(
                name="content_digest_is_sha256", condition=Q(digest__regex=r"^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self) -> str:
        return self.digest

    @property
    def path(self) -> str:
        """Where the bytes are, inside the storage: never made of anything a person typed."""
        return f"{self.procuratorate_id}/{self.digest}"

    @property
    def is_in_work(self) -> bool:
        """Its pages or its text will be there soon: neither is made, nor was it given up."""
        drawing = self.page_count is None and self.draw_attempts < MAX_ATTEMPTS
        reading = not self.page_count and self.read_at is None
        return drawing or (reading and self.read_attempts < MAX_ATTEMPTS)

    @property
    def is_table(self) -> bool:
        """Its words without their numbers would mislead."""
        return self.type == FileType.XLSX

    @property
    def text(self) -> str:
        """The beginning of what it says; empty as long as it was not read."""
        found = ExtractedText.objects.filter(content=self).values_list(
            Left("text", SHOWN), flat=True
        )
        return found.first() or ""

    @property
    def pages(self) -> range:
        return range(1, (self.page_count or 0) + 1)

    def page_path(self, number: int) -> str:
        return f"{self.path}/{number}.jpg"


class ExtractedText(models.Model):
    """What a content says. Apart from it, so that a list of files never carries whole texts."""

    content = models.OneToOneField(
        Content, models.PROTECT, primary_key=True, related_name="extracted"
    )
    text = models.TextField()

    def __str__(self) -> str:
        return str(self.content_id)
