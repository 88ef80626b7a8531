from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "vertrouwd.desk"

    def ready(self) -> None:
        """Each chapter puts its section on the page of a dossier, in this order."""
        from vertrouwd.desk.advice import on_dossier as advice
        from vertrouwd.desk.case.panels import PANELS
        from vertrouwd.desk.duties import on_dossier as duties
        from vertrouwd.desk.privacy_requests import on_dossier as requests

        PANELS.extend([duties.PANEL, advice.PANEL, requests.PANEL])
