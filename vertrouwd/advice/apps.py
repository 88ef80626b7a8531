from django.apps import AppConfig


class AdviceConfig(AppConfig):
    name = "vertrouwd.advice"
    verbose_name = "advice and referral"
