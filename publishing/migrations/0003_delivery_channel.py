from django.db import migrations, models
import django.db.models.deletion


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_read_audit"),
        ("posts", "0003_x_before_facebook"),
        ("publishing", "0002_look_again_and_duplicates"),
    ]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="channel",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="deliveries", to="accounts.channel"
            ),
        ),
    ]
