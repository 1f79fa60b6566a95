from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('policy', '0004_keys_of_the_registers'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='registerentry',
            constraint=models.UniqueConstraint(condition=models.Q(('retired_at__isnull', True)), fields=('kind', 'key'), name='one_register_entry_per_key'),
        ),
    ]
