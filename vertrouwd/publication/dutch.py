"""Numbers, months and years as a Dutch reader writes them. No Django here."""

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


def dutch_number(value: int | float, *, decimals: int = 1) -> str:
    """2152 -> `2.152`; 21.8 -> `21,8`. Whole numbers keep no decimals; minus is `−`."""
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.{decimals}f}"
    return text.translate(str.maketrans(",.-", ".,−"))


def english_number(value: int | float, *, decimals: int = 1) -> str:
    """2152 -> `2,152`; 21.8 -> `21.8`."""
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.{decimals}f}"
    return text.replace("-", "−")


def month_name(month: str) -> str:
    """`2022-09` -> `september 2022`."""
    year, number = month.split("-")
    return f"{MONTHS[int(number) - 1]} {year}"


def year_name(year: str) -> str:
    """`2022-2023` -> `schooljaar 2022-2023`; `2022` -> `kalenderjaar 2022`."""
    return f"schooljaar {year}" if "-" in year else f"kalenderjaar {year}"


def year_period(year: str) -> str:
    """The days a year holds (domain rule C3): school year 1 August - 31 July, or calendar year."""
    if "-" in year:
        first, last = year.split("-")
        return f"1 augustus {first} tot en met 31 juli {last}"
    return f"1 januari tot en met 31 december {year}"


def enumerate_dutch(parts: list[str]) -> str:
    """`a, b en c`."""
    return " en ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))
