"""Where canaries are planted: each way that words come in, and what shows that they did.

A planting is done once, in the order of the table below; it gives the proof: what was read back,
or how it was answered. An empty proof is a planting that did not arrive.
"""

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

from tests.factories import row, write_csv, write_xlsx
from tests.project.running import Running, wait_until
from tests.stories.canaries import CANARIES, PASSWORD, House
from tests.stories.typed_everywhere import VARIANTS, type_everywhere
from tests.stories.visitor import Answer, Visitor
from tests.traces import read_session

C = CANARIES
COLUMN, FILE = C["column of one's own"], C["name of a file"]


@dataclass
class Sites:
    """The two sites of a house while they run, and every answer they gave."""

    house: House
    running: Running
    answers: list[Answer] = field(default_factory=list)
    sessions: list[str] = field(default_factory=list)  # what they held after each planting

    def casework(self, username: str = "", number: int = 0) -> Visitor:
        cookies = self.house.cookies_of(username, number) if username else {}
        return Visitor(self.running.casework, cookies, self.answers)

    def public(self) -> Visitor:
        return Visitor(self.running.public, {}, self.answers)


# --- Files and commands ---------------------------------------------------------------------------


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


# --- What is typed in the casework ----------------------------------------------------------------


def a_reason_of_a_broken_glass(sites: Sites) -> str:
    """Sealed: the second person reads it, nobody else."""
    inspector, coordinator = sites.casework("inspector"), sites.casework("coordinator")
    form = {"reference": sites.house.dossier, "ground": "direct gevaar"}
    answer = inspector.post("/glas", {**form, "reason": C["reason of a broken glass"]})
    assert answer.status == 302, answer.text
    number = re.search(r"/glas/nazien/(\d+)", coordinator.get("/glas/nazien").body)[1]
    return _found(coordinator.get(f"/glas/nazien/{number}"), "reason of a broken glass")


def a_login(sites: Sites) -> str:
    """Wrong and right: name, password, code; each is refused or let in."""
    visitor = sites.casework()
    wrong = {"username": C["typed name of somebody"], "password": C["typed password"]}
    statuses = [visitor.post("/inloggen", wrong).status]
    right = {"username": "privacy-officer", "password": PASSWORD}
    statuses.append(visitor.post("/inloggen", right).status)
    statuses.append(visitor.post("/inloggen/code", {"code": C["typed code"]}).status)
    code = next(
        v for k, v in sites.house.secrets.items() if k == "recovery code 3 of privacy-officer"
    )
    inside = visitor.post("/inloggen/code", {"code": code})
    assert statuses == [400, 302, 400]
    assert (inside.status, inside.location) == (302, "/"), inside.text
    statuses.append(visitor.post("/welkom", {"code": C["typed code"]}).status)
    return "ingelogd" if visitor.get("/logboek").status == 200 else ""


def a_key_and_its_passphrase(sites: Sites) -> str:
    """Made, written down, typed wrongly and rightly: it unlocks."""
    visitor = sites.casework("inspector", 1)
    visitor.cookies.pop("unlock")
    shown = visitor.post("/sleutel/nieuw", {"understood": "on"})
    phrase = " ".join(re.findall(r"<li>([a-z]+)</li>", shown.body))
    assert len(phrase.split()) == 6, shown.text
    travelling = re.search(r'name="travelling" value="([^"]*)"', shown.body)[1]
    typed = {"travelling": travelling, "purpose": "nieuw"}
    assert (
        visitor.post("/sleutel/overtypen", {**typed, "phrase": C["typed passphrase"]}).status == 400
    )
    sites.house.secrets["passphrase that was made"] = phrase
    made = visitor.post("/sleutel/overtypen", {**typed, "phrase": phrase})
    assert made.location == "/sleutel", made.text
    sites.house.secrets["cookie that unlocks"] = visitor.cookies["unlock"]
    visitor.cookies.pop("unlock")
    assert visitor.post("/ontgrendelen", {"phrase": C["typed passphrase"]}).status == 400
    opened = visitor.post("/ontgrendelen", {"phrase": phrase})
    return "ontgrendeld" if opened.status == 302 and "unlock" in visitor.cookies else ""


def an_invitation_and_an_app(sites: Sites) -> str:
    """The code that is handed over, the password that is chosen, the secret of the app."""
    administrator, newcomer = sites.casework("administrator"), sites.casework()
    secrets = sites.house.secrets
    invited = administrator.post("/mensen", {"username": "nieuweling", "name": "Nieuweling"})
    code = re.search(r"\b(?:[a-z2-7]{5}-){4}[a-z2-7]+\b", invited.text)[0]
    assert newcomer.post("/welkom", {"code": code}).status == 302
    chosen = {"new": C["typed password"], "again": C["typed password"]}
    answer = newcomer.post("/welkom/wachtwoord", chosen)
    assert answer.location == "/twee-stappen", answer.text
    setup = newcomer.get("/twee-stappen")
    secret = re.search(r"\b(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}\b", setup.text)[0].replace(" ", "")
    secrets |= {"invitation": code, "secret of an app that is set up": secret}
    assert newcomer.post("/twee-stappen", {"code": C["typed code"]}).status == 400
    from tests.sealing.one_of_everything import code_of

    shown = newcomer.post("/twee-stappen", {"code": code_of(secret)})
    codes = re.findall(r"<code>(\d{5}) ?(\d{5})</code>", shown.body)
    secrets |= {f"recovery code {n} that was shown": "".join(c) for n, c in enumerate(codes)}
    assert codes, shown.text
    return "tien codes" if len(codes) == 10 else ""


