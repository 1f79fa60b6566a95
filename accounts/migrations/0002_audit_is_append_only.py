"""The audit refuses to be changed, by the database itself and not by good manners."""

from django.db import migrations

SENTENCE = "The audit is append-only."
TABLES = {
    "accounts_auditentry": ["id"],
    "accounts_auditseal": ["id", "position", "entry_id"],
}


def _sqlite(table, keys):
    for verb in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
        )
    # INSERT OR REPLACE removes the old row without asking the DELETE trigger.
    same = " OR ".join(f"{key} = NEW.{key}" for key in keys)
    yield (
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
    )


def _postgresql(table):
    yield (
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION accounts_audit_refuse()"
    )
    yield (
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION accounts_audit_refuse()"
    )


def _run(schema_editor, statements):
    for statement in statements:
        schema_editor.execute(statement, params=None)


def install(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        _run(
            schema_editor,
            [
                "CREATE FUNCTION accounts_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'restrict_violation'; END $$"
            ],
        )
    for table, keys in TABLES.items():
        _run(schema_editor, _postgresql(table) if schema_editor.connection.vendor == "postgresql" else _sqlite(table, keys))


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        _run(schema_editor, ["DROP FUNCTION accounts_audit_refuse() CASCADE"])
        return
    for table in TABLES:
        _run(schema_editor, [f"DROP TRIGGER {table}_no_{verb}" for verb in ("update", "delete", "replace")])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
