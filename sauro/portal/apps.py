"""The public door."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Public pages."""

    name = "sauro.portal"
