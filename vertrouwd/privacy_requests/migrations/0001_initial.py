import django.db.models.deletion
import vertrouwd.privacy_requests.terms
import vertrouwd.sealing.binding
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('dossiers', '0012_opinion'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PrivacyRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('record', models.CharField(default=vertrouwd.sealing.binding.new_record, editable=False, max_length=32, unique=True)),
                ('kind', models.CharField(choices=[('inzage', 'inzage'), ('rectificatie', 'rectificatie'), ('beperking', 'beperking')], max_length=20)),
                ('asker', models.CharField(choices=[('melder', 'melder'), ('betrokkene', 'betrokkene'), ('beklaagde', 'beklaagde'), ('ouder', 'ouder'), ('gemachtigde', 'gemachtigde'), ('personeelslid', 'personeelslid'), ('ander', 'ander')], max_length=20)),
                ('received_on', models.DateField()),
                ('due_on', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('identity', models.CharField(blank=True, choices=[('identiteitsbewijs gezien', 'identiteitsbewijs gezien'), ('afgeschermde kopie gezien', 'afgeschermde kopie gezien'), ('code van de melder', 'code van de melder'), ('teruggebeld op een bekend nummer', 'teruggebeld op een bekend nummer'), ('niet vast te stellen', 'niet vast te stellen')], max_length=40)),
                ('identity_on', models.DateField(blank=True, null=True)),
                ('authority_seen', models.BooleanField(default=False)),
                ('nothing_found_at', models.DateTimeField(blank=True, null=True)),
                ('extended_on', models.DateField(blank=True, null=True)),
                ('extension_reason', models.CharField(blank=True, choices=[('ingewikkeld verzoek', 'ingewikkeld verzoek'), ('veel verzoeken', 'veel verzoeken')], max_length=30)),
                ('withdrawn_on', models.DateField(blank=True, null=True)),
                ('sent_on', models.DateField(blank=True, null=True)),
                ('extended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('identity_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('nothing_found_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sent_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Eyes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('weegt', 'weegt'), ('kijkt na', 'kijkt na')], max_length=20)),
                ('since', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='eyes', to='privacy_requests.privacyrequest')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='RequestedDossier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('added_at', models.DateTimeField()),
                ('taken_out_at', models.DateTimeField(blank=True, null=True)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dossiers.dossier')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='about', to='privacy_requests.privacyrequest')),
                ('taken_out_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Restriction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField()),
                ('ground', models.CharField(max_length=40)),
                ('at', models.DateTimeField()),
                ('lifted_at', models.DateTimeField(blank=True, null=True)),
                ('asker_told_on', models.DateField(blank=True, null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dossiers.dossier')),
                ('lifted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='restrictions', to='privacy_requests.privacyrequest')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='SecondLook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('verdict', models.CharField(choices=[('akkoord', 'akkoord'), ('terug naar de eerste', 'terug naar de eerste')], max_length=30)),
                ('contents', models.CharField(max_length=32)),
                ('last', models.PositiveBigIntegerField(default=0)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='looks', to='privacy_requests.privacyrequest')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ToldReceiver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('receiver', models.CharField(choices=[('bevoegd gezag of houder', 'bevoegd gezag of houder'), ('politie', 'politie'), ('hulpinstantie', 'hulpinstantie'), ('Veilig Thuis', 'Veilig Thuis'), ('een ander', 'een ander')], max_length=40)),
                ('telling', models.CharField(choices=[('verteld', 'verteld'), ('kan niet, of kost onevenredig veel', 'kan niet, of kost onevenredig veel')], max_length=50)),
                ('on', models.DateField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='told', to='privacy_requests.privacyrequest')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Weighing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.CharField(max_length=80)),
                ('version', models.PositiveIntegerField()),
                ('outcome', models.CharField(choices=[('geven', 'geven'), ('deels geven', 'deels geven'), ('weigeren', 'weigeren'), ('gaat niet over de vrager', 'gaat niet over de vrager'), ('verbeteren', 'verbeteren'), ('eigen verklaring toevoegen', 'eigen verklaring toevoegen'), ('beperken', 'beperken')], max_length=40)),
                ('ground', models.CharField(blank=True, max_length=40)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='weighings', to='privacy_requests.privacyrequest')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddIndex(
            model_name='privacyrequest',
            index=models.Index(condition=models.Q(('sent_on__isnull', True), ('withdrawn_on__isnull', True)), fields=['due_on', 'id'], name='requests_to_be_answered'),
        ),
        migrations.AddConstraint(
            model_name='privacyrequest',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__gt', models.F('received_on'))), name='a_request_is_due_after_it_came'),
        ),
        migrations.AddConstraint(
            model_name='privacyrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('identity_by__isnull', True), ('identity_on__isnull', True)), models.Q(('identity_by__isnull', False), ('identity_on__isnull', False)), _connector='OR'), models.Q(models.Q(('identity', ''), ('identity_on__isnull', True)), models.Q(('identity_on__isnull', False), models.Q(('identity', ''), _negated=True)), _connector='OR')), name='a_checked_identity_says_how_when_and_by_whom'),
        ),
        migrations.AddConstraint(
            model_name='privacyrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('nothing_found_at__isnull', True), ('nothing_found_by__isnull', True)), models.Q(('nothing_found_at__isnull', False), ('nothing_found_by__isnull', False)), _connector='OR'), name='nothing_found_says_when_and_by_whom'),
        ),
        migrations.AddConstraint(
            model_name='privacyrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('extended_by__isnull', True), ('extended_on__isnull', True)), models.Q(('extended_by__isnull', False), ('extended_on__isnull', False)), _connector='OR'), models.Q(models.Q(('extended_on__isnull', True), ('extension_reason', '')), models.Q(('extended_on__isnull', False), models.Q(('extension_reason', ''), _negated=True)), _connector='OR')), name='an_extension_says_when_why_and_by_whom'),
        ),
        migrations.AddConstraint(
            model_name='privacyrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('withdrawn_by__isnull', True), ('withdrawn_on__isnull', True)), models.Q(('withdrawn_by__isnull', False), ('withdrawn_on__isnull', False)), _connector='OR'), models.Q(models.Q(('sent_by__isnull', True), ('sent_on__isnull', True)), models.Q(('sent_by__isnull', False), ('sent_on__isnull', False)), _connector='OR'), models.Q(('withdrawn_on__isnull', True), ('sent_on__isnull', True), _connector='OR')), name='a_request_ends_in_one_way'),
        ),
        migrations.AddConstraint(
            model_name='eyes',
            constraint=models.UniqueConstraint(fields=('request', 'user'), name='nobody_is_both_first_and_second'),
        ),
        migrations.AddConstraint(
            model_name='requesteddossier',
            constraint=models.UniqueConstraint(condition=models.Q(('taken_out_at__isnull', True)), fields=('request', 'dossier'), name='a_request_is_about_a_dossier_once'),
        ),
        migrations.AddConstraint(
            model_name='requesteddossier',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('taken_out_at__isnull', True), ('taken_out_by__isnull', True)), models.Q(('taken_out_at__isnull', False), ('taken_out_by__isnull', False)), _connector='OR'), name='a_dossier_taken_out_says_when_and_by_whom'),
        ),
        migrations.AddConstraint(
            model_name='restriction',
            constraint=models.UniqueConstraint(condition=models.Q(('lifted_at__isnull', True)), fields=('request', 'dossier'), name='a_request_restricts_a_dossier_once'),
        ),
        migrations.AddConstraint(
            model_name='restriction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('asker_told_on__isnull', True), ('lifted_at__isnull', True), ('lifted_by__isnull', True)), models.Q(('asker_told_on__gte', models.F('since')), ('asker_told_on__isnull', False), ('lifted_at__isnull', False), ('lifted_by__isnull', False)), _connector='OR'), name='a_restriction_is_lifted_after_the_asker_was_told'),
        ),
        migrations.AddConstraint(
            model_name='weighing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome__in', [vertrouwd.privacy_requests.terms.Outcome['GIVE'], vertrouwd.privacy_requests.terms.Outcome['NOT_ABOUT'], vertrouwd.privacy_requests.terms.Outcome['CORRECT']]), ('ground', '')), models.Q(models.Q(('outcome__in', [vertrouwd.privacy_requests.terms.Outcome['GIVE'], vertrouwd.privacy_requests.terms.Outcome['NOT_ABOUT'], vertrouwd.privacy_requests.terms.Outcome['CORRECT']]), _negated=True), models.Q(('ground', ''), _negated=True)), _connector='OR'), name='what_is_withheld_or_restricted_has_a_ground'),
        ),
    ]
