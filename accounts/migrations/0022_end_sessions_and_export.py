from django.db import migrations


def write_again(apps, schema_editor):
    """The next tick writes the rights of these appointments once more, and with them the new ones."""
    roles = ("dmc_admin", "compliance", "infosec")
    apps.get_model("accounts", "Appointment").objects.filter(role__in=roles).update(applied=False)


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0021_planned_handovers"),
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
                    ("stop_all", "Open holds of level 3 and 4"),
                    ("sign_borough", "Sign for the borough on the way to a channel"),
                    ("sign_dmc", "Sign for the DMC on the way to a channel"),
                    ("sign_records", "Sign that a channel's records are in order"),
                    ("keep_security", "Sign that a channel is secure, and stop one that is not"),
                    ("end_sessions", "See where people are signed in, end it, and take a lost second factor away"),
                    ("export_audit", "Export the record of a post or a channel"),
                ],
            },
        ),
        migrations.RunPython(write_again, migrations.RunPython.noop, elidable=True),
    ]
