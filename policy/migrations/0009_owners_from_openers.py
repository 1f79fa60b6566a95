from django.db import migrations
from django.db.models import F


def give_owners(apps, schema_editor):
    """Holds from before are owned by who opened them, were told, and are due for review."""
    Hold = apps.get_model("policy", "Hold")
    Hold.objects.update(owner=F("opened_by"), review_at=F("opened_at"), told_at=F("opened_at"))


class Migration(migrations.Migration):

    dependencies = [
        ("policy", "0008_levels_and_clearances"),
    ]

    operations = [
        migrations.RunPython(give_owners, migrations.RunPython.noop),
    ]
