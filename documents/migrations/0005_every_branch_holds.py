from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0004_papers_on_their_way'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='incomingpaper',
            index=models.Index(condition=models.Q(('state__in', ['handling', 'reported', 'reviewed'])), fields=['procuratorate', 'due_on', 'id'], name='incoming_in_hand_by_last_day'),
        ),
        migrations.AddConstraint(
            model_name='incomingpaper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('is_telegram', False), ('urgency__in', (0, 2, 3))), models.Q(('is_telegram', True), ('urgency__in', (1, 2, 3, 4))), _connector='OR'), name='incomingpaper_urgency_is_one_of_its_form'),
        ),
        migrations.AddConstraint(
            model_name='incomingpaper',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['signed_for', 'registered', 'screened', 'proposed', 'instructed', 'circulating', 'handling', 'reported', 'reviewed', 'closed', 'returned'])), name='incoming_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='incomingpaper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('number', ''), ('registered_at__isnull', True), ('registered_by__isnull', True)), models.Q(models.Q(('number', ''), _negated=True), ('registered_at__isnull', False), ('registered_by__isnull', False)), _connector='OR'), name='registered_paper_has_number_time_and_clerk'),
        ),
        migrations.AddConstraint(
            model_name='incomingpaper',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'signed_for'), models.Q(('number', ''), _negated=True), _connector='OR'), name='only_a_paper_before_registration_has_no_number'),
        ),
        migrations.AddConstraint(
            model_name='incomingpaper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['handling', 'reported']), _negated=True), models.Q(('due_on__isnull', False), ('for_reading', False), ('lead_department__isnull', False)), _connector='OR'), name='handled_paper_has_a_lead_department_and_a_date'),
        ),
        migrations.AddConstraint(
            model_name='incomingpaper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['reviewed', 'closed']), _negated=True), ('for_reading', True), models.Q(('due_on__isnull', False), ('lead_department__isnull', False)), _connector='OR'), name='finished_paper_was_read_or_handled'),
        ),
        migrations.AddConstraint(
            model_name='incomingpaper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'handling'), _negated=True), ('urgency__lt', 2), ('chaser__isnull', False), _connector='OR'), name='urgent_paper_in_hand_has_somebody_who_chases_it'),
        ),
        migrations.AddConstraint(
            model_name='incomingpaper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('returned_at__isnull', False), ('state', 'returned'), models.Q(('return_reason', ''), _negated=True)), models.Q(models.Q(('state', 'returned'), _negated=True), ('return_reason', ''), ('returned_at__isnull', True)), _connector='OR'), name='returned_paper_says_when_and_why'),
        ),
        migrations.AddConstraint(
            model_name='incomingpaper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer_means', ''), ('answer_number', ''), ('answered_on__isnull', True)), models.Q(('answered_on__isnull', False), ('answer_means__in', ['letter', 'report', 'telephone', 'in_person', 'online'])), _connector='OR'), name='answer_says_when_and_how'),
        ),
    ]
