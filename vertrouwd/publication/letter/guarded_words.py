"""Words that a template, an observation or a context text may not hold. No Django here.

Comparing words are claims: `wording` makes them, after a test. Numerals are numbers, and numbers
are figures. A judgement is a minister's own; a cause is never said.
"""

import re

COUNTING_WORDS = re.compile(
    r"""\b(
      toegenomen|afgenomen|toename|afname|toeneemt|afneemt|neemt\s(?:toe|af)|nam(?:en)?\s(?:toe|af)
      |(?:ge)?steg(?:en)?|stijg\w*|(?:ge)?daal\w*|gedaald|gegroeid|groei\w*|verdubbel\w*
      |steeds|opnieuw|telkens|alweer|wederom
      |op\srij|achtereenvolgen\w*
      |(?:meer|minder|hoger|lager|groter|kleiner|vaker|minder\svaak)\s(?:dan)?
      |de\shelft|merendeel|meerderheid|grootste|hoogste|laagste|recordaantal
      |verschuiv\w*|verschuift|verschoven
      |opvallend\w*|opmerkelijk\w*|val(?:t|len)\sop|viel(?:en)?\sop
      |vooral|voornamelijk|hoofdzakelijk|met\sname|bovenal
    )(?=\W|$)""",
    re.IGNORECASE | re.VERBOSE,
)
JUDGEMENTS = re.compile(
    r"\b(zorgelijk\w*|zorgwekkend\w*|verontrustend\w*|schrikbarend\w*|alarmerend\w*|onaanvaardbaar\w*"
    r"|schokkend\w*|goed\snieuws|slecht\snieuws|hoopvol\w*|gelukkig|helaas|te\s(?:hoog|veel))\b",
    re.IGNORECASE,
)
CAUSAL_WORDS = re.compile(
    r"\b(doordat|daardoor|waardoor|hierdoor|omdat|dankzij|als\sgevolg\s(?:van|hiervan)|vanwege"
    r"|komt\sdoor|veroorzaakt\w*|leidt\stot)\b",
    re.IGNORECASE,
)
NUMERALS = re.compile(
    r"""\b(
      nul|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf
      |(?:der|veer|vijf|zes|zeven|acht|negen)tien
      |\w*(?:twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig)(?:ste)?
      |\w*honderd\w*|\w*duizend\w*|miljoen\w*
      |tweede|derde|vierde|vijfde|zesde|zevende|achtste|negende|\w*tiende|elfde|twaalfde
      |dubbel\w*|helft|kwart|anderhal\w*|(?:ge)?halveer\w*|tiental\w*|dozijn
      |ver(?:drie|vier|vijf|tien)voudig\w*|(?:twee|drie|vier|vijf|tien)(?:maal|voud\w*)
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)


def check_words(text: str, *, judgements_allowed: bool = False) -> list[str]:
    """What literal text may not hold: digits, numerals, guarded words, causes, judgements."""
    rules = [(NUMERALS, "numeral"), (COUNTING_WORDS, "guarded word")]
    if not judgements_allowed:
        rules += [(JUDGEMENTS, "judgement"), (CAUSAL_WORDS, "cause")]
    return [
        *(f"digit '{letter}'" for letter in text if letter.isnumeric()),  # a half sign too
        *(f"{kind} '{hit[0]}'" for rule, kind in rules for hit in rule.finditer(text)),
    ]
