"""What the contract promises of every page with a form (docs/contracts/public-site.md)."""

import re

LEADS_BACK = re.compile(
    r'<button[^>]*value="(?:terug|wijzig|taal|woorden|zoek|toon|sluiten|begin|ontvangst)[^>]*>'
)


def keeps_to_the_contract(page: str, *, shows_the_receipt: bool = False) -> None:
    """One form inside `main`, the way out, a neutral title, nobody else's address, a name for each
    field, and reference and code on the receipt alone."""
    assert page.count("<form") == page.count('method="post"') == 1
    assert page.index("<main") < page.index("<form") < page.index("</main>")
    assert '<a id="exit" href="/weg">' in page
    assert "<title>Informatie</title>" in page
    assert "://" not in page
    found = {"reference", "code"} & set(re.findall(r'id="([^"]*)"', page))
    assert found == ({"reference", "code"} if shows_the_receipt else set())
    for button in LEADS_BACK.findall(page):
        assert "formnovalidate" in button
    named = set(re.findall(r'<label for="([^"]*)"', page))
    for field in re.findall(r"<(?:input|textarea)[^>]*>", page):
        if 'type="hidden"' not in field:
            assert re.search(r'id="([^"]*)"', field)[1] in named, field
