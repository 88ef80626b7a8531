"""A number as an address or a form gives it: whatever somebody made of it, it is one or it is 0."""

OF_A_ROW = 15  # digits


def number_of(text: str | None, *, digits: int = 9) -> int:
    """The number, of at most so many digits; anything else is 0."""
    is_number = text is not None and text.isascii() and text.isdecimal() and len(text) <= digits
    return int(text or 0) if is_number else 0
