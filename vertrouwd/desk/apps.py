from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "vertrouwd.desk"

    def ready(self) -> None:
        """Each chapter puts its section on the page of a dossier, in this order; and who closes an
        account is told what stays on its name."""
        from vertrouwd.accounts.people import left_behind as accounts
        from vertrouwd.desk import left_behind
        from vertrouwd.desk.advice import on_dossier as advice
        from vertrouwd.desk.attachments import on_dossier as files
        from vertrouwd.desk.case.panels import PANELS
        from vertrouwd.desk.duties import on_dossier as duties
        from vertrouwd.desk.privacy_requests import on_dossier as requests

        PANELS.extend([files.PANEL, duties.PANEL, advice.PANEL, requests.PANEL])
        accounts.ASKED.append(left_behind.said)
