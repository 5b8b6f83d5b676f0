from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "sauro.files"
    verbose_name = "Tệp"
