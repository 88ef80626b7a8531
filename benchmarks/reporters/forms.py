"""What a page asks: its form, read from the HTML."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Field:
    """One name of a form: what can be chosen, or what stands there."""

    name: str
    kind: str  # of the input, or "textarea"
    values: list[str] = field(default_factory=list)  # of radios and check boxes: all of them
    chosen: str | None = None


@dataclass
class Form:
    """The form of a page; `buttons` are (name, value) in order, `texts` what stands at an id."""

    action: str = ""
    is_multipart: bool = False
    fields: dict[str, Field] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)  # that send the form as it is
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def takes_files(self) -> bool:
        """Only the last page of the report form does, and the mailbox."""
        return any(each.kind == "file" for each in self.fields.values())

    def filled(self, answers: dict[str, str]) -> dict[str, str]:
        """All that a browser would send after these answers; a radio not answered gets its last."""
        sent = {}
        for each in self.fields.values():
            if each.name in answers:
                sent[each.name] = answers[each.name]
            elif each.kind == "radio":
                sent[each.name] = each.chosen or each.values[-1]
            elif each.kind == "checkbox":
                if each.chosen is not None:
                    sent[each.name] = each.chosen
            elif each.kind != "file":
                sent[each.name] = each.chosen or ""
        return sent


class _Reader(HTMLParser):
    KEPT_IDS = frozenset({"reference", "code", "thread"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.form = Form()
        self._in_main = self._in_form = False
        self._textarea: Field | None = None
        self._open: list[tuple[str, str]] = []  # (tag, id) of elements whose text is kept

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if given.get("id") in self.KEPT_IDS and tag != "input":
            self._open.append((tag, given["id"]))
            self.form.texts[given["id"]] = ""
        elif self._open and tag == self._open[-1][0]:
            self._open.append((tag, ""))
        if tag == "main":
            self._in_main = True
        elif tag == "form" and self._in_main and given.get("method", "").lower() == "post":
            self._in_form = True
            self.form.action = given.get("action", "")
            self.form.is_multipart = "multipart" in given.get("enctype", "")
        elif self._in_form:
            self._field(tag, given)

    def _field(self, tag: str, given: dict[str, str]) -> None:
        name, kind = given.get("name", ""), given.get("type", "text")
        if not name:
            return
        if tag == "button":
            if "formnovalidate" not in given:
                self.form.buttons.append((name, given.get("value", "")))
        elif tag == "textarea":
            self._textarea = self.form.fields.setdefault(name, Field(name, "textarea", chosen=""))
        elif tag == "input":
            one = self.form.fields.setdefault(name, Field(name, kind))
            if kind in ("radio", "checkbox"):
                one.values.append(given.get("value", "on"))
                if "checked" in given:
                    one.chosen = given.get("value", "on")
            else:
                one.chosen = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._in_form = False
        elif tag == "textarea":
            self._textarea = None
        if self._open and tag == self._open[-1][0]:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._textarea is not None:
            self._textarea.chosen = (self._textarea.chosen or "") + data
        for _, name in self._open:
            if name:
                self.form.texts[name] += data


def read(html: str) -> Form:
    """The form in the main part of a page, and what stands at the ids of the contract."""
    reader = _Reader()
    start, end = html.find("<main"), html.rfind("</main>")
    reader.feed(html[start:end] if 0 <= start < end else html)
    return reader.form
