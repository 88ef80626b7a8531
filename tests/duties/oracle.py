"""The contract told a second time, as plainly as it can be: no data, no classes, no completions.

It answers what is owed when everything is known: (duty, on, to) for each. The rules are held to it.
"""

from datetime import date

from vertrouwd.duties.facts import Facts

STAFF = {"personeel", "interne vertrouwenspersoon", "klachtencommissielid personeel"}


def set_of(facts: Facts, day: date) -> str | None:
    if facts.rule_set:
        return facts.rule_set
    if facts.sector == "kinderopvang":
        return "NL-2013-childcare" if day >= date(2013, 7, 1) else None
    return "NL-1999-education" if day >= date(1999, 7, 28) else None


def touches(name: str, sector: str, day: date) -> bool:
    if name == "NL-2013-childcare":
        return sector == "kinderopvang" and day >= date(2013, 7, 1)
    if sector == "kinderopvang":
        return False
    if name == "NL-1999-education":
        return day >= (date(2011, 2, 17) if sector == "ho" else date(1999, 7, 28))
    return True


def owed(facts: Facts, day: date) -> set[tuple[str, str, str]]:
    name, sector = set_of(facts, day), str(facts.sector)
    if name is None or not touches(name, sector, day):
        return set()
    childcare, bill = sector == "kinderopvang", name == "NL-bill-36777"
    board = "houder" if childcare else "bevoegd gezag"
    knowers = {str(knower) for knower in facts.known_by}
    staff_knows, board_knows = bool(knowers & STAFF), board in knowers
    crime = facts.possible_offence == "seksueel misdrijf"
    crime = crime or (childcare and facts.possible_offence == "mishandeling")
    harassment = bill and facts.category == "seksuele intimidatie"
    reasonable = facts.weighing == "redelijk"
    if facts.affected_role != "leerling" or not (crime or harassment):
        return set()
    if childcare and facts.accused_role == "houder":
        filing = {("aangifteplicht", "medewerker", "politie")}
        return filing if staff_knows and reasonable else set()
    accused = {"met taken belast persoon"} | ({"huisgenoot gastouder"} if childcare else set())
    if facts.accused_role not in accused:
        return set()
    protected = sector in ("po", "kinderopvang") or facts.affected_age < 18
    protected = protected or facts.affected_incapacitated
    protected = protected or (bill and facts.dependency_relation)
    if not protected:
        return set()
    found = set()
    if staff_knows:
        found.add(("meldplicht", "personeel", board))
    if board_knows:
        found.add(("overlegplicht", board, "vertrouwensinspecteur"))
        if reasonable and (crime or facts.possible_offence is not None):
            found.add(("aangifteplicht", board, "politie"))
    return found
