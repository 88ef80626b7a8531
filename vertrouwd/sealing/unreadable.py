"""The one answer to everything that cannot be opened; knows no Django."""


class Unreadable(Exception):
    """Nothing was opened: another key, another place, or bytes that were changed."""

    def __init__(self, what: str = "This cannot be opened.") -> None:
        super().__init__(what)
