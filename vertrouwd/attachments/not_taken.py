"""Why the files of a form were not taken; knows no Django. None of them was kept."""


class NotTaken(Exception):
    """`name` is how the reporter called the file that was too much; empty when it is about all."""

    def __init__(self, name: str = "") -> None:
        super().__init__("The files of this form were not taken.")
        self.name = name


class TooManyFiles(NotTaken):
    """More files than go with one form."""


class FileTooLarge(NotTaken):
    """One of the files is larger than we take."""


class NoRoom(NotTaken):
    """The disk is needed for words: the same form goes through without the files."""


class TooBusy(NotTaken):
    """Others are sending files; in a moment, or without the files, it goes through."""


class BrokeOff(NotTaken):
    """The form ended in the middle of a file."""