def words_of_a_search(sites: Sites) -> str:
    """They are told back to who typed them, and to nobody else."""
    form = {"person": str(sites.house.people["inspector"]["pk"]), "since": "2026-11-01"}
    school = {**form, "text": C["searched school"]}
    answer = sites.casework("coordinator").post("/belangen", school)
    assert _found(answer, "searched school"), answer.text
    about = {"about": C["searched line of the log"]}
    answer = sites.casework("privacy-officer").post("/logboek", about)
    assert sites.casework("inspector").post(
        "/dossiers", {"reference": C["name of somebody accused"]}
    )
    return _found(answer, "searched line of the log")


def every_form_of_every_role(sites: Sites) -> str:
    """All addresses, all fields that any of them reads, in every way a form can be wrong."""
    statuses = type_everywhere(sites)
    assert set(statuses) == set(VARIANTS)
    assert all(len(found) > 50 for found in statuses.values()), statuses
    assert not [s for found in statuses.values() for s in found if s >= 500]
    told_back = [a for a in sites.answers if C["field of a form"] in a.text]
    return f"{len(told_back)} answers tell it back to who typed it" if told_back else ""


# --- What comes along with a request --------------------------------------------------------------


def addresses_queries_headers_and_cookies(sites: Sites) -> str:
    """On both sites, as nobody and as somebody; the cookies are forged."""
    headers = dict.fromkeys(
        ("User-Agent", "Referer", "X-Forwarded-For", "X-Forwarded-Host", "Accept-Language", "From",
         "Forwarded", "X-Real-IP", "If-None-Match", "X-Request-Id", "Authorization"), C["header"],
    )  # fmt: skip
    cookies = dict.fromkeys(("login", "unlock", "bekend", "messages", "taal"), C["cookie"])
    query = f"?q={quote(C['query'])}&taal={quote(C['language'])}&pagina={quote(C['query'])}"
    word = quote(C["address"])
    paths = [f"/{word}", f"/cijfers/{word}", f"/cijfers/2022-2023/{word}", f"/dossiers/{word}",
             f"/rooster/{word}", f"/static/{word}.css", f"/mensen/{word}", "/",
             "/inloggen"]  # fmt: skip
    statuses = set()
    for site in (sites.public, sites.casework, lambda: sites.casework("inspector")):
        for path in paths:
            visitor = site()
            visitor.headers |= headers
            statuses.add(visitor.get(path + query).status)
            visitor.cookies |= cookies
            statuses.add(visitor.get(path + query).status)
            statuses.add(visitor.post(path + query, {"q": C["query"]}).status)
    assert max(statuses) < 500
    return f"answered with {sorted(statuses)}" if {200, 404} <= statuses else ""


def pages_that_break(sites: Sites) -> str:
    """A table is gone while somebody works: real faults, with the words in their frames."""
    said = sites.running.said.count('"event": "fault"')
    inspector, coordinator = sites.casework("inspector", 2), sites.casework("coordinator", 2)
    reason = {"reference": sites.house.dossier, "ground": "direct gevaar",
              "reason": C["in a frame that breaks"]}  # fmt: skip
    broken = []
    with broken_table(sites.house, "dossiers_glassbreak"):
        broken.append(coordinator.post("/glas", reason))
    with broken_table(sites.house, "accounts_unlockslot"):
        broken.append(inspector.post("/ontgrendelen", {"phrase": C["in a frame that breaks"]}))
    with broken_table(sites.house, "schools_institution"):
        search = {"person": "1", "since": "2026-11-01", "text": C["in a frame that breaks"]}
        broken.append(coordinator.post("/belangen", search))
        broken.append(inspector.get(f"/dossiers/{sites.house.dossier}?q={quote(C['query'])}"))
    with broken_table(sites.house, "axes_accessattempt"):
        login = {"username": C["typed name of somebody"], "password": C["in a frame that breaks"]}
        broken.append(sites.casework().post("/inloggen", login))
    statuses = [answer.status for answer in broken]
    assert statuses.count(500) >= 3, [(a.asked, a.status) for a in broken]
    more = wait_until(lambda: sites.running.said.count('"event": "fault"') >= said + 3)
    return f"{statuses}, each with a line of its kind and place" if more else ""


