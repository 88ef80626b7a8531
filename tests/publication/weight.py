"""What a page weighs as a browser gets it: itself, its style, script and icon, and the letters."""

import re
from posixpath import dirname, normpath

NEEDED = re.compile(r'<(?:link|script|img)[^>]*? (?:href|src)="([^"]+)"')
LETTERS = re.compile(r"@font-face\s*{[^}]*?url\(([^)]+)\)")


def sent(client, address: str) -> bytes:
    """The bytes of an answer, compressed where the site compresses."""
    answer = client.get(address, headers={"accept-encoding": "gzip"})
    assert answer.status_code == 200, address
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def plain(client, address: str) -> str:
    answer = client.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode()


def weight(client, address: str) -> int:
    """In bytes: headers and names of the files not counted."""
    files = set(NEEDED.findall(plain(client, address)))
    for style in [name for name in files if name.endswith(".css")]:
        for url in LETTERS.findall(plain(client, style)):
            files.add(normpath(f"{dirname(style)}/{url.strip(chr(39) + chr(34))}"))
    return len(sent(client, address)) + sum(len(sent(client, name)) for name in files)
