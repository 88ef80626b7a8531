"""What the console of a browser says about our pages: the policy refused something, or a script
failed. Nothing of it may be there."""

NO_COMPLAINT = (
    # Chromium knows these on some systems only; switching them off is right on all.
    "Unrecognized feature: 'bluetooth'",
    "Unrecognized feature: 'web-share'",
    "the server responded with a status of 4",  # a form that we refused
    "Autofocus processing was blocked",  # the test typed before the browser put its cursor
)


def listen(page) -> list[str]:
    """A list that grows with each complaint about this page."""
    said: list[str] = []

    def hear(message) -> None:
        if not any(words in message.text for words in NO_COMPLAINT):
            said.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said
