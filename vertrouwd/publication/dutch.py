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


def year_back(year: str, years: int = 1) -> str:
    """So many years before: `2022-2023` -> `2021-2022`; `2022` -> `2021`."""
    return "-".join(str(int(part) - years) for part in year.split("-"))


def year_period(year: str) -> str:
    """The days a year holds (domain rule C3): school year 1 August - 31 July, or calendar year."""
    if "-" in year:
        first, last = year.split("-")
        return f"1 augustus {first} tot en met 31 juli {last}"
    return f"1 januari tot en met 31 december {year}"
