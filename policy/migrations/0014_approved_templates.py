from datetime import UTC, datetime

from django.db import migrations

# The templates that ship with the console, and what each is for. The DMC retires what it no longer wants.
SHIPPED = {
    "you-said-we-did": "What residents asked for, and what was done",
    "surgery": "When and where to talk to the ward team",
    "appeal": "Appeals for witnesses",
    "arrest-update": "What may be told of an arrest",
    "warrant-result": "A warrant that is finished",
    "lost-and-found": "Property handed in",
    "missing-person": "Missing people, for the DMC alone",
    "ACT": "Action Counters Terrorism, as worded nationally",
    "samaritans": "Support, as Samaritans ask for it to be worded",
}


def approve(apps, schema_editor):
    entries = apps.get_model("policy", "RegisterEntry").objects
    standing = set(entries.filter(kind="template", retired_at__isnull=True).values_list("key", flat=True))
    for value, note in SHIPPED.items():
        key = "".join(filter(str.isalnum, value.casefold()))
        if key not in standing:
            entries.create(kind="template", value=value, key=key, note=note, added_at=datetime(2026, 1, 1, tzinfo=UTC))


class Migration(migrations.Migration):

    dependencies = [
        ("policy", "0013_first_rule_set"),
    ]

    operations = [
        migrations.RunPython(approve, migrations.RunPython.noop, elidable=True),
    ]
