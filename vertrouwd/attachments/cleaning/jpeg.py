"""A JPEG inside another file without what it says of its maker; its pixels stay as they are. Knows
no Django."""

START, SCAN = 0xD8, 0xDA
JFIF, ADOBE = 0xE0, 0xEE  # how the colours are to be read
SAYS_SOMETHING = frozenset({*range(0xE0, 0xF0), 0xFE}) - {JFIF, ADOBE}


def without_metadata(content: bytes) -> bytes:
    """Without the segments for remarks and for programs, before the pixels begin; what is no JPEG
    comes back as it is."""
    if content[:2] != bytes([0xFF, START]):
        return content
    kept, at = [content[:2]], 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == SCAN:
            return b"".join([*kept, content[at:]])
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if end <= at + 3 or end > len(content):
            return content
        segment = content[at:end]
        if marker == JFIF:
            kept.append(_without_small_picture(segment))
        elif marker not in SAYS_SOMETHING:
            kept.append(segment)
        at = end
    return content


def _without_small_picture(segment: bytes) -> bytes:
    """The JFIF header alone (ITU-T T.871, 10.1): a small picture in it may show what was cut off.

    Empty for the extension that holds nothing else, and for whatever else has this marker.
    """
    if segment[4:9] != b"JFIF\0" or len(segment) < 18:
        return b""
    return bytes([0xFF, JFIF, 0, 16]) + segment[4:16] + bytes(2)
