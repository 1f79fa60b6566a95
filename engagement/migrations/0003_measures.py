"""The eight measures that the survey publishes by borough, with the publisher's wording (domain.md D.2)."""

from django.db import migrations

MEASURES = [
    ("good-job", '"Good Job" local', "Good job locally", "Police do a good job in the local area"),
    ("informed", "Informed local", "Informed", "Feels well informed about local police activities over the last 12 months"),
    ("listen", "Listen to concerns", "Listen to concerns", "Police listen to the concerns of local people"),
    ("fair", "Treat everyone fairly", "Treat everyone fairly", "Police treat everyone fairly regardless of who they are"),
    ("relied-on", "Relied on to be there", "There when needed", "Police can be relied upon to be there when needed"),
    ("understand", "Understand issues", "Understand issues", "Police deal with the things that matter to this community"),
    ("contact", "Contact ward officer", "Contact ward officer", "Knows how to contact the local ward officer"),
    ("trust", "Trust MPS", "Trust", "The police service is an organisation that I can trust"),
]


def write(apps, schema_editor):
    Measure = apps.get_model("engagement", "Measure")
    for position, (code, published_as, name, question) in enumerate(MEASURES):
        facts = {"published_as": published_as, "name": name, "question": question, "position": position}
        Measure.objects.update_or_create(code=code, defaults=facts)


class Migration(migrations.Migration):
    dependencies = [("engagement", "0002_initial")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
