"""Files as reporters send them, and as somebody sends them who means harm. All made here."""

import io
import zipfile
import zlib

import openpyxl
import pikepdf
from odfdo import Document, Paragraph
from openpyxl.comments import Comment
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import ExifTags, Image, PngImagePlugin

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
AUTHOR = "Wilhelmina de Maker"
WORD_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
BILLION = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, (b"&%c;" % (97 + n)) * 10) for n in range(9))
    + b"]><x>&j;</x>"
)


def photo(*, size: tuple[int, int] = (60, 40), colour: str = "red", turned: int = 1) -> bytes:
    """A JPEG that says where, by whom and with what it was taken."""
    exif = of_a_telephone(turned=turned)
    return picture("JPEG", size=size, colour=colour, exif=exif, comment=AUTHOR.encode())


def of_a_telephone(*, turned: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Artist], exif[ExifTags.Base.Model] = AUTHOR, "Telefoon X"
    exif[ExifTags.Base.Orientation] = turned
    where = exif.get_ifd(ExifTags.IFD.GPSInfo)
    where[ExifTags.GPS.GPSLatitudeRef] = "N"
    where[ExifTags.GPS.GPSLatitude] = (52.0, 5.0, 3.0)
    return exif


def picture(
    kind: str = "PNG", *, size: tuple[int, int] = (60, 40), colour: str = "red", **more
) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, colour).save(made, kind, **more)
    return made.getvalue()


def picture_with_words() -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", AUTHOR)
    return picture("PNG", pnginfo=words)


def moving() -> bytes:
    made = io.BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue", "green")]
    frames[0].save(made, "GIF", save_all=True, append_images=frames[1:])
    return made.getvalue()


def image_bomb() -> bytes:
    """A small PNG that says it is 50,000 by 50,000."""
    small = picture("PNG", size=(1, 1))
    wide = (50_000).to_bytes(4, "big")
    head = b"IHDR" + wide + wide + small[24:29]

    return small[:12] + head + zlib.crc32(head).to_bytes(4, "big") + small[33:]


def pdf(*, pages: int = 1, **save) -> bytes:
    """Pages with words and nothing else."""
    with pikepdf.new() as made:
        for number in range(1, pages + 1):
            page = made.add_blank_page(page_size=(300, 400))
            font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
            page.Resources = Dictionary(Font=Dictionary(A=font))
            drawn = f"BT /A 24 Tf 40 300 Td (Blad {number}) Tj ET".encode()
            page.Contents = Stream(made, drawn)
        return _saved(made, **save)


def acting_pdf() -> bytes:
    """A PDF that runs a script, starts a program, sends a form and carries files."""
    with pikepdf.open(io.BytesIO(pdf(pages=2))) as made:
        script = Dictionary(S=Name.JavaScript, JS=String("app.alert('hallo')"))
        made.Root.OpenAction = script
        made.Root.AA = Dictionary(WC=script)
        made.attachments["kwaad.exe"] = b"MZ kwaad"
        made.Root.AcroForm = Dictionary(Fields=Array(), XFA=Stream(made, b"<xdp/>"))
        page = made.pages[0]
        page.AA = Dictionary(O=script)
        link = Dictionary(S=Name.URI, URI=String("https://volg.invalid/wie"))
        start = Dictionary(S=Name.Launch, F=String("cmd.exe"))
        page.Annots = Array(
            made.make_indirect(
                Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 99, 99]), A=action)
            )
            for action in (link, start)
        )
        inside = photo()
        held = Stream(made, inside)
        held.Type, held.Subtype, held.Filter = Name.XObject, Name.Image, Name.DCTDecode
        held.Width, held.Height, held.BitsPerComponent = 60, 40, 8
        held.ColorSpace = Name.DeviceRGB
        held.Metadata = Stream(made, AUTHOR.encode())
        page.Resources.XObject = Dictionary(AA=held)
        page.Contents = Stream(made, page.Contents.read_bytes() + b" q 60 0 0 40 9 9 cm /AA Do Q")
        with made.open_metadata() as said:
            said["dc:creator"] = [AUTHOR]
        made.docinfo["/Author"] = AUTHOR
        return _saved(made)


def filled_in_pdf() -> bytes:
    """A form in which somebody wrote a name: what it looks like belongs to the field."""
    with pikepdf.open(io.BytesIO(pdf())) as made:
        look = Stream(made, b"0 0 1 rg 0 0 100 40 re f")
        look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 100, 40])
        field = made.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("naam"),
                V=String("Jan"), Rect=Array([50, 50, 150, 90]), AP=Dictionary(N=look), F=4,
            )
        )  # fmt: skip
        made.pages[0].Annots = Array([field])
        made.Root.AcroForm = Dictionary(Fields=Array([field]))
        return _saved(made)


def printing_forbidden_pdf() -> bytes:
    """Everybody may read it, and not print it."""
    return pdf(encryption=pikepdf.Encryption(owner="geheim", user=""))


def pdf_of_inheriting_pages() -> bytes:
    """Size, turn and font of its pages stand above them."""
    with pikepdf.open(io.BytesIO(pdf(pages=2))) as made:
        above, first = made.Root.Pages, made.pages[0]
        above.MediaBox, above.Rotate = first.MediaBox, 90
        above.Resources = made.make_indirect(first.Resources)
        for page in made.pages:
            del page.obj["/MediaBox"], page.obj["/Resources"]
        return _saved(made)


def locked_pdf() -> bytes:
    return pdf(encryption=pikepdf.Encryption(owner="geheim", user="geheim"))


