from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "sauro.plans"
    verbose_name = "Kế hoạch"
