"""Let a job that failed for the last time be tried again.

    vertrouwd retry-job 12

`vertrouwd list-jobs --dead` lists them with their numbers. It is tried as often as the first time.
"""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from vertrouwd.jobs.actions import NotPossible, retry_job
from vertrouwd.jobs.system import SYSTEM


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", metavar="NUMBER", type=int, help="the number of the job")

    def handle(self, *, number: int, **options: object) -> None:
        try:
            with override("en"):
                job = retry_job(number, by=SYSTEM)
        except NotPossible as reason:
            raise CommandError(str(reason), returncode=2) from None
        self.stdout.write(f"Job {job.pk} ({job.kind}) waits again.")
