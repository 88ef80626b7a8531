"""Set a typst template as PDF/UA-1, with our own letters only. No Django here."""

import json
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"


def pdf_bytes(template: Path, **inputs: object) -> bytes:
    """The PDF, the same bytes for the same template and inputs; each input goes in as JSON.

    Raises RuntimeError with typst's message when it cannot be set.
    """
    import typst

    made = typst.compile(
        template,
        root=template.parent,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={name: json.dumps(data) for name, data in inputs.items()},
        pdf_standards=["ua-1"],
    )
    assert isinstance(made, bytes)  # typst returns bytes when no output file is named
    return made
