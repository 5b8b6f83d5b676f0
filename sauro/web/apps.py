from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "sauro.web"
    verbose_name = "Trang"
