"""The letter as OpenDocument text: every number a user field with the name of its figure.

In LibreOffice a click on a number shows the field's name; figures.json has the same name. A civil
servant can still edit the words, and nobody can retype a number without it ceasing to be a field.
"""

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

from vertrouwd.publication.letter.blocks import (
    ADDRESSEE,
    ENCLOSURE,
    Block,
    Kind,
    Letter,
    Note,
    Number,
    Span,
    field_name,
)

STYLES = Path(__file__).parent / "letter.styles.xml"
PARAGRAPH_STYLES = {
    Kind.PARAGRAPH: "Text_20_body",
    Kind.OBSERVATION: "Observation",
    Kind.MINISTER: "Minister",
    Kind.SIGNED: "Minister",
}
# How LibreOffice shows a number field: whole, with a point per thousand, with one decimal.
DATA_STYLES = """
<number:number-style xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"
  xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" style:name="{name}"
  number:language="nl" number:country="NL"><number:number number:decimal-places="{decimals}"
  number:min-decimal-places="{decimals}" number:min-integer-digits="1"
  number:grouping="{grouping}"/></number:number-style>
"""
WHOLE, GROUPED, PERCENT = "NWhole", "NGrouped", "NPercent"


def odt_bytes(letter: Letter) -> bytes:
    """The letter as an .odt file; opens in LibreOffice, language Dutch."""
    return _Writer(letter).bytes()


class _Writer:
    def __init__(self, letter: Letter) -> None:
        from odfdo import Document

        self.letter = letter
        self.document = Document("text")
        self.footnotes = 0

    def bytes(self) -> bytes:
        self._set_styles()
        self._set_metadata()
        body = self.document.body
        body.clear()
        body.append(self._declarations())
        for paragraph in self._content():
            body.append(paragraph)
        out = BytesIO()
        self.document.save(out)
        return out.getvalue()

    def _set_styles(self) -> None:
        from odfdo import Element

        document: Any = self.document  # odfdo's types do not know which part is which
        for style in Element.from_tag(STYLES.read_text(encoding="utf-8")).children:
            document.insert_style(style)
        for name, decimals, grouping in (
            (WHOLE, 0, "false"),
            (GROUPED, 0, "true"),
            (PERCENT, 1, "false"),
        ):
            xml = DATA_STYLES.format(name=name, decimals=decimals, grouping=grouping)
            document.insert_style(Element.from_tag(xml), automatic=True)
        styles = document.get_part("styles.xml")
        for properties in styles.root.xpath("//style:text-properties[@fo:language]"):
            properties.set_attribute("fo:language", "nl")
            properties.set_attribute("fo:country", "NL")
        _without_numbers_before_headings(styles.root)
        _with_hanging_bullets(styles.root)
        for properties in styles.root.xpath("//style:text-properties[@style:font-name]"):
            if properties.get_attribute("style:font-name") == "Liberation Serif":
                properties.set_attribute("style:font-name", "Liberation Sans")
        master = styles.root.xpath("//style:master-page")[0]
        master.append(
            Element.from_tag(
                '<style:footer><text:p text:style-name="Footer">Pagina '
                '<text:page-number text:select-page="current"/> van <text:page-count/>'
                "</text:p></style:footer>"
            )
        )

    def _set_metadata(self) -> None:
        meta = self.document.meta
        meta.title = self.letter.title
        meta.language = "nl-NL"
        meta.creator = " en ".join(one.office for one in self.letter.signatories)

    def _declarations(self) -> Any:
        from odfdo.user_field_declaration import UserFieldDecl, UserFieldDecls

        declarations = UserFieldDecls()
        for name, figure in self.letter.figures.items():
            declarations.append(UserFieldDecl(field_name(name), figure.value, "float"))
        for name, reference in self.letter.references.items():
            declarations.append(UserFieldDecl(field_name(name), reference.text, "string"))
        return declarations

    def _content(self) -> Iterable[Any]:
        letter = self.letter
        if letter.mark:
            yield self._paragraph("Demonstration", letter.mark)
        yield self._paragraph("Text_20_body", ADDRESSEE)
        yield self._paragraph("Text_20_body", letter.date)
        yield self._paragraph("Text_20_body", "Betreft: ", letter.subject)
        yield self._paragraph("Text_20_body", f"Bijlage: {ENCLOSURE}")
        yield from self._blocks(letter.blocks)
        for one in letter.signatories:
            yield self._paragraph("Signature", f"{one.office},")
            yield self._paragraph("Text_20_body", one.name)

    def _blocks(self, blocks: Iterable[Block]) -> Iterable[Any]:
        from odfdo import Header, List, ListItem

        items: Any = None
        for block in blocks:
            if block.kind is Kind.ITEM:
                if items is None:
                    items = List(style="List_20_1")
                item = ListItem()
                item.append(self._paragraph("Text_20_body", block.spans))
                items.append(item)
                continue
            if items is not None:
                yield items
                items = None
            if block.kind is Kind.HEADING:
                header = Header(1, style="Heading_20_1")
                self._fill(header, block.spans)
                yield header
            else:
                signed = "— " if block.kind is Kind.SIGNED else ""
                yield self._paragraph(PARAGRAPH_STYLES[block.kind], signed, block.spans)
        if items is not None:
            yield items

    def _paragraph(self, style: str, *parts: str | Iterable[Span]) -> Any:
        from odfdo import Paragraph

        paragraph = Paragraph(style=style)
        for part in parts:
            if isinstance(part, str):
                paragraph.append(part)
            else:
                self._fill(paragraph, part)
        return paragraph

    def _fill(self, element: Any, spans: Iterable[Span]) -> None:
        for span in spans:
            if isinstance(span, Note):
                element.append(self._footnote(span))
            elif isinstance(span, Number):
                element.append(self._field(span))
            else:
                element.append(span.text)

    def _field(self, span: Number) -> Any:
        from odfdo.user_field import UserFieldGet

        field = UserFieldGet(field_name(span.name), text=span.text)
        if span.reference is None:
            style = PERCENT if "," in span.text else GROUPED if "." in span.text else WHOLE
            field.set_attribute("style:data-style-name", style)
        return field

    def _footnote(self, note: Note) -> Any:
        from odfdo import Element

        self.footnotes += 1
        element: Any = Element.from_tag(
            f'<text:note text:id="ftn{self.footnotes}" text:note-class="footnote">'
            f"<text:note-citation>{self.footnotes}</text:note-citation><text:note-body/></text:note>"
        )
        body = element.xpath("//text:note-body")[0]
        body.append(self._paragraph("Footnote", note.spans))
        return element


def _without_numbers_before_headings(styles: Any) -> None:
    """The blank document numbers its headings; a number nobody counted has no place here."""
    from odfdo import Element

    [outline] = styles.xpath("//text:outline-style")
    outline.clear()
    outline.set_attribute("style:name", "Outline")
    outline.append(
        Element.from_tag('<text:outline-level-style text:level="1" style:num-format=""/>')
    )


def _with_hanging_bullets(styles: Any) -> None:
    from odfdo import Element

    [first] = styles.xpath(
        "//text:list-style[@style:name='List_20_1']"
        "/text:list-level-style-bullet[@text:level='1']/style:list-level-properties"
    )
    first.set_attribute("text:list-level-position-and-space-mode", "label-alignment")
    first.append(
        Element.from_tag(
            '<style:list-level-label-alignment text:label-followed-by="listtab" '
            'text:list-tab-stop-position="0.6cm" fo:text-indent="-0.5cm" fo:margin-left="0.6cm"/>'
        )
    )
