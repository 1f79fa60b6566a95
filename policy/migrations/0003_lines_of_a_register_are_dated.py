import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('policy', '0002_how_a_submission_ends'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='registerentry',
            name='one_register_entry_per_value',
        ),
        migrations.AddField(
            model_name='registerentry',
            name='ends_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='registerentry',
            name='key',
            field=models.CharField(default='', editable=False, max_length=120),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='registerentry',
            name='note',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='registerentry',
            name='reference',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='registerentry',
            name='retired_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='registerentry',
            name='retired_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='registerentry',
            name='retired_why',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AlterField(
            model_name='registerentry',
            name='kind',
            field=models.CharField(choices=[('partner', 'Partner handle'), ('number', 'Published number'), ('operation', 'Operation name'), ('place', 'Place'), ('school', 'School'), ('street', 'Street'), ('venue', 'Venue'), ('case', 'Live case'), ('consent', 'Consent to be named'), ('template', 'Approved template')], max_length=10),
        ),
    ]
