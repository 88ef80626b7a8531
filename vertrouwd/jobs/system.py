"""The house itself, acting where no person did."""


class System:
    """Known in the log by the name of the account that cannot log in (accounts/models.py)."""

    username = "system"


SYSTEM = System()
