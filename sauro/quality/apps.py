"""The quality room."""

from django.apps import AppConfig


class QualityConfig(AppConfig):
    """Quality management system."""

    name = "sauro.quality"
    label = "quality"
    default_auto_field = "django.db.models.BigAutoField"
