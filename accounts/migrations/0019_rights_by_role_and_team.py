from django.db import migrations


def write_anew(apps, schema_editor):
    """A role over a team is a group from now on. The next tick puts everybody into theirs."""
    apps.get_model("guardian", "UserObjectPermission").objects.all().delete()
    apps.get_model("accounts", "Appointment").objects.filter(applied=True).update(applied=False)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0018_changes_of_stage_stay'),
        ("guardian", "0003_remove_groupobjectpermission_guardian_gr_content_ae6aec_idx_and_more"),
    ]

    operations = [
        migrations.RunPython(write_anew, migrations.RunPython.noop, elidable=True),
    ]
