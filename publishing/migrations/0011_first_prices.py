"""X's prices as its documentation gave them in August 2026; the administrator keeps them from here on."""

from datetime import UTC, date, datetime

from django.db import migrations

READ_ON = datetime(2026, 8, 31, tzinfo=UTC)
FROM = date(2026, 4, 20)
SOURCE = "docs.x.com, X API pricing, read in August 2026"
# Deleting: the page leaves open whether 0.005 or 0.010 is charged; the dearer is counted.
MICROS = {"create": 15_000, "create_link": 200_000, "media": 5_000, "read": 5_000, "user": 10_000, "delete": 10_000}


def seed(apps, schema_editor):
    price = apps.get_model("publishing", "Price")
    facts = {"network": "x", "from_day": FROM, "source": SOURCE, "set_at": READ_ON}
    price.objects.bulk_create(price(kind=kind, micros=micros, **facts) for kind, micros in MICROS.items())


class Migration(migrations.Migration):
    dependencies = [("publishing", "0010_money")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
