"""Words of tasks as an index of the database: FTS5 with triggers on SQLite, GIN on PostgreSQL.

SQLite loses a table's triggers where Django makes the table anew to change it: a later migration that alters
`plans_task` ends with the statements of this one again.
"""

from django.db import migrations

SQLITE = [
    """CREATE VIRTUAL TABLE plans_task_words USING fts5(
        exact, folded, content='plans_task', content_rowid='id', prefix='2 3', tokenize="unicode61 remove_diacritics 0"
    )""",
    "INSERT INTO plans_task_words (plans_task_words) VALUES ('rebuild')",
    """CREATE TRIGGER plans_task_words_added AFTER INSERT ON plans_task BEGIN
        INSERT INTO plans_task_words (rowid, exact, folded) VALUES (new.id, new.exact, new.folded);
    END""",
    """CREATE TRIGGER plans_task_words_gone AFTER DELETE ON plans_task BEGIN
        INSERT INTO plans_task_words (plans_task_words, rowid, exact, folded)
        VALUES ('delete', old.id, old.exact, old.folded);
    END""",
    """CREATE TRIGGER plans_task_words_changed AFTER UPDATE OF id, exact, folded ON plans_task
    WHEN old.id <> new.id OR old.exact <> new.exact OR old.folded <> new.folded BEGIN
        INSERT INTO plans_task_words (plans_task_words, rowid, exact, folded)
        VALUES ('delete', old.id, old.exact, old.folded);
        INSERT INTO plans_task_words (rowid, exact, folded) VALUES (new.id, new.exact, new.folded);
    END""",
]
SQLITE_BACK = [
    "DROP TRIGGER plans_task_words_changed",
    "DROP TRIGGER plans_task_words_gone",
    "DROP TRIGGER plans_task_words_added",
    "DROP TABLE plans_task_words",
]
POSTGRES = [
    "CREATE INDEX plans_task_words_exact ON plans_task USING gin (to_tsvector('simple', exact))",
    "CREATE INDEX plans_task_words_folded ON plans_task USING gin (to_tsvector('simple', folded))",
]
POSTGRES_BACK = ["DROP INDEX plans_task_words_folded", "DROP INDEX plans_task_words_exact"]


def _run(schema_editor, statements):
    with schema_editor.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def forwards(apps, schema_editor):
    _run(schema_editor, SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES)


def backwards(apps, schema_editor):
    _run(schema_editor, SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else POSTGRES_BACK)


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
