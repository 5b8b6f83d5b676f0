from django.apps import AppConfig


class OrganizationConfig(AppConfig):
    name = "sauro.organization"
    verbose_name = "Tổ chức"
