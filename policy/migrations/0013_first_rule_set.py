from django.db import migrations
from django.utils import timezone

# The engine is pure code without models, and the first edition is what it says on the day it is installed.
from policy.law import DELIVERED, digest_of, to_body


def publish(apps, schema_editor):
    """A console without law gets the code's own as edition 1: in force at once, signed by nobody."""
    editions = apps.get_model("policy", "RuleSet").objects
    if editions.exists():
        return
    now, body = timezone.now(), to_body(DELIVERED)
    editions.create(
        number=1,
        starts_at=now,
        published_at=now,
        why="As delivered with the console. The DMC signs the next edition.",
        body=body,
        digest=digest_of(body),
        engine=DELIVERED.engine,
    )


class Migration(migrations.Migration):
    dependencies = [("policy", "0012_rule_sets_are_never_changed")]

    operations = [migrations.RunPython(publish, migrations.RunPython.noop)]
