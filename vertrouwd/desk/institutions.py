"""Find the institution or the board that somebody supervises."""

from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext

from vertrouwd.desk.numbers import OF_A_ROW, number_of
from vertrouwd.schools.meant import meant_by
from vertrouwd.schools.models import Board, Institution

MOST = 8  # institutions shown for one question


@dataclass(frozen=True)
class Choice:
    """One thing to choose: `value` is what the form sends back."""

    value: str
    words: str


def choices_for(text: str) -> list[Choice]:
    """The institutions that a name, town or BRIN may mean, each followed by its board."""
    choices: dict[str, Choice] = {}
    meant = meant_by(text, limit=MOST)
    prefetch_related_objects(meant, "board")
    for institution in meant:
        place = f"{institution}, {institution.town}" if institution.town else f"{institution}"
        choices[f"i{institution.pk}"] = Choice(f"i{institution.pk}", place)
        if board := institution.board:
            words = gettext("Alle instellingen van bestuur %(board)s") % {"board": board}
            choices.setdefault(f"b{board.pk}", Choice(f"b{board.pk}", words))
    return list(choices.values())


def chosen(value: str) -> dict[str, Institution | Board] | None:
    """The arguments for `record_supervision`, None for what is no choice."""
    kind, number = value[:1], value[1:]
    pk = number_of(number, digits=OF_A_ROW)
    if kind == "i" and (institution := Institution.objects.filter(pk=pk).first()):
        return {"institution": institution}
    if kind == "b" and (board := Board.objects.filter(pk=pk).first()):
        return {"board": board}
    return None
