"""People who work here, their roles, and the system that acts on its own."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from vertrouwd.accounts.policy import Permission, permissions_of
from vertrouwd.accounts.terms import Role
from vertrouwd.sealing.models import HolderKey

T = TypeVar("T")


class UserKind(models.TextChoices):
    PERSON = "person"
    SYSTEM = "system"


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=username)


class User(AbstractBaseUser):
    """Someone who can act. Every act names one as `by=`."""

    username = models.CharField(max_length=150, unique=True)
    name = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=10, choices=UserKind.choices, default=UserKind.PERSON)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    objects = UserManager()
    _answers: dict[str, Any] | None = None  # about this person, for the page that is being read

    class Privacy:
        personal = {"username", "name", "password", "last_login"}
        plain = {"kind", "is_active"}

    def __str__(self) -> str:
        return self.username

    @property
    def roles(self) -> frozenset[Role]:
        """The roles this person has now."""
        return self.once("roles", self._roles)

    def _roles(self) -> frozenset[Role]:
        current = self.role_grants.filter(ended_at__isnull=True).values_list("role", flat=True)
        return frozenset(map(Role, current))

    def begin_reading(self) -> None:
        """From here on this object is for one request that only reads, which is one moment.

        Never before an act: it asks again when it has waited for others.
        """
        self._answers = {}

    def once(self, question: str, ask: Callable[[], T]) -> T:
        """What is asked about this person: each time, but once for a page that is only read."""
        if self._answers is None:
            return ask()
        if question not in self._answers:
            self._answers[question] = ask()
        answer: T = self._answers[question]
        return answer

    def may(self, permission: Permission) -> bool:
        """Whether one of this person's roles allows it; never for who has left, or the system."""
        is_here = self.is_active and self.kind == UserKind.PERSON
        return is_here and permission in permissions_of(self.roles)


class RoleGrant(models.Model):
    """A role that somebody has or had: since when, by whom; an ended grant stays."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="role_grants"
    )
    role = models.CharField(max_length=40, choices=[(role.value, role.value) for role in Role])
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_role_is_held_once",
                fields=["user", "role"],
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="an_ended_role_says_when_and_by_whom",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]

    class Privacy:
        personal = {"user", "granted_by", "ended_by"}
        plain = {"role", "granted_at", "ended_at"}

    def __str__(self) -> str:
        return f"{self.role} since {self.granted_at:%Y-%m-%d}"


class Holding(models.Model):
    """Whose holder key this is: the one with which this person opens what the team can open."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="holding"
    )
    holder = models.OneToOneField(HolderKey, on_delete=models.PROTECT, related_name="holding")

    class Privacy:
        personal = {"user"}
        plain = {"holder"}

    def __str__(self) -> str:
        return f"{self.holder} of {self.user_id}"


def system_actor() -> User:
    """The actor of commands and nightly work; it cannot log in.

    The public process may read no more of an account than its number and its name.
    """
    user, created = User.objects.only("username").get_or_create(
        username="system", defaults={"name": "Vertrouwd", "kind": UserKind.SYSTEM}
    )
    if created:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user


# The models of logging in stand in their own module; Django looks for them here.
from vertrouwd.accounts.login.models import (  # noqa: E402
    Invitation as Invitation,
)
from vertrouwd.accounts.login.models import (  # noqa: E402
    OpenSession as OpenSession,
)
from vertrouwd.accounts.people.rights_models import (  # noqa: E402
    RightsReview as RightsReview,
)
from vertrouwd.accounts.unlock.models import (  # noqa: E402
    Unlocked as Unlocked,
)
from vertrouwd.accounts.unlock.models import (  # noqa: E402
    UnlockSlot as UnlockSlot,
)
