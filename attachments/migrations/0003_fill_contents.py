"""Each file on a record gets its content: the same bytes become one row of a procuratorate."""

from django.db import migrations


def fill(apps, schema_editor):
    Attachment = apps.get_model("attachments", "Attachment")
    Content = apps.get_model("attachments", "Content")
    for row in Attachment.objects.filter(content=None).order_by("pk").iterator():
        known, _new = Content.objects.get_or_create(
            procuratorate_id=row.procuratorate_id,
            digest=row.digest,
            defaults={
                "size": row.size,
                "type": row.type,
                "page_count": row.page_count,
                "draw_attempts": row.attempts,
                "draw_tried_at": row.attempted_at,
                "read_at": None if row.type == "application/pdf" else row.uploaded_at,
            },
        )
        if known.page_count is None and row.page_count is not None:
            Content.objects.filter(pk=known.pk).update(page_count=row.page_count)
        Attachment.objects.filter(pk=row.pk).update(content=known)


class Migration(migrations.Migration):

    dependencies = [("attachments", "0002_contents_uploads_stops")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
