"""Words of objectives for search without diacritics: a column, filled for what is there."""

from django.db import migrations, models

from sauro.plans.search import search_text


def fill(apps, schema_editor):
    Objective = apps.get_model("plans", "Objective")
    changed = []
    for objective in Objective.objects.only("ref", "text", "items").iterator(chunk_size=500):
        objective.folded = search_text(objective.ref, objective.text, *objective.items)
        changed.append(objective)
    Objective.objects.bulk_update(changed, ["folded"], batch_size=200)


class Migration(migrations.Migration):
    dependencies = [("plans", "0003_rounds")]
    operations = [
        migrations.AddField(
            model_name="objective",
            name="folded",
            field=models.TextField(default="", help_text="Số mục, mục tiêu và các ý bỏ dấu, để tìm."),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
