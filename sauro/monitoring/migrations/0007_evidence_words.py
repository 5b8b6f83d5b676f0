"""Words of evidence by name and number, as an index of the database: see `sauro.words`.

SQLite loses a table's triggers where Django makes the table anew to change it: a later migration that alters
`monitoring_evidence` runs this one's statements again.
"""

from django.db import migrations

from sauro.monitoring.models.evidence import WORDS
from sauro.words import run


def forwards(apps, schema_editor):
    run(schema_editor, WORDS.made(schema_editor.connection.vendor))


def backwards(apps, schema_editor):
    run(schema_editor, WORDS.unmade(schema_editor.connection.vendor))


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0006_round_indexes")]
    operations = [migrations.RunPython(forwards, backwards)]
