from django.db import migrations
from django.db.models import F

# What waited for a proposal or for closing before there were 初审 and 审核 has them behind it.
RENAMED = {"registered": "screened", "reported": "reviewed"}
IN_HAND = ("handling", "reviewed")


def move_on(apps, schema_editor):
    """States, grades of urgency and who chases urgent papers, as they are from now on."""
    papers = apps.get_model("documents", "IncomingPaper").objects
    for old, new in RENAMED.items():
        papers.filter(state=old).update(state=new)
    papers.filter(urgency__gte=1).update(urgency=F("urgency") + 1)
    papers.filter(urgency__gte=2, state__in=IN_HAND).update(chaser=F("registered_by"))
    kind = apps.get_model("contenttypes", "ContentType").objects.filter(
        app_label="documents", model="incomingpaper"
    )
    rows = apps.get_model("activity", "Assignment").objects.filter(target_kind__in=kind)
    for urgency in (2, 3):
        urgent = papers.filter(urgency=urgency).values("pk")
        rows.filter(target_id__in=urgent, closed_at__isnull=True).update(urgency=urgency)


class Migration(migrations.Migration):

    dependencies = [
        ("documents", "0003_every_branch"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(move_on, migrations.RunPython.noop)]
