"""Import a reports file with the real command, against a plain loop over csv and the ORM.

    python benchmarks/import_reports.py [--rows 100000] [--xlsx] [--json]

Both run as processes of their own in a fresh VERTROUWD_HOME, so that the peak memory is theirs.
The peer reads the file with csv.DictReader and inserts one report with its dossier and event per
row, in one transaction, without any check; it gets fewer rows, as CSV always. With --xlsx the
peak memory is that of the larger of two processes: the import and its reader.
"""

import argparse
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

PEER_ROWS = 5_000
HEADER = (  # noqa: SIM905
    "melding_id,ontvangen_op,kanaal,melder_rol,instelling_brin,instelling_naam,instelling_plaats,"
    "sector,categorie,subcategorie,beklaagde_rol,beklaagde_naam,beklaagde_functie,betrokkene_rol,"
    "betrokkene_leeftijd,betrokkene_initialen,voorval_van,voorval_tot,plaats_voorval,"
    "sociale_media,verwezen_politie,toelichting,dossier"
).split(",")
CODINGS = [
    ("psychisch geweld", "pesten"),
    ("fysiek geweld", "mishandeling"),
    ("seksuele intimidatie", "hinderlijke aanraking"),
]
NARRATIVE = "Verzonnen tekst van de melder over wat er op school zou zijn voorgevallen. " * 4


def write_file(path: Path, rows: int) -> None:
    """Invented reports: half with a fictitious BRIN, a third in a dossier of three reports."""
    draw = random.Random(1)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in range(rows):
            received = date(2019, 8, 1) + timedelta(days=draw.randrange(1400))
            since = received - timedelta(days=draw.randrange(1, 200))
            grouped = number % 3 == 0
            school = (number // 9) % 500 if grouped else draw.randrange(500)
            writer.writerow(
                [
                    f"B{number:07}", received, draw.choice(["telefoon", "e-mail", "website"]),
                    draw.choice(["ouder", "personeel", "leerling"]),
                    "ZZ" + _letters(school) if draw.random() < 0.5 else "",
                    "", "", "po",
                    *CODINGS[(number // 9 if grouped else number) % len(CODINGS)],
                    draw.choice(["leerling", "met taken belast persoon", "onbekend"]),
                    "Verzonnen Naam", "", "leerling", draw.randrange(4, 19), "v.n.",
                    since, received, "op school", "nee", draw.choice(["ja", "nee", "onbekend"]),
                    NARRATIVE, f"G{number // 9}" if grouped else "",
                ]
            )  # fmt: skip


def as_xlsx(path: Path) -> Path:
    """The same table as an Excel file: ages are numbers, days are texts."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("meldingen")
    with path.open(encoding="utf-8", newline="") as file:
        for cells in csv.reader(file):
            sheet.append([int(cell) if cell.isdigit() else cell for cell in cells])
    target = path.with_suffix(".xlsx")
    book.save(target)
    return target


def _letters(number: int) -> str:
    return chr(65 + number // 26 % 26) + chr(65 + number % 26)


def run(command: list[str]) -> tuple[float, float, float, str]:
    """Seconds, seconds of processor, peak memory in MB and output, in a fresh home."""
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"VERTROUWD_HOME": home}
        # The database and the register are made once per installation: not part of the figure.
        warm = "from vertrouwd.project.cli import main; import sys; sys.exit(main(sys.argv[1:]))"
        first = Path(home) / "first.csv"
        write_file(first, 1)
        first.write_text(first.read_text().replace("B0000000", "first"))
        subprocess.run(
            [sys.executable, "-c", warm, "import-reports", str(first)],
            env=environment, check=True, capture_output=True,
        )  # fmt: skip
        started = time.perf_counter()
        with subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as process:
            output = process.stdout.read() if process.stdout else ""
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - started
    if process.returncode:
        raise SystemExit(f"The command failed with exit code {process.returncode}.")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, output


def peer(path: Path) -> None:
    """What one would write first: a loop with one insert per row and table."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vertrouwd.project.settings.base")
    import django

    django.setup()
    from django.db import transaction
    from django.utils import timezone

    from vertrouwd.accounts.models import system_actor
    from vertrouwd.dossiers.models import Dossier, LedgerEvent, Report

    by = system_actor()
    with transaction.atomic(), path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            coding = {
                "sector": row["sector"],
                "category": row["categorie"],
                "subcategory": row["subcategorie"],
            }
            dossier = Dossier.objects.create(opened_at=timezone.now(), **coding)
            report = Report.objects.create(
                dossier=dossier,
                external_id=row["melding_id"],
                received_on=date.fromisoformat(row["ontvangen_op"]),
                recorded_at=timezone.now(),
                channel=row["kanaal"],
                reporter_role=row["melder_rol"],
                accused_role=row["beklaagde_rol"],
                affected_role=row["betrokkene_rol"],
                affected_age=int(row["betrokkene_leeftijd"]),
                happened_from=date.fromisoformat(row["voorval_van"]),
                happened_until=date.fromisoformat(row["voorval_tot"]),
                place=row["plaats_voorval"],
                social_media=row["sociale_media"],
                referred_to_police=row["verwezen_politie"],
                **coding,
            )
            LedgerEvent.objects.create(
                at=timezone.now(), by=by, kind="samengevoegd", report=report, dossier=dossier
            )


def measure(rows: int, *, xlsx: bool = False) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        ours, small = Path(folder) / "ours.csv", Path(folder) / "peer.csv"
        write_file(ours, rows)
        write_file(small, PEER_ROWS)
        if xlsx:
            ours = as_xlsx(ours)
        command = [str(Path(sys.executable).with_name("vertrouwd")), "import-reports", "--json"]
        seconds, cpu, memory, output = run([*command, str(ours)])
        peer_seconds, peer_cpu, peer_memory, _ = run(
            [sys.executable, __file__, "--peer", str(small)]
        )
        summary = json.loads(output)
        if summary["stored"] != rows:
            raise SystemExit(f"Stored {summary['stored']} of {rows} rows.")
        return {
            "benchmark": "import_reports",
            "rows": rows,
            "format": ours.suffix[1:],
            "file_mb": round(ours.stat().st_size / 1e6, 1),
            "seconds": round(seconds, 2),
            "rows_per_second": round(rows / seconds),
            "processor_seconds": round(cpu, 2),
            "peak_mb": round(memory),
            "peer": "csv.DictReader, one ORM insert per row and table, no checks",
            "peer_rows": PEER_ROWS,
            "peer_seconds": round(peer_seconds, 2),
            "peer_rows_per_second": round(PEER_ROWS / peer_seconds),
            "peer_processor_seconds": round(peer_cpu, 2),
            "peer_peak_mb": round(peer_memory),
            "ratio": round(rows / seconds / (PEER_ROWS / peer_seconds), 2),
            # Less disturbed by whatever else runs on the machine.
            "processor_ratio": round(rows / cpu / (PEER_ROWS / peer_cpu), 2),
        }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--xlsx", action="store_true", help="import an Excel file")
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    parser.add_argument("--peer", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peer:
        peer(options.peer)
    else:
        found = measure(options.rows, xlsx=options.xlsx)
        print(json.dumps(found, indent=None if options.json else 2))
