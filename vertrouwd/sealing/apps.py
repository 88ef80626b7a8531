from django.apps import AppConfig


class SealingConfig(AppConfig):
    name = "vertrouwd.sealing"
