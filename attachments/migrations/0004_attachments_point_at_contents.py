import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("attachments", "0003_fill_contents")]

    operations = [
        migrations.AlterField(
            model_name='attachment',
            name='content',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='attachments.content'),
        ),
        migrations.RemoveConstraint(
            model_name='attachment',
            name='file_type_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='attachment',
            name='digest_is_sha256',
        ),
        migrations.RemoveIndex(
            model_name='attachment',
            name='attachments_not_drawn',
        ),
        migrations.RemoveField(
            model_name='attachment',
            name='attempted_at',
        ),
        migrations.RemoveField(
            model_name='attachment',
            name='attempts',
        ),
        migrations.RemoveField(
            model_name='attachment',
            name='digest',
        ),
        migrations.RemoveField(
            model_name='attachment',
            name='page_count',
        ),
        migrations.RemoveField(
            model_name='attachment',
            name='size',
        ),
        migrations.RemoveField(
            model_name='attachment',
            name='type',
        ),
    ]
