from django.db import migrations
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    Delivery, Target = apps.get_model("publishing", "Delivery"), apps.get_model("posts", "Target")
    own = Target._base_manager.filter(pk=OuterRef("target")).values("channel")
    Delivery.objects.filter(channel__isnull=True).update(channel=Subquery(own))


class Migration(migrations.Migration):
    dependencies = [("publishing", "0003_delivery_channel")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
