from django.apps import AppConfig


class PrivacyRequestsConfig(AppConfig):
    name = "vertrouwd.privacy_requests"
    verbose_name = "privacy requests"
