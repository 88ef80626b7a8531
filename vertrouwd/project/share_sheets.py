"""The shares of the recovery key on paper: what stands on each sheet, and reading them back."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext, override

from vertrouwd.accounts.asking import ask, is_terminal
from vertrouwd.durable import write_whole
from vertrouwd.sealing.qr import qr_svg, qr_terminal
from vertrouwd.sealing.shares import LINE_LENGTH, LINES, Share, WrongShare, read_line, read_share
from vertrouwd.sealing.speakable import symbols

CLEAR = "\033[2J\033[3J\033[H"  # the screen, and what can be scrolled back to


def sheet(share: Share, *, holder: str, count: int, fingerprint: str) -> str:
    """What is printed for one holder; the name is kept nowhere else."""
    with override(settings.LANGUAGE_CODE):
        return "\n".join(
            [
                gettext("Vertrouwd: deel %(index)s van %(count)s van de herstelsleutel")
                % {"index": share.index, "count": count},
                gettext("Voor: %(holder)s") % {"holder": holder},
                "",
                gettext("Met %(threshold)s van deze delen kan alles worden geopend.")
                % {"threshold": share.threshold},
                gettext("Bewaar dit deel op papier, achter slot, niet bij een ander deel."),
                gettext("Maak er geen foto van. Geef het pas als u weet waarom het nodig is."),
                "",
                share.text,
                "",
                gettext("Reeks: %(set)s") % {"set": share.set_id},
                gettext("Vingerafdruk van het team:"),
                fingerprint,
                "",
            ]
        )


def write_sheets(
    folder: Path, shares: Sequence[Share], *, holders: Sequence[str], fingerprint: str
) -> list[Path]:
    """A text and a picture of the QR code for each share, closed to other accounts; the files."""
    written: list[Path] = []
    try:
        for share, holder in zip(shares, holders, strict=True):
            text = sheet(share, holder=holder, count=len(shares), fingerprint=fingerprint)
            for suffix, content in ((".txt", text), (".svg", qr_svg(share.for_qr))):
                path = folder / f"share-{share.index}{suffix}"
                written.append(write_whole(path, content.encode()))
    except BaseException:
        throw_away(written)
        raise
    return written


def throw_away(files: Sequence[Path]) -> None:
    """Shares of a team that was not stored after all."""
    for path in files:
        path.unlink(missing_ok=True)


def show_sheets(shares: Sequence[Share], *, holders: Sequence[str], fingerprint: str) -> None:
    """One after the other on the screen; at a terminal each is wiped before the next comes."""
    for share, holder in zip(shares, holders, strict=True):
        text = sheet(share, holder=holder, count=len(shares), fingerprint=fingerprint)
        wipe_screen()
        with _wiped_afterwards():
            sys.stdout.write(f"{text}\n{qr_terminal(share.for_qr)}\n")
            sys.stdout.flush()
            if is_terminal():
                ask(f"Press Enter when {holder} has this share on paper")


def wipe_screen() -> None:
    """Also what can be scrolled back to; nothing where nobody reads a screen."""
    if is_terminal():
        sys.stdout.write(CLEAR)
        sys.stdout.flush()


@contextmanager
def _wiped_afterwards() -> Iterator[None]:
    """However it ends."""
    try:
        yield
    finally:
        wipe_screen()


def read_shares(count: int, *, of: str, secret: bool) -> list[Share]:
    """That many shares of the set `of`, each typed in lines or scanned as one. Raises WrongShare.

    At a terminal a wrong line or another share is asked again, and the screen is wiped behind
    each: three shares that can be read together are the recovery key.
    """
    shares: list[Share] = []
    while len(shares) < count:
        with _wiped_afterwards():
            share = _read_share(f"Share {len(shares) + 1} of {count}", secret=secret)
        if any(share.index == other.index for other in shares):
            _again(f"Share {share.index} was given before: another one is needed.")
            continue
        if share.set_id != of:
            _again(
                f"Share {share.index} is of another set ({share.set_id}) than this team's ({of})."
            )
            continue
        shares.append(share)
    return shares


def _read_share(name: str, *, secret: bool) -> Share:
    while True:
        lines = [_read_line(name, 1, secret=secret)]
        if len(symbols(lines[0])) != LINES * LINE_LENGTH:
            lines += [_read_line(name, number, secret=secret) for number in range(2, LINES + 1)]
        try:
            return read_share("\n".join(lines))
        except WrongShare as reason:
            _again(f"{name}: {reason}")


def _read_line(name: str, number: int, *, secret: bool) -> str:
    while True:
        line = ask(f"{name}, line {number}", secret=secret)
        if number == 1 and len(symbols(line)) == LINES * LINE_LENGTH:
            return line
        try:
            read_line(line, number)
        except WrongShare as reason:
            _again(f"{name}: {reason}")
        else:
            return line


def _again(reason: str) -> None:
    """Say what was wrong, and let it be asked again; without a terminal nobody can answer."""
    if not sys.stdin.isatty():
        raise WrongShare(reason)
    sys.stderr.write(f"{reason}\n")
