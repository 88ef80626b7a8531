"""What the console of a browser says about our pages: the policy refused something, or a script
failed. Nothing of it may be there."""

# Chromium knows these on some systems only; switching them off is right on all.
ONLY_ELSEWHERE = ("bluetooth", "web-share")


def listen(page) -> list[str]:
    """A list that grows with each complaint about this page."""
    said: list[str] = []

    def hear(message) -> None:
        is_known = any(f"Unrecognized feature: '{name}'" in message.text for name in ONLY_ELSEWHERE)
        is_answer = "the server responded with a status of 4" in message.text  # a form we refused
        if not (is_known or is_answer):
            said.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said
