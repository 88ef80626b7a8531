"""People who work here, and the system that acts on its own."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


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

    class Privacy:
        personal = {"username", "name", "password", "last_login"}
        plain = {"kind", "is_active"}

    def __str__(self) -> str:
        return self.username


def system_actor() -> User:
    """The actor of commands and nightly work; it cannot log in."""
    user, created = User.objects.get_or_create(
        username="system", defaults={"name": "Vertrouwd", "kind": UserKind.SYSTEM}
    )
    if created:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user
