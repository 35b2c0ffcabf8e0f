"""Every person gets the reading of their name."""

from django.db import migrations, models

from organization.pinyin import reading  # text in, text out: it knows no model that could change


def fill(apps, schema_editor):
    User = apps.get_model("organization", "User")
    for user in User.objects.filter(pinyin="").only("name").iterator():
        User.objects.filter(pk=user.pk).update(pinyin=reading(user.name))


class Migration(migrations.Migration):

    dependencies = [("organization", "0002_user_email")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="pinyin",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Syllables in lower case without tones, such as ren yuan fan; v for ü.",
                max_length=350,
                verbose_name="reading of the name",
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("pinyin", ""),
                    ("pinyin__regex", "\\A[a-z0-9]+( [a-z0-9]+)*\\Z"),
                    _connector="OR",
                ),
                name="reading_is_syllables_in_lower_case",
                violation_error_message=(
                    "Please write the reading in lower-case syllables with single spaces between."
                ),
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
