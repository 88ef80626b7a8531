"""Typing in a form and sending it, in a browser."""


def send(page, field: str, words: str) -> None:
    """Fill the field and send its form by Enter; back when the page that answers is there."""
    page.fill(field, words)
    with page.expect_navigation():
        page.press(field, "Enter")


def press(page, name: str) -> None:
    """Press the button with exactly this name; back when the page that answers is there."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()
