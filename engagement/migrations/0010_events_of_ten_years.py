"""Days that a reader of ten years of survey figures should know of."""

from django.db import migrations

EVENTS = [
    ("2020-03-23", "First lockdown. The survey moved from the doorstep to the telephone", True),
    ("2021-03-03", "The murder of Sarah Everard", False),
    ("2022-09-08", "Death of Queen Elizabeth II, and national mourning", False),
    ("2023-03-21", "Baroness Casey’s review of the Metropolitan Police published", False),
]


def write(apps, schema_editor):
    known = apps.get_model("engagement", "KnownEvent")
    for day, name, break_in in EVENTS:
        known.objects.get_or_create(day=day, name=name, defaults={"break_in": break_in})


class Migration(migrations.Migration):
    dependencies = [("engagement", "0009_known_events")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
