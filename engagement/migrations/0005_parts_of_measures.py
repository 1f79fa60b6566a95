"""What each measure is for in an analysis, said before anybody looks (domain.md D.7)."""

from django.db import migrations

PARTS = {"informed": "outcome", "listen": "secondary", "relied-on": "falsification"}


def write(apps, schema_editor):
    Measure = apps.get_model("engagement", "Measure")
    for code, part in PARTS.items():
        Measure.objects.filter(code=code, part="").update(part=part)


class Migration(migrations.Migration):
    dependencies = [("engagement", "0004_survey_versions")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
