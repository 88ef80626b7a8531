"""How reference and code are said over the telephone: letters by the Dutch spelling alphabet."""

NAMES = (
    "Anton, Bernard, Cornelis, Dirk, Eduard, Ferdinand, Gerard, Hendrik, Izaak, Johan, Karel, "
    "Lodewijk, Maria, Nico, Otto, Pieter, Quotiënt, Rudolf, Simon, Theodoor, Utrecht, Victor, "
    "Willem, Xantippe, Ypsilon, Zaandam"
)
SAID = {name[0]: name for name in NAMES.split(", ")}


def aloud(reference: str) -> str:
    """Each sign by its name, with a comma between the groups: «Victor, 7 Karel 3, …»."""
    return ", ".join(spelled(group) for group in reference.split("-"))


def spelled(group: str) -> str:
    """Each sign of one group by its name: «7 Karel 3 Maria»."""
    return " ".join(SAID.get(sign, sign) for sign in group)
