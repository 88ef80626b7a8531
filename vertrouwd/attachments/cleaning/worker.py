"""The child: reads one file from a pipe, writes a clean copy or a page to another, and ends.

`python -I -m vertrouwd.attachments.cleaning.worker ACT KIND [PAGE]`. It loads what it needs, shuts
itself in, and only then reads. First comes a line of JSON: `refused` with the name of a reason, or
`type`, `size` in bytes, `pages` and `left_out`; always `isolation`, the walls that stand. Then come
that many bytes. Knows no Django, no settings and no key.
"""

import importlib
import json
import sys
from collections.abc import Callable
from typing import Any

from vertrouwd.attachments.cleaning.confinement import confine
from vertrouwd.attachments.cleaning.made import Kind, Made, NotPossible, Reason

HERE = "vertrouwd.attachments.cleaning"
# Act and kind -> the module that does it, and its function.
WORK = {
    ("clean", Kind.IMAGE): ("images", "clean"),
    ("clean", Kind.HEIF): ("heif", "clean"),
    ("clean", Kind.PDF): ("pdf", "clean"),
    ("clean", Kind.OFFICE): ("office", "clean"),
    ("clean", Kind.TEXT): ("text", "clean"),
    ("show", Kind.PDF): ("pdf_pages", "page_of"),
    ("read", Kind.PDF): ("pdf_pages", "words_of"),
    ("read", Kind.OFFICE): ("office_text", "words_of"),
}


def main(act: str, kind: str, *page: str) -> int:
    module, name = WORK[act, Kind(kind)]
    loaded: Any = importlib.import_module(f"{HERE}.{module}")
    loaded.prepare()
    work: Callable[..., Made] = getattr(loaded, name)
    isolation = [wall.value for wall in confine()]
    content = sys.stdin.buffer.read()
    said: dict[str, object] = {"isolation": isolation}
    body = b""
    try:
        made = work(content, *map(int, page))
    except NotPossible as found:
        said["refused"] = found.reason.name
    except MemoryError:
        said["refused"] = Reason.TOO_LARGE.name
    except Exception:
        said["refused"] = Reason.BROKEN.name
    else:
        body = made.body
        said |= {"type": made.type, "size": len(body), "pages": made.pages}
        said["left_out"] = [each.name for each in made.left_out]
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n")
    sys.stdout.buffer.write(body)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
