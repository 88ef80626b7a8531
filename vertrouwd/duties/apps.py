from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "vertrouwd.duties"
    verbose_name = "legal duties"
