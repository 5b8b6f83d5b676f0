"""Words of entries by the label of what they are about, as an index of the database: see `sauro.words`.

SQLite loses a table's triggers where Django makes the table anew to change it: a later migration that alters
`ledger_entry` runs this one's statements again.
"""

from django.db import migrations

from sauro.ledger.models import WORDS
from sauro.words import run


def forwards(apps, schema_editor):
    run(schema_editor, WORDS.made(schema_editor.connection.vendor))


def backwards(apps, schema_editor):
    run(schema_editor, WORDS.unmade(schema_editor.connection.vendor))


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
