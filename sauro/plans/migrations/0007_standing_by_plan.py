from django.db import migrations, models


def weighed_again(apps, schema_editor):
    """Where SQLite has weighed its indexes once, it would take the new one, unweighed, for the best of all."""
    connection = schema_editor.connection
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'")
        if cursor.fetchone():
            cursor.execute("ANALYZE plans_task")


class Migration(migrations.Migration):
    dependencies = [("plans", "0006_quality")]

    operations = [
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("ended_in", None)),
                fields=["agency", "plan", "lead_path", "closed", "due_key", "id", "completed_on", "parent"],
                name="task_by_standing",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("completed_on__isnull", False), ("ended_in", None)),
                fields=["agency", "completed_on", "due_key", "closed", "parent", "id"],
                name="task_by_completion",
            ),
        ),
        migrations.RunPython(weighed_again, migrations.RunPython.noop),
    ]
