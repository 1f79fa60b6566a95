from django.db import migrations


def write_again(apps, schema_editor):
    """The next tick writes the rights of these appointments once more, and with them the new one."""
    apps.get_model("accounts", "Appointment").objects.filter(role__in=["compliance", "head"]).update(applied=False)


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0004_walks_return_once_and_logins_renew_once"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="team",
            options={
                "ordering": ["name", "code"],
                "permissions": [
                    ("provision", "Open and connect channels of this team"),
                    ("read_audit", "Read how the record of this team stands"),
                ],
            },
        ),
        migrations.RunPython(write_again, migrations.RunPython.noop, elidable=True),
    ]
