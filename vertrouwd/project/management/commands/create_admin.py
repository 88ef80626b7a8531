"""Make the first administrator, or one more, and print a code to choose a password with.

No password is made here, and none is known beforehand. The code works once, for half an hour; the
same name again gives a new code as long as no password was chosen.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "name", nargs="?", default="beheerder", metavar="NAME",
            help="the name to log in with: lower case, digits, dots (default: beheerder)",
        )  # fmt: skip
        parser.add_argument(
            "--another", action="store_true", help="also when there is an administrator already"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        from vertrouwd.accounts.models import User, system_actor
        from vertrouwd.accounts.people import actions
        from vertrouwd.accounts.terms import Role
        from vertrouwd.project.real_home import refuse_a_demonstration

        refuse_a_demonstration()
        name, by = options["name"], system_actor()
        if not options["another"] and any(
            a.has_usable_password() for a in actions.administrators()
        ):
            raise CommandError(
                "There is an administrator already, who can invite colleagues. "
                "`--another` makes one more.",
                returncode=1,
            )
        if len(name) > actions.LONGEST_USERNAME or not actions.USERNAME.fullmatch(name):
            raise CommandError(
                "This is no name to log in with. Write it in lower case with digits and dots, "
                "such as a.jansen.",
                returncode=2,
            )
        person = User.objects.filter(username=name).first()
        if person and (person.has_usable_password() or Role.ADMINISTRATOR not in person.roles):
            raise CommandError("This name is taken. Choose another.", returncode=2)
        with transaction.atomic():
            if person is None:
                person = actions.add_person(username=name, by=by)
                actions.grant_role(user=person, role=Role.ADMINISTRATOR, by=by)
            code = actions.invite(user=person, by=by)
        self.stdout.write(
            f"Administrator '{name}' may log in.\n"
            "Open /welkom on the casework site (`vertrouwd serve` starts it) and give this code,\n"
            "within 30 minutes, once:\n\n"
            f"    {code}\n"
        )
