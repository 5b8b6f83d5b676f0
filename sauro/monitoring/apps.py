from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "sauro.monitoring"
    verbose_name = "Theo dõi"
