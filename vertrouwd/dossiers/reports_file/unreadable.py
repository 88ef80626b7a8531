"""What is wrong with a file as a whole."""


class Unreadable(ValueError):
    """The file as a whole cannot be used; the message says what it is and what is possible."""
