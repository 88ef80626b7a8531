"""A text as a QR code, to print; knows no Django, and needs no library for images."""

from io import BytesIO, StringIO


def qr_svg(text: str) -> str:
    """An SVG picture, as text to put in a page or a file."""
    import qrcode
    from qrcode.image.svg import SvgPathImage

    picture = BytesIO()
    qrcode.make(text, image_factory=SvgPathImage).save(picture)
    return picture.getvalue().decode()


def qr_terminal(text: str) -> str:
    """Lines of block characters, for a terminal of dark letters on a light ground or inverse."""
    import qrcode

    code = qrcode.QRCode(border=2)
    code.add_data(text)
    lines = StringIO()
    code.print_ascii(out=lines, invert=True)
    return lines.getvalue()
