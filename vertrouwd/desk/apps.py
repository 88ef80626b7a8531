from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "vertrouwd.desk"

    def ready(self) -> None:
        """Each chapter puts its section on the page of a dossier, in this order."""
        from vertrouwd.desk.advice.on_dossier import PANEL
        from vertrouwd.desk.case.panels import PANELS

        PANELS.append(PANEL)
