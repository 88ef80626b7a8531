"""Canaries in files that are imported, and in what is typed at a terminal."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from tests.factories import row, write_csv, write_xlsx
from tests.stories.canaries import CANARIES as C
from tests.stories.canaries import House
from tests.stories.sites import Sites, broken_table, found

COLUMN, FILE = C["column of one's own"], C["name of a file"]


def good_rows(sites: Sites) -> str:
    """Sealed as they come in: an inspector reads them back."""
    told = row(
        melding_id="kanarie-goed", beklaagde_naam=C["name of somebody accused"],
        beklaagde_functie=C["function of somebody accused"], toelichting=C["narrative"],
        betrokkene_initialen=C["initials of somebody affected"],
    ) | {COLUMN: C["e-mail"]}  # fmt: skip
    house = sites.house
    path = write_csv(house.outside / f"{FILE}.csv", [told, row(melding_id="2")])
    write_xlsx(house.outside / f"{FILE}.xlsx", [told | {"melding_id": "kanarie-goed-xlsx"}])
    assert house.command("import-reports", str(path), "--json") == 0
    assert house.command("import-reports", str(house.outside / f"{FILE}.xlsx")) == 0
    return _read_back(sites, "name of somebody accused", "function of somebody accused",
                      "initials of somebody affected", "narrative")  # fmt: skip


def broken_rows(sites: Sites) -> str:
    """Refused: they stand in the file of rejects that was asked for, and nowhere else."""
    house = sites.house
    broken = row(
        melding_id="kanarie-stuk",
        kanaal=C["code that is none"], ontvangen_op=C["date that is none"],
        betrokkene_leeftijd=C["telephone"], beklaagde_naam=C["refused name"],
        toelichting=C["refused narrative"],
    )  # fmt: skip
    path = write_csv(house.outside / f"{FILE} 2.csv", [broken, row(melding_id="3")])
    rejects = house.outside / "afgewezen.csv"
    assert house.command("import-reports", str(path), "--rejects", str(rejects)) == 0
    assert "row 2" in house.last_said
    return rejects.name if C["refused narrative"] in rejects.read_text() else ""


def files_that_break(sites: Sites) -> str:
    """No table, cut off, another encoding: an exit code, and one line about the file."""
    house, said = sites.house, []
    names = ("refused name", "refused narrative", "telephone", "e-mail")
    words = "\n".join(C[name] for name in names)
    for name, content in {
        "leeg.csv": b"", "proza.csv": words.encode(), "nul.csv": words.encode() + b"\0" * 9,
        "utf16.csv": words.encode("utf-16"), "zip.xlsx": b"PK\3\4" + words.encode(),
        "kolommen.csv": f"melding_id,{COLUMN}\n1,{words}".encode(),
    }.items():  # fmt: skip
        (house.outside / name).write_bytes(content)
        for environment in ({}, {"VERTROUWD_TRACEBACK": "1"}):
            code = house.command("import-reports", str(house.outside / name), **environment)
            said.append(f"{name} {code}")
            assert code in (1, 2), house.last_said
            assert name in house.last_said
    return ", ".join(said)


def commands_that_fail(sites: Sites) -> str:
    """Passphrases, fingerprints and shares typed at a terminal, all of them wrong."""
    house, codes = sites.house, []
    secret = C["typed passphrase"]
    share = f"{C['line of a share']}\n" * 8
    for words, given in (
        (("grant-inspector", "coordinator", "--by", "inspector"), f"{secret}\n"),
        (("rotate-keys", "--by", "inspector"), f"{secret}\n"),
        (("rotate-keys",), f"{C['typed name of somebody']}\n{secret}\n"),
        (("recover-team", "coordinator"), f"{C['fingerprint read aloud']}\n{share}"),
        (("recover-team", "inspector"), f"{_aloud(house)}\n{share}"),
        (("recover-team", "inspector", "--show"), f"{_aloud(house)}\n{share}"),
    ):
        for environment in ({}, {"VERTROUWD_TRACEBACK": "1"}):
            code = house.command(*words, given=given, **environment)
            codes.append(f"{words[0]} {code}")
            assert code in (1, 2), house.last_said
            assert re.search(r"do not open a key|not those of the key|Line 1", house.last_said)
    return ", ".join(codes)


def a_command_whose_database_breaks(sites: Sites) -> str:
    """A fault that nobody foresaw, while the words are in its hands."""
    house = sites.house
    path = house.outside / f"{FILE}.csv"
    path.write_text(path.read_text().replace("kanarie-goed", "kanarie-later"))
    with broken_table(house, "sealing_sealedtext"):
        for environment in ({}, {"VERTROUWD_TRACEBACK": "1"}):
            assert house.command("import-reports", str(path), **environment) == 1
    return house.last_said


def _read_back(sites: Sites, *names: str) -> str:
    """What an unlocked inspector on duty reads of all dossiers."""
    duty = {"people": str(sites.house.people["inspector"]["pk"])}
    day = f"{datetime.now(ZoneInfo('Europe/Amsterdam')):%Y-%m-%d}"
    assert sites.casework("coordinator").post(f"/rooster/{day}", duty).status == 302
    inspector = sites.casework("inspector")
    for number in range(1, 8):
        answer = inspector.get(f"/dossiers/D-{number:07}")
        if all(C[name] in answer.text for name in names):
            return found(answer, *names)
    return ""


def _aloud(house: House) -> str:
    """The groups of the fingerprint of the inspector's key that are read aloud."""
    told = house.python(
        "from vertrouwd.sealing.models import HolderKey\n"
        "print(HolderKey.objects.get(holding__user__username='inspector').fingerprint)"
    )
    groups = told.split()
    return " ".join([*groups[:2], *groups[-2:]])
