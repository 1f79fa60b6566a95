from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("policy", "0018_layer_1_and_declarations"),
    ]

    operations = [
        migrations.AddField(
            model_name="livecase",
            name="keeper",
            field=models.ForeignKey(
                blank=True,
                help_text="Answers for it since a handover.",
                null=True,
                on_delete=models.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
