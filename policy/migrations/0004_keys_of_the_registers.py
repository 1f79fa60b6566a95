from django.db import migrations


def write(apps, schema_editor):
    """Each line gets its key; of two that mean the same, the older one stays and the other is retired."""
    entries = apps.get_model("policy", "RegisterEntry").objects
    seen = set()
    for entry in entries.order_by("added_at", "pk"):
        entry.value = entry.value.strip().removeprefix("@") if entry.kind == "partner" else entry.value.strip()
        entry.key = _key(entry.kind, entry.value)
        if (entry.kind, entry.key) in seen:
            entry.retired_at, entry.retired_why = entry.added_at, "It stood there already."
        seen.add((entry.kind, entry.key))
        entry.save(update_fields=["value", "key", "retired_at", "retired_why"])


def _key(kind, value):
    letters = "".join(filter(str.isalnum, value.casefold())) or value.casefold()
    if kind == "number":
        digits = "".join(filter(str.isdigit, value)).removeprefix("00")
        return "0" + digits[2:].removeprefix("0") if digits.startswith("44") else digits
    return letters


class Migration(migrations.Migration):

    dependencies = [
        ("policy", "0003_lines_of_a_register_are_dated"),
    ]

    operations = [
        migrations.RunPython(write, migrations.RunPython.noop, elidable=True),
    ]
