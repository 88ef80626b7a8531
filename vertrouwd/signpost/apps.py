from django.apps import AppConfig


class SignpostConfig(AppConfig):
    name = "vertrouwd.signpost"
