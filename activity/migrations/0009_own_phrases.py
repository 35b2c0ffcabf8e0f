import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('activity', '0008_deadline_review'),
        ('organization', '0004_administrators'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='phrase',
            name='phrase_is_offered_once_for_each_act',
        ),
        migrations.AddField(
            model_name='phrase',
            name='owner',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner'),
        ),
        migrations.AlterField(
            model_name='phrase',
            name='text',
            field=models.CharField(max_length=200, verbose_name='text'),
        ),
        migrations.AddConstraint(
            model_name='phrase',
            constraint=models.UniqueConstraint(condition=models.Q(('owner__isnull', True)), fields=('procuratorate', 'act', 'text'), name='phrase_is_offered_once_for_each_act'),
        ),
        migrations.AddConstraint(
            model_name='phrase',
            constraint=models.UniqueConstraint(condition=models.Q(('owner__isnull', False)), fields=('procuratorate', 'owner', 'act', 'text'), name='own_phrase_is_kept_once_for_each_act'),
        ),
    ]
