import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('activity', '0004_phrases'),
        ('organization', '0004_administrators'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='channel',
            options={'verbose_name': 'channel', 'verbose_name_plural': 'channels'},
        ),
        migrations.AlterModelOptions(
            name='event',
            options={'ordering': ['pk'], 'verbose_name': 'event', 'verbose_name_plural': 'events'},
        ),
        migrations.AlterModelOptions(
            name='ladderstage',
            options={'verbose_name': 'reminder stage', 'verbose_name_plural': 'reminder stages'},
        ),
        migrations.AlterField(
            model_name='channel',
            name='address',
            field=models.TextField(blank=True, verbose_name='address of the robot'),
        ),
        migrations.AlterField(
            model_name='channel',
            name='secret',
            field=models.TextField(blank=True, verbose_name='secret of the robot'),
        ),
        migrations.AlterField(
            model_name='event',
            name='at',
            field=models.DateTimeField(verbose_name='when'),
        ),
        migrations.AlterField(
            model_name='event',
            name='target_id',
            field=models.PositiveBigIntegerField(verbose_name='number of the record'),
        ),
        migrations.AlterField(
            model_name='ladderstage',
            name='procuratorate',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.procuratorate', verbose_name='procuratorate'),
        ),
        migrations.AlterConstraint(
            model_name='channel',
            name='robot_in_use_has_an_address',
            constraint=models.CheckConstraint(condition=models.Q(('is_on', False), ('kind', 'email'), models.Q(('address', ''), _negated=True), _connector='OR'), name='robot_in_use_has_an_address', violation_error_message='A robot in use needs its address.'),
        ),
    ]
