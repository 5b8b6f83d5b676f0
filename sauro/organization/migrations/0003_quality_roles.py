"""Roles that were seeded before the quality room existed are given its capabilities."""

from django.db import migrations

GRANTS = {
    "officer": {"write_document": "unit", "raise_nonconformity": "unit"},
    "head": {
        "write_document": "unit", "check_document": "unit", "manage_risk": "unit", "raise_nonconformity": "agency",
        "handle_nonconformity": "unit", "answer_feedback": "unit",
    },
    "secretary": {
        "write_document": "agency", "check_document": "agency", "control_documents": "agency", "run_quality": "agency",
        "manage_risk": "agency", "raise_nonconformity": "agency", "handle_nonconformity": "agency",
        "check_effect": "agency", "answer_feedback": "agency", "publish": "agency",
    },
    "focal": {"write_document": "unit", "raise_nonconformity": "agency"},
    "leader": {
        "approve_document": "agency", "raise_nonconformity": "agency", "check_effect": "agency",
        "chair_review": "agency", "declare": "agency", "publish": "agency", "answer_feedback": "agency",
    },
    "auditor": {"audit": "agency", "raise_nonconformity": "agency", "check_effect": "agency"},
}  # fmt: skip


def grant(apps, schema_editor):
    roles = apps.get_model("organization", "Role").objects
    for role in roles.filter(code__in=GRANTS):
        role.grants = {**GRANTS[role.code], **role.grants}
        role.save(update_fields=["grants"])


class Migration(migrations.Migration):
    dependencies = [("organization", "0002_rounds")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
