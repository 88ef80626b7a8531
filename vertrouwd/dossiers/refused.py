"""What is said when an act on a dossier cannot be done."""


class Refused(Exception):
    """The act is not possible now; the message says why, in words for the person who tried."""
