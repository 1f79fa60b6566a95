import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0008_stop_all_and_revoked_logins"),
        ("policy", "0007_overrides_periods_and_documents"),
        ("posts", "0001_initial"),
    ]

    operations = [
        # What was open until now stopped everything but allowed nothing: that is the third level.
        migrations.AddField(
            model_name="hold",
            name="level",
            field=models.PositiveSmallIntegerField(
                choices=[(1, "H1 Watch"), (2, "H2 Local hold"), (3, "H3 Force hold"), (4, "H4 Stop")], default=3
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="hold",
            name="channel",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="holds", to="accounts.channel"
            ),
        ),
        migrations.AddField(
            model_name="hold",
            name="topic",
            field=models.CharField(
                blank=True, help_text="Words, by commas: only posts that hold one of them.", max_length=120
            , default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="hold",
            name="message",
            field=models.CharField(blank=True, help_text="What sergeants are told to do meanwhile.", max_length=300, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="hold",
            name="owner",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="hold",
            name="told_at",
            field=models.DateTimeField(blank=True, help_text="When those it stops were told.", null=True),
        ),
        migrations.AddField(
            model_name="hold",
            name="confirmed_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(model_name="hold", name="confirmed_at", field=models.DateTimeField(blank=True, null=True)),
        migrations.AddField(model_name="hold", name="review_at", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="hold",
            name="alarm_at",
            field=models.DateTimeField(blank=True, help_text="When to remind next: to confirm or to review.", null=True),
        ),
    ]
