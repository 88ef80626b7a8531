"""Forms with files, as a browser sends them, and what lies in the folder of sealed files."""

import io
import json

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from vertrouwd.attachments.files import sealed_files

PHOTO = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 1000
PAGE, OTHER = "/neemt", "/anders"  # of page_that_takes


def sent(name: str, content: bytes = PHOTO, kind: str = "text/html") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type=kind)


def send(browser: Client, *files: io.IOBase, to: str = PAGE, **answers: str):
    """Status and what the page told."""
    answer = browser.post(to, {"verhaal": "Het was dinsdag.", **answers, "bestand": list(files)})
    return answer.status_code, json.loads(answer.content) if answer.status_code < 500 else {}


def raw(browser: Client, *parts: bytes, end: bytes = b"--x--\r\n"):
    """A form as bytes: each part is its header lines, an empty line and its content."""
    body = b"".join(b"--x\r\n" + part + b"\r\n" for part in parts) + end
    answer = browser.post(PAGE, body, content_type="multipart/form-data; boundary=x")
    return answer.status_code, json.loads(answer.content)


def part(name: bytes, content: bytes = PHOTO) -> bytes:
    line = b'Content-Disposition: form-data; name="bestand"; filename="' + name + b'"'
    return line + b"\r\nContent-Type: image/png\r\n\r\n" + content


def on_disk() -> list[str]:
    folder = sealed_files().folder
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []
