"""Typing in a form and sending it, in a browser."""


def send(page, field: str, words: str) -> None:
    """Fill the field and send its form by Enter; back when the page that answers is there."""
    page.fill(field, words)
    with page.expect_navigation():
        page.press(field, "Enter")
