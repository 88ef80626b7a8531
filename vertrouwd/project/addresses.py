"""Where the two processes listen: the address as it is given, and whether one can serve there."""

import socket
from dataclasses import dataclass
from ipaddress import ip_address

from django.core.management.base import CommandError


class CannotServe(Exception):
    """The address cannot be served on; the message says why and what is possible."""


@dataclass(frozen=True)
class Address:
    """Where a process listens: a name or number of this machine, and a port."""

    host: str
    port: int

    @property
    def number(self) -> str:
        """The IP number to bind; `localhost` is 127.0.0.1."""
        if self.host == "localhost":
            return "127.0.0.1"
        try:
            return str(ip_address(self.host))
        except ValueError:
            pass
        try:
            return str(socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)[0][4][0])
        except OSError:
            raise CannotServe(f"'{self.host}' is no name of this machine.") from None

    @property
    def is_local(self) -> bool:
        """Only this machine itself can reach it."""
        return ip_address(self.number).is_loopback

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def parse_address(text: str) -> Address:
    """`localhost:8000` or `[::1]:8000`. Raises ValueError with what is possible."""
    host, _, port = text.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if host and port.isascii() and port.isdigit() and 0 < int(port) < 65536:
        return Address(host, int(port))
    raise ValueError(f"'{text[:60]}' is not an address. Write it as localhost:8000.")


def address_or_refusal(text: str, option: str, *, demonstration: bool) -> Address:
    """The address given with `option`, checked. Raises CommandError: 2 = no address, 1 = not
    possible.
    """
    try:
        address = parse_address(text)
    except ValueError as mistake:
        raise CommandError(str(mistake), returncode=2) from None
    try:
        check_address(address, option, demonstration=demonstration)
    except CannotServe as reason:
        raise CommandError(str(reason), returncode=1) from None
    return address


def check_address(address: Address, option: str, *, demonstration: bool) -> None:
    """Raise CannotServe when the address is taken, forbidden, or too open for a demonstration."""
    if demonstration and not address.is_local:
        raise CannotServe(
            f"A demonstration is served to this machine only, not on {address.host}. "
            "Choose localhost, or a home folder without invented cases."
        )
    number = address.number
    family = socket.AF_INET6 if ":" in number else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((number, address.port))
        except OSError as failure:
            raise CannotServe(
                f"Cannot listen on {address} ({failure.strerror}). "
                f"Choose another port: {option} {address.host}:{address.port + 10}"
            ) from None


def addresses_or_refusal(
    *, public: str, casework: str, demonstration: bool
) -> tuple[Address, Address]:
    """Both addresses, checked. Raises CommandError: 2 = no address, 1 = not possible."""
    found = (
        address_or_refusal(public, "--public", demonstration=demonstration),
        address_or_refusal(casework, "--casework", demonstration=demonstration),
    )
    if (found[0].number, found[0].port) == (found[1].number, found[1].port):
        raise CommandError(
            f"Both are asked to listen on {found[0]}. Choose two ports.", returncode=2
        )
    return found
