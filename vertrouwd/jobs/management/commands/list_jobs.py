"""List the work that waits, runs or failed.

One job a line: its number, kind, state, tries, when it is due or when it failed, and the kind and
place of its last fault. What it is about is not shown. With --dead only what failed for the last
time: `vertrouwd retry-job NUMBER` lets it be tried again.
"""

import json
from argparse import ArgumentParser
from dataclasses import asdict

from django.core.management.base import BaseCommand
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from vertrouwd.jobs.reading import Listed, active_jobs, counts, dead_letters


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dead", action="store_true", help="only what failed for good")
        parser.add_argument("--json", action="store_true", help="print a JSON object")

    def handle(self, *, dead: bool, **options: object) -> None:
        found = [*([] if dead else active_jobs()), *dead_letters()]
        if options["json"]:
            said = {"counts": counts(), "jobs": [asdict(job) for job in found]}
            self.stdout.write(json.dumps(said, cls=DjangoJSONEncoder, ensure_ascii=False))
            return
        for job in found:
            self.stdout.write(_line(job))
        told = ", ".join(f"{count} {state}" for state, count in counts().items())
        self.stdout.write(f"In all: {told}.")


def _line(job: Listed) -> str:
    when = timezone.localtime(job.ended_at or job.due_at)
    unknown = "" if job.is_known else "  (this version does not know this kind)"
    fault = f"  {job.fault} {job.fault_place}".rstrip()
    return (
        f"{job.number:>8}  {job.kind:<24}  {job.state:<8}  {job.tries:>2}  "
        f"{when:%Y-%m-%d %H:%M:%S}{fault}{unknown}"
    )
