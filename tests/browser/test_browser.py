"""The browser of the tests is real."""


def test_a_real_browser_shows_a_page_and_runs_its_scripts(page, page_without_scripts):
    html = "<p id=p>oud</p><script>document.getElementById('p').textContent = 'nieuw'</script>"
    page.set_content(html)
    page_without_scripts.set_content(html)
    assert page.inner_text("p") == "nieuw"
    assert page_without_scripts.inner_text("p") == "oud"
