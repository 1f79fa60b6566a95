from django.db import migrations


def write_again(apps, schema_editor):
    """The next tick writes the rights of these appointments once more, and with them the new one."""
    keepers = ["dmc_editor", "dmc_admin", "head"]
    apps.get_model("accounts", "Appointment").objects.filter(role__in=keepers).update(applied=False)


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0006_notices"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="team",
            options={
                "ordering": ["name", "code"],
                "permissions": [
                    ("provision", "Open and connect channels of this team"),
                    ("read_audit", "Read how the record of this team stands"),
                    ("keep_policy", "Keep the registers and the rules of the posting policy"),
                ],
            },
        ),
        migrations.RunPython(write_again, migrations.RunPython.noop, elidable=True),
    ]
