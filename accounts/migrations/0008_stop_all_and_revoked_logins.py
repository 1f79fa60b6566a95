from django.db import migrations, models


def write_again(apps, schema_editor):
    """The next tick writes the rights of these appointments once more, and with them the new one."""
    apps.get_model("accounts", "Appointment").objects.filter(role="head").update(applied=False)


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0007_keep_policy"),
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
                ],
            },
        ),
        migrations.AddField(
            model_name="credential",
            name="revoked_at",
            field=models.DateTimeField(blank=True, help_text="Never used again; to be ended at the network.", null=True),
        ),
        migrations.RunPython(write_again, migrations.RunPython.noop, elidable=True),
    ]
