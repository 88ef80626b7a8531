"""allauth's accounts, for its tables; its middleware stands in the casework only."""

from allauth.account.apps import AccountConfig


class AllauthAccountConfig(AccountConfig):
    """As allauth's own, without the demand that every process with its tables has its pages."""

    def ready(self) -> None:
        from allauth.account import checks  # noqa: F401
