"""Do the work that may wait, until Ctrl-C.

`vertrouwd serve` has one worker already. This is another: beside it when there is much to do, on
another machine when the database is PostgreSQL, or without `serve`. With --once it does what is due
and ends, for cron.

When it is told to end it takes nothing more, finishes what it is doing, and gives it back to the
queue when that takes longer than 8 seconds.
"""

import signal
from argparse import ArgumentParser
from threading import Event

from django.core.management.base import BaseCommand, CommandError

from vertrouwd.jobs.worker import Worker

ENDS_WITHIN = 8.0  # seconds


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due, and end")

    def handle(self, *, once: bool, **options: object) -> None:
        stop, worker = Event(), Worker()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: stop.set())
        worker.start(once=once)
        while worker.works and not stop.wait(0.1):
            pass
        finished = worker.end(within=ENDS_WITHIN)
        if worker.failed:
            raise CommandError("The database could not be asked.", returncode=1)
        self.stdout.write(f"{worker.done} jobs ended.")
        if not finished:
            self.stdout.write("One was given back.")
