"""Canaries in what is typed in a page, comes with a request, or is there when a page breaks."""

import json
import re
import subprocess
import sys
from urllib.parse import quote

from tests.project.running import wait_until
from tests.sealing.one_of_everything import code_of
from tests.stories.canaries import CANARIES as C
from tests.stories.canaries import PASSWORD
from tests.stories.sites import Sites, broken_table, found
from tests.stories.typed_everywhere import VARIANTS, type_everywhere


def a_reason_of_a_broken_glass(sites: Sites) -> str:
    """Sealed: the second person reads it, nobody else."""
    inspector, coordinator = sites.casework("inspector"), sites.casework("coordinator")
    form = {"reference": sites.house.dossier, "ground": "direct gevaar"}
    answer = inspector.post("/glas", {**form, "reason": C["reason of a broken glass"]})
    assert answer.status == 302, answer.text
    number = re.search(r"/glas/nazien/(\d+)", coordinator.get("/glas/nazien").body)[1]
    return found(coordinator.get(f"/glas/nazien/{number}"), "reason of a broken glass")


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
    assert found(answer, "searched school"), answer.text
    about = {"about": C["searched line of the log"]}
    answer = sites.casework("privacy-officer").post("/logboek", about)
    assert sites.casework("inspector").post(
        "/dossiers", {"reference": C["name of somebody accused"]}
    )
    return found(answer, "searched line of the log")


def every_form_of_every_role(sites: Sites) -> str:
    """All addresses, all fields that any of them reads, in every way a form can be wrong."""
    statuses = type_everywhere(sites)
    assert set(statuses) == set(VARIANTS)
    assert all(len(found) > 50 for found in statuses.values()), statuses
    assert not [s for found in statuses.values() for s in found if s >= 500]
    told_back = [a for a in sites.answers if C["field of a form"] in a.text]
    return f"{len(told_back)} answers tell it back to who typed it" if told_back else ""


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
