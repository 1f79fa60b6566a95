"""From trusted on a stage counts for a year. Who stands there today has a year from today: nobody is lowered by this."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db import migrations, models
from django.utils import timezone

TABLE = "accounts_stagechange"
SENTENCE = "A change of stage is never changed."


def begin_the_year(apps, schema_editor):
    until = timezone.now().astimezone(ZoneInfo("Europe/London")).date() + timedelta(days=365)
    standing = apps.get_model("accounts", "Appointment").objects.filter(stage__in=["trusted", "ready"])
    standing.update(stage_until=until)


def refuse_again(apps, schema_editor):
    """SQLite makes a table anew for a constraint and loses the triggers of 0018 with the old one."""
    if schema_editor.connection.vendor != "sqlite":
        return
    for verb in ("UPDATE", "DELETE"):
        schema_editor.execute(
            f"CREATE TRIGGER IF NOT EXISTS {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE} "
            f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END",
            params=None,
        )
    schema_editor.execute(
        f"CREATE TRIGGER IF NOT EXISTS {TABLE}_no_replace BEFORE INSERT ON {TABLE} "
        f"WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id) "
        f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END",
        params=None,
    )


class Migration(migrations.Migration):

    dependencies = [("accounts", "0024_logins_told_of_their_end")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, refuse_again),  # the last one on the way back
        migrations.AddField(
            model_name='appointment',
            name='stage_until',
            field=models.DateField(blank=True, help_text='Last London day on which trusted and above count. Empty: no end is known.', null=True),
        ),
        migrations.AlterField(
            model_name='stagechange',
            name='kind',
            field=models.CharField(choices=[('up', 'Two people agreed'), ('renewed', 'Renewed for a year'), ('harm', 'An update did harm'), ('training', 'Training ran out'), ('blind', 'Blind checks disagreed'), ('dmc', 'Decision of the DMC')], max_length=10),
        ),
        migrations.RemoveConstraint(
            model_name='stagechange',
            name='up_by_two_down_with_a_way_back',
        ),
        migrations.AddConstraint(
            model_name='stagechange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['up', 'renewed']), ('second__isnull', False), models.Q(('second', models.F('by')), _negated=True)), models.Q(models.Q(('kind__in', ['up', 'renewed']), _negated=True), models.Q(('why', ''), _negated=True), models.Q(('way_back', ''), _negated=True)), _connector='OR'), name='up_by_two_down_with_a_way_back'),
        ),
        migrations.RunPython(refuse_again, migrations.RunPython.noop),
        # Last: PostgreSQL changes no table whose rows were changed before it in the same transaction.
        migrations.RunPython(begin_the_year, migrations.RunPython.noop),
    ]