def _saved(made: pikepdf.Pdf, **save) -> bytes:
    out = io.BytesIO()
    made.save(out, **save)
    return out.getvalue()


def zipped(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def word_parts() -> dict[str, bytes]:
    """A Word file with macros, its maker, a tracked change, a field that fetches, a link, an
    object and a photo."""
    body = f"""<w:document xmlns:w="{WORD_SPACE}" xmlns:r="{RELATION}"><w:body>
<w:p w:rsidR="00A1"><w:r><w:t>Hij dreigde in de gang &amp; op het plein.</w:t></w:r></w:p>
<w:p><w:ins w:author="{AUTHOR}" w:date="2023-01-01T00:00:00Z">
<w:r><w:t>Later toegevoegd.</w:t></w:r></w:ins></w:p>
<w:p><w:r><w:instrText>DDEAUTO c:\\cmd.exe</w:instrText></w:r></w:p>
<w:p><w:hyperlink r:id="rId1"><w:r><w:t>een adres</w:t></w:r></w:hyperlink></w:p>
<w:p><w:r><w:object><w:control r:id="rId2"/></w:object></w:r></w:p>
<w:p><w:r><w:drawing r:embed="rId3"/></w:r></w:p>
</w:body></w:document>"""
    relations = f"""<Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="rId1" Type="{RELATION}/hyperlink" Target="https://volg.invalid/"
 TargetMode="External"/>
<Relationship Id="rId2" Type="{RELATION}/oleObject" Target="embeddings/oleObject1.bin"/>
<Relationship Id="rId3" Type="{RELATION}/image" Target="media/foto.jpeg"/>
<Relationship Id="rId4" Target="vbaProject.bin"
 Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject"/>
<Relationship Id="rId5" Type="{RELATION}/attachedTemplate" TargetMode="External"
 Target="file:///volg.invalid/t.dotm"/>
</Relationships>"""
    types = f"""<Types xmlns="{PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Default Extension="jpeg" ContentType="image/jpeg"/>
<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>
<Override PartName="/docProps/core.xml"
 ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>
</Types>"""
    return {
        "[Content_Types].xml": types.encode(),
        "_rels/.rels": b"<Relationships/>",
        "word/document.xml": body.encode(),
        "word/_rels/document.xml.rels": relations.encode(),
        "word/vbaProject.bin": b"Sub AutoOpen()",
        "word/embeddings/oleObject1.bin": b"MZ",
        "word/media/foto.jpeg": photo(),
        "docProps/core.xml": f"<a>{AUTHOR}</a>".encode(),
        "docProps/thumbnail.jpeg": photo(),
        "customXml/item1.xml": b"<a/>",
    }


def word() -> bytes:
    return zipped(word_parts())


def slides() -> bytes:
    """Twelve slides in a PowerPoint file, a note, a sound, a link, and who remarked on it."""
    draw = "http://schemas.openxmlformats.org/drawingml/2006/main"
    show = "http://schemas.openxmlformats.org/presentationml/2006/main"
    numbers = range(1, 13)

    def slide(words: str) -> bytes:
        return (
            f'<p:sld xmlns:p="{show}" xmlns:a="{draw}" xmlns:r="{RELATION}"><p:cSld><a:p><a:r>'
            f'<a:rPr><a:hlinkClick r:id="rId9"/></a:rPr><a:t>{words}</a:t></a:r></a:p></p:cSld>'
            '<p:timing><p:cmd cmd="start"/></p:timing></p:sld>'
        ).encode()

    types = "".join(
        f'<Override PartName="/ppt/slides/slide{n}.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.presentationml.slide+xml"/>'
        for n in numbers
    )
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATION}/slide" Target="slides/slide{n}.xml"/>'
        for n in numbers
    )
    link = (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId9" '
        f'Type="{RELATION}/hyperlink" Target="https://volg.invalid/" TargetMode="External"/>'
        f'<Relationship Id="rId8" Type="{RELATION}/audio" Target="../media/geluid.wav"/>'
        "</Relationships>"
    )
    named = f'<p:presentation xmlns:p="{show}" xmlns:r="{RELATION}"><p:sldIdLst>' + "".join(
        f'<p:sldId id="{255 + n}" r:id="rId{n}"/>' for n in numbers
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">{types}</Types>'.encode(),
        "ppt/presentation.xml": (named + "</p:sldIdLst></p:presentation>").encode(),
        "ppt/_rels/presentation.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>'
        ).encode(),
        "ppt/slides/_rels/slide1.xml.rels": link.encode(),
        "ppt/notesSlides/notesSlide1.xml": slide("Zeg dit niet hardop."),
        "ppt/media/geluid.wav": b"RIFF",
        "ppt/commentAuthors.xml": AUTHOR.encode(),
    }
    return zipped(parts | {f"ppt/slides/slide{n}.xml": slide(f"Dia {n}") for n in numbers})


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.properties.creator = AUTHOR
    sheet = book.active
    sheet["A1"], sheet["B1"] = "Naam", "Aantal"
    sheet["A2"], sheet["B2"] = "Groep 7", 12
    sheet["A3"] = '=WEBSERVICE("https://volg.invalid")'
    sheet["A4"] = "een adres"
    sheet["A4"].hyperlink = "https://volg.invalid/"
    sheet["A2"].comment = Comment("Een opmerking", AUTHOR)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def letter() -> bytes:
    """An OpenDocument text with its maker."""
    document = Document("text")
    document.meta.set_creator(AUTHOR)
    document.body.append(Paragraph("Wat er in de gang gebeurde."))
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def zip_bomb() -> bytes:
    return zipped(word_parts() | {"word/media/leeg.png": bytes(300 * 1024 * 1024)})
