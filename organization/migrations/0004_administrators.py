import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.lookups
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organization', '0003_user_pinyin'),
    ]

    operations = [
        BtreeGistExtension(),
        migrations.AlterModelOptions(
            name='calendarday',
            options={'ordering': ['date'], 'verbose_name': 'calendar day', 'verbose_name_plural': 'days of the calendar'},
        ),
        migrations.AlterModelOptions(
            name='deadlinerule',
            options={'verbose_name': 'deadline rule', 'verbose_name_plural': 'deadline rules'},
        ),
        migrations.AlterModelOptions(
            name='department',
            options={'ordering': ['position', 'pk'], 'verbose_name': 'department', 'verbose_name_plural': 'departments'},
        ),
        migrations.AlterModelOptions(
            name='post',
            options={'verbose_name': 'post', 'verbose_name_plural': 'posts'},
        ),
        migrations.AlterModelOptions(
            name='procuratorate',
            options={'verbose_name': 'procuratorate', 'verbose_name_plural': 'procuratorates'},
        ),
        migrations.AlterModelOptions(
            name='series',
            options={'verbose_name': 'series', 'verbose_name_plural': 'series'},
        ),
        migrations.AlterModelOptions(
            name='user',
            options={'verbose_name': 'person', 'verbose_name_plural': 'people'},
        ),
        migrations.AddField(
            model_name='user',
            name='start_password_until',
            field=models.DateTimeField(blank=True, null=True, verbose_name='start password until'),
        ),
        migrations.AlterField(
            model_name='calendarday',
            name='procuratorate',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.procuratorate', verbose_name='procuratorate'),
        ),
        migrations.AlterField(
            model_name='deadlinerule',
            name='procuratorate',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.procuratorate', verbose_name='procuratorate'),
        ),
        migrations.AlterField(
            model_name='department',
            name='procuratorate',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='departments', to='organization.procuratorate', verbose_name='procuratorate'),
        ),
        migrations.AlterField(
            model_name='post',
            name='department',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='organization.department', verbose_name='department'),
        ),
        migrations.AlterField(
            model_name='post',
            name='procuratorate',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='organization.procuratorate', verbose_name='procuratorate'),
        ),
        migrations.AlterField(
            model_name='post',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to=settings.AUTH_USER_MODEL, verbose_name='person'),
        ),
        migrations.AlterField(
            model_name='series',
            name='procuratorate',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='series', to='organization.procuratorate', verbose_name='procuratorate'),
        ),
        migrations.AlterField(
            model_name='user',
            name='name',
            field=models.CharField(max_length=50, verbose_name='full name'),
        ),
        migrations.AlterField(
            model_name='user',
            name='procuratorate',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='users', to='organization.procuratorate', verbose_name='procuratorate'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('user', '='), (models.Case(models.When(django.db.models.lookups.Exact(models.F('role'), models.Value('system_admin')), then=models.Value(1)), models.When(django.db.models.lookups.Exact(models.F('role'), models.Value('security_admin')), then=models.Value(2)), models.When(django.db.models.lookups.Exact(models.F('role'), models.Value('auditor')), then=models.Value(3)), default=models.Value(0)), '<>'), (models.Func(models.F('starts_on'), models.F('ends_on'), models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='administrators_hold_no_other_kind_of_post_at_the_same_time', violation_error_message='Nobody holds two of the three administrator posts, or one of them beside another post, at the same time. End the other post first, or choose somebody else.'),
        ),
        migrations.AlterConstraint(
            model_name='deadlinerule',
            name='deadline_rule_counts',
            constraint=models.CheckConstraint(condition=models.Q(('count__gte', 1)), name='deadline_rule_counts', violation_error_message='The count must be at least 1.'),
        ),
        migrations.AlterConstraint(
            model_name='post',
            name='post_ends_after_it_starts',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='post_ends_after_it_starts', violation_error_message='A post cannot end before it begins.'),
        ),
        migrations.AlterConstraint(
            model_name='post',
            name='post_below_the_leaders_names_its_department',
            constraint=models.CheckConstraint(condition=models.Q(('department__isnull', False), ('role__in', frozenset(['auditor', 'chief', 'security_admin', 'system_admin', 'vice_chief'])), _connector='OR'), name='post_below_the_leaders_names_its_department', violation_error_message='Choose the department this post belongs to.'),
        ),
        migrations.AlterConstraint(
            model_name='post',
            name='person_holds_a_role_in_a_department_once_at_a_time',
            constraint=models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('procuratorate', 'user', 'role', 'department'), name='person_holds_a_role_in_a_department_once_at_a_time', nulls_distinct=False, violation_error_message='This person holds this post already.'),
        ),
        migrations.AlterConstraint(
            model_name='series',
            name='series_pattern_holds_year_and_number',
            constraint=models.CheckConstraint(condition=models.Q(('pattern__contains', '{year}'), ('pattern__contains', '{number}')), name='series_pattern_holds_year_and_number', violation_error_message='The pattern must hold {year} and {number}.'),
        ),
        migrations.AlterConstraint(
            model_name='user',
            name='email_is_one_plain_address',
            constraint=models.CheckConstraint(condition=models.Q(('email', ''), ('email__regex', '\\A[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\Z'), _connector='OR'), name='email_is_one_plain_address', violation_error_message='Write one plain e-mail address.'),
        ),
    ]
