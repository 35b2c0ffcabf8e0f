"""Files that were attached before contents had rows of their own find their content."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE = [("attachments", "0001_initial"), ("organization", "0002_user_email")]
AFTER = [("attachments", "0004_attachments_point_at_contents"), *BEFORE[1:]]


@pytest.fixture
def executor(transactional_db):
    yield MigrationExecutor(connection)
    last = MigrationExecutor(connection)
    last.migrate(last.loader.graph.leaf_nodes())


def moved(executor, targets):
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps


def old_rows(apps):
    """Two files with the same bytes, one with others, and one of a neighbour."""
    Procuratorate = apps.get_model("organization", "Procuratorate")
    User = apps.get_model("organization", "User")
    Post = apps.get_model("organization", "Post")
    ContentType = apps.get_model("contenttypes", "ContentType")
    Attachment = apps.get_model("attachments", "Attachment")
    places = [
        Procuratorate.objects.create(name=name, short_name=name, level="county")
        for name in ("东丘县人民检察院", "西丘县人民检察院")
    ]
    user = User.objects.create(username="old", name="old", procuratorate=places[0])
    post = Post.objects.create(
        procuratorate=places[0], user=user, role="chief", starts_on="2024-01-02"
    )
    kind = ContentType.objects.create(app_label="documents", model="paper-of-old")
    for place, digest, pages, attempts in [
        (places[0], "a" * 64, None, 1),
        (places[0], "a" * 64, 2, 1),
        (places[0], "b" * 64, None, 3),
        (places[1], "a" * 64, 2, 1),
    ]:
        Attachment.objects.create(
            procuratorate=place,
            target_kind=kind,
            target_id=1,
            name="来文.pdf",
            digest=digest,
            size=9,
            type="application/pdf",
            page_count=pages,
            attempts=attempts,
            uploaded_by=post,
        )


def test_the_same_bytes_become_one_content_of_each_procuratorate(executor):
    old_rows(moved(executor, BEFORE))
    apps = moved(executor, AFTER)
    files = apps.get_model("attachments", "Attachment").objects.order_by("pk")
    first, second, third, fourth = [file.content for file in files]
    assert first == second
    assert len({first.pk, third.pk, fourth.pk}) == 3
    assert [content.page_count for content in (first, third, fourth)] == [2, None, 2]
    assert third.draw_attempts == 3
    assert [file.content.digest[0] for file in files] == ["a", "a", "b", "a"]
    assert all(file.name == "来文.pdf" and file.content.size == 9 for file in files)
    for model in ("Attachment", "Content"):
        apps.get_model("attachments", model).objects.all().delete()