RAISE = """
import io, sys, types
import vertrouwd.project.{process} as process
from django.conf import settings
from django.urls import path
from vertrouwd.project import logs
logs.catch_faults()
def breaks(request, word):
    secret = request.GET["q"] + request.body.decode() + request.headers["X-Canary"]
    raise RuntimeError(word + secret)
module = types.ModuleType("broken")
module.urlpatterns = [path("<str:word>", breaks)]
sys.modules["broken"] = module
settings.ROOT_URLCONF = "broken"
word = sys.argv[1]
def start(status, headers, trouble=None):
    print(status[:3], headers)
environ = {{
    "REQUEST_METHOD": "GET", "PATH_INFO": "/" + word, "QUERY_STRING": "q=" + word,
    "SERVER_NAME": "localhost", "SERVER_PORT": "80", "HTTP_HOST": "localhost",
    "HTTP_X_CANARY": word, "HTTP_COOKIE": "login=" + word, "CONTENT_LENGTH": str(len(word)),
    "wsgi.input": io.BytesIO(word.encode()), "wsgi.url_scheme": "http",
    "wsgi.errors": sys.stderr,
}}
print(b"".join(process.application(environ, start)).decode())
"""


def a_view_that_raises(sites: Sites) -> str:
    """The real application of each process, and a view that raises all it was given."""
    import subprocess
    import sys

    house = sites.house
    for process in ("wsgi", "casework_wsgi"):
        done = subprocess.run(
            [sys.executable, "-c", RAISE.format(process=process), C["in a frame that breaks"]],
            env={k: v for k, v in house.installation.environment.items() if "SETTINGS" not in k},
            capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        house.said[f"a view that raises in {process}"] = done.stdout + done.stderr
        faults = [json.loads(line) for line in done.stderr.splitlines() if '"fault"' in line]
        assert done.stdout.startswith("500"), done.stdout + done.stderr
        assert [fault["kind"] for fault in faults] == ["RuntimeError"]
    return "500, twice"


# --- Help -----------------------------------------------------------------------------------------


def open_sessions(house: House) -> list[str]:
    """What the open sessions hold now, as a thief of the table reads them."""
    with closing(sqlite3.connect(house.home / "vertrouwd.sqlite3", timeout=20)) as connection:
        rows = connection.execute("SELECT data FROM accounts_opensession").fetchall()
    return [read_session(data) for (data,) in rows if data]


@contextmanager
def broken_table(house: House, name: str):
    """The table is called otherwise for a while: what asks for it fails."""
    with closing(sqlite3.connect(house.home / "vertrouwd.sqlite3", timeout=20)) as connection:
        connection.execute("PRAGMA legacy_alter_table=ON")
        connection.execute(f"ALTER TABLE {name} RENAME TO {name}_gone")
        connection.commit()
        try:
            yield
        finally:
            connection.execute(f"ALTER TABLE {name}_gone RENAME TO {name}")
            connection.commit()


def _read_back(sites: Sites, *names: str) -> str:
    """What an unlocked inspector on duty reads of all dossiers."""
    duty = {"people": str(sites.house.people["inspector"]["pk"])}
    day = f"{datetime.now(ZoneInfo('Europe/Amsterdam')):%Y-%m-%d}"
    assert sites.casework("coordinator").post(f"/rooster/{day}", duty).status == 302
    inspector = sites.casework("inspector")
    for number in range(1, 8):
        answer = inspector.get(f"/dossiers/D-{number:07}")
        if all(C[name] in answer.text for name in names):
            return _found(answer, *names)
    return ""


def _found(answer: Answer, *names: str) -> str:
    return answer.asked if all(C[name] in answer.text for name in names) else ""


def _aloud(house: House) -> str:
    """The groups of the fingerprint of the inspector's key that are read aloud."""
    told = house.python(
        "from vertrouwd.sealing.models import HolderKey\n"
        "print(HolderKey.objects.get(holding__user__username='inspector').fingerprint)"
    )
    groups = told.split()
    return " ".join([*groups[:2], *groups[-2:]])


PLANTINGS: dict[str, Callable[[Sites], str]] = {
    "a reason of a broken glass": a_reason_of_a_broken_glass,
    "good rows of a file, CSV and Excel": good_rows,
    "refused rows of a file": broken_rows,
    "files that are no table": files_that_break,
    "names, passwords and codes at the login": a_login,
    "an invitation, a password, an app, recovery codes": an_invitation_and_an_app,
    "words of a search": words_of_a_search,
    "addresses, queries, headers, forged cookies": addresses_queries_headers_and_cookies,
    "pages that break while words are in them": pages_that_break,
    "a view that raises all it was given": a_view_that_raises,
    "a new key and its passphrase": a_key_and_its_passphrase,
    "every field of every form, in every wrong way": every_form_of_every_role,
    "commands that ask for a secret and fail": commands_that_fail,
    "a command whose database breaks": a_command_whose_database_breaks,
}
