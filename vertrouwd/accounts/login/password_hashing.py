"""How passwords are stored: Argon2id, with memory that some logins at once can have."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """46 MiB and one pass (OWASP Password Storage Cheat Sheet), about 0.1 s."""

    time_cost = 1
    memory_cost = 47104  # KiB
    parallelism = 1
