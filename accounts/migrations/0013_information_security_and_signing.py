from django.db import migrations, models

ROLES = ("dmc_editor", "dmc_admin", "head", "manager", "compliance")


def write_again(apps, schema_editor):
    """The next tick writes the rights of these appointments once more, and with them the new ones."""
    apps.get_model("accounts", "Appointment").objects.filter(role__in=ROLES).update(applied=False)


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0012_practice_and_mentor_ready"),
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
                ],
            },
        ),
        migrations.AlterField(
            model_name="appointment",
            name="role",
            field=models.CharField(choices=[('sergeant', 'Sergeant'), ('contributor', 'Contributor'), ('mentor', 'DMC mentor'), ('dmc_editor', 'DMC duty editor'), ('dmc_admin', 'DMC administrator'), ('head', 'Head of DMC'), ('manager', 'Borough manager'), ('compliance', 'Compliance officer'), ('infosec', 'Information security')], max_length=20),
        ),
        migrations.RunPython(write_again, migrations.RunPython.noop, elidable=True),
    ]
