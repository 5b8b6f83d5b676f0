from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "sauro.ledger"
    verbose_name = "Sổ cái"
