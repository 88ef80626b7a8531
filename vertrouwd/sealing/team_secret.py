"""What an unlocked inspector holds for one version of the team; knows no Django.

A version byte, the seed of the key that opens (96 bytes) and the seed of the key that signs (32).
It is only ever stored sealed: to each holder, and to the recovery key.
"""

from dataclasses import dataclass

from vertrouwd.sealing.keys import SEED_BYTES, PublicKey, SecretKey, unwrap, wrap
from vertrouwd.sealing.signing import SIGNING_BYTES, SigningKey, check
from vertrouwd.sealing.unreadable import Unreadable

FORM = 1
HOLDER, RECOVERY = "team secret of a holder", "team secret for recovery"
TEAM_SIGNATURE, HOLDER_SIGNATURE = "next team key", "holder key"


@dataclass(frozen=True, repr=False)
class TeamSecret:
    """One version of the team: `key` opens data keys, `signing` vouches for other keys."""

    version: int
    key: SecretKey
    signing: SigningKey

    @classmethod
    def generate(cls, version: int) -> "TeamSecret":
        return cls(version, SecretKey.generate(), SigningKey.generate())

    @property
    def public_keys(self) -> tuple[bytes, bytes]:
        """The key to seal to, and the key to check signatures with."""
        return self.key.public.data, self.signing.public

    def sealed_to(self, public: PublicKey, *, purpose: str = HOLDER) -> bytes:
        """For a holder, or with purpose RECOVERY for the recovery key."""
        content = bytes([FORM]) + self.key.seed + self.signing.seed
        return wrap(content, to=public, purpose=purpose, record="team", key_version=self.version)

    @classmethod
    def opened(
        cls, sealed: bytes, *, with_key: SecretKey, version: int, purpose: str = HOLDER
    ) -> "TeamSecret":
        """What was sealed to the public half of `with_key`. Raises Unreadable."""
        content = unwrap(
            bytes(sealed), key=with_key, purpose=purpose, record="team", key_version=version
        )
        if len(content) != 1 + SEED_BYTES + SIGNING_BYTES or content[0] != FORM:
            raise Unreadable
        seeds = content[1:]
        return cls(version, SecretKey(seeds[:SEED_BYTES]), SigningKey(seeds[SEED_BYTES:]))

    def vouch_for_holder(self, public_key: bytes) -> bytes:
        """A signature that says: this person's fingerprint was compared aloud."""
        return self.signing.sign(bytes(public_key), purpose=HOLDER_SIGNATURE)

    def vouch_for_next(self, version: int, *public: bytes) -> bytes:
        """A signature over everything that the fingerprint of the next team key covers."""
        return self.signing.sign(version, *public, purpose=TEAM_SIGNATURE)

    def __repr__(self) -> str:
        return f"TeamSecret {self.version}"


def check_next(signature: bytes, version: int, *public: bytes, signing_key: bytes) -> None:
    """Raise NotSigned unless the version before, with that signing key, vouched for this one."""
    check(signature, version, *public, purpose=TEAM_SIGNATURE, public=signing_key)


def check_holder(signature: bytes, public_key: bytes, *, signing_key: bytes) -> None:
    """Raise NotSigned unless the team with that signing key vouched for this holder's key."""
    check(signature, bytes(public_key), purpose=HOLDER_SIGNATURE, public=signing_key)
