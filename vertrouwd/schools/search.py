"""Find the school that a mistyped name and town mean. In memory, no Django here.

Candidates share three-letter pieces with the question (weighted by rarity); the best of them are
then compared word by word: how much of the question is found in the name, town and type of the
school, and how much of its name is in the question, both weighted by how telling a word is.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from rapidfuzz import fuzz, process

from vertrouwd.schools.spelling import ENDINGS, compared_words, plain

CANDIDATES = 120
# A question of only words lighter than this share of the rarest («school») asks for no school.
TELLING = 0.29
LEAST_ALIKE = 0.6  # words less alike than this (share of letters in order) are not alike at all
LEAST_SCORE = 45.0  # below this a school has little to do with the question
# What `resolve` asks of a school; the figures were chosen on 1,500 names with one or two typing
# errors each and on 1,500 schools that were not in the register (benchmarks/school_search.py).
SURE_SCORE = 78.0  # points
SURE_MARGIN = 8.0  # points ahead of the next institution
SURE_WORD = 75.0  # likeness of the most telling words, 0-100
SURE_TOWN = 85.0  # likeness of the towns, 0-100
CODE_SCORE = 100.0
CLOSED = 2.0  # points a closed school stands behind an open one that fits as well

# Words that the type of a school or its denomination adds; they may be asked for, but need not.
SAID_BY_TYPE = {
    "basisschool": "basisschool school",
    "sbao": "sbo speciaal basisschool school",
    "so": "so speciaal onderwijs school",
    "(v)so": "so vso speciaal onderwijs school",
    "vso": "vso speciaal onderwijs school",
}
SAID_BY_TOWN = {"denhaag": "gravenhage haag", "denbosch": "hertogenbosch bosch"}
SAID_BY_SECTOR = {"vo": "school scholengemeenschap college middelbare"}
SAID_BY_DENOMINATION = {
    "openbaar": "openbare",
    "rooms-katholiek": "katholieke",
    "protestants-christelijk": "christelijke",
    "islamitisch": "islamitische",
    "gereformeerd vrijgemaakt": "gereformeerde",
    "reformatorisch": "reformatorische",
    "antroposofisch": "vrije",
}


@dataclass(frozen=True)
class Place:
    """One location of the register, as far as searching needs it."""

    institution: int
    brin: str
    code: str
    name: str
    town: str
    sector: str
    municipality: str = ""
    kind: str = ""
    denomination: str = ""
    closed_on: date | None = None


@dataclass(frozen=True)
class Match:
    """A place that fits the question; `score` runs from 0 to 100, which only a code gets."""

    place: Place
    score: float


class SchoolIndex:
    """All places, built once (about a second) and then asked many times."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.places = sorted(places, key=lambda place: place.code)
        self._by_code: dict[str, list[int]] = defaultdict(list)
        names, towns, nearby, said = [], [], [], []
        for number, place in enumerate(self.places):
            self._by_code[place.brin].append(number)
            self._by_code[place.code].append(number)
            names.append(compared_words(place.name))
            towns.append(compared_words(place.town))
            nearby.append(_nearby(place))
            said.append([*nearby[-1], *_said(place)])
        every = [[*a, *b, *c] for a, b, c in zip(names, towns, said, strict=True)]
        self._weigh(every)
        self._index_words(names, towns, every)
        self._index_pieces(names, towns, nearby)
        self._behind = np.array([CLOSED if place.closed_on else 0.0 for place in self.places])
        self._resolve = lru_cache(maxsize=20_000)(self._resolve_uncached)

    def search(
        self, text: str, *, sector: str | None = None, limit: int = 3, town: str = ""
    ) -> list[Match]:
        """The best institutions for a text, best first, each by its best place.

        `text` may hold name and town together, or be a BRIN or location code; `sector` leaves out
        the others. Nothing alike gives an empty list.
        """
        if found := self._by_code.get(text.strip().upper()):
            numbered = sorted(found, key=lambda number: self.places[number].closed_on is not None)
            return [Match(self.places[numbered[0]], CODE_SCORE)]
        words = compared_words(f"{text} {town}")
        if all(self._weight.get(word, self._rarest) < TELLING * self._rarest for word in words):
            return []
        numbers = self._candidates(words, sector)
        if not len(numbers):
            return []
        scores = self._scores(words, numbers)
        best: dict[int, Match] = {}
        for position in np.argsort(-scores, kind="stable"):
            place = self.places[numbers[position]]
            score = round(float(scores[position]), 1)
            if score < LEAST_SCORE or len(best) == limit:
                break
            best.setdefault(place.institution, Match(place, score))
        return list(best.values())

    def resolve(self, name: str, town: str, sector: str | None = None) -> int | None:
        """The institution that a name and town of a file certainly mean, or None.

        Certain is: a score of at least SURE_SCORE, SURE_MARGIN points ahead of any other
        institution, the most telling word of either name found in the other, and the town spelled
        nearly as given. Answers are remembered, so that a file may ask for each row.
        """
        return self._resolve(name, town, sector)

    def _resolve_uncached(self, name: str, town: str, sector: str | None) -> int | None:
        matches = self.search(name, sector=sector, limit=2, town=town)
        if not matches:
            return None
        first = matches[0]
        if first.score == CODE_SCORE:
            return first.place.institution
        second = matches[1].score if len(matches) > 1 else 0.0
        if first.score < SURE_SCORE or first.score - second < SURE_MARGIN:
            return None
        meets = self._names_meet(name, first.place) and _same_town(town, first.place)
        return first.place.institution if meets else None

    def _names_meet(self, name: str, place: Place) -> bool:
        towns = set(compared_words(f"{place.town} {place.municipality}"))
        given = [word for word in compared_words(name) if word not in towns]
        # «College, locatie Molenstraat» may be given as «College»: what its locations share counts.
        names = [compared_words(self.places[number].name) for number in self._by_code[place.brin]]
        shared = set(names[0]).intersection(*names[1:]) - towns
        known = [w for w in compared_words(place.name) if w in (shared or {w}) and w not in towns]
        if not given or not known:
            return False
        return all(
            max(fuzz.ratio(self._most_telling(words), word) for word in others) >= SURE_WORD
            for words, others in ((given, known), (known, given))
        )

    def _most_telling(self, words: list[str]) -> str:
        return max(words, key=lambda word: self._weight.get(word, self._rarest))

    def _weigh(self, every: list[list[str]]) -> None:
        """How telling each word is: the rarer, the more (inverse document frequency)."""
        seen = Counter(word for words in every for word in set(words))
        total = len(self.places) or 1
        self._rarest = float(np.log(1 + total))
        self._weight = {
            word: float(np.log(1 + total / count)) * (0.5 if len(word) < 3 else 1.0)
            for word, count in seen.items()
        }

    def _index_words(
        self, names: list[list[str]], towns: list[list[str]], every: list[list[str]]
    ) -> None:
        """Per place the numbers of the words of its name, its town, and all it may be asked by."""
        self._words = ["", *sorted({word for words in every for word in words})]
        self._word_weights = np.array(
            [0.0, *(self._weight[word] for word in self._words[1:])], dtype=np.float32
        )
        number_of = {word: number for number, word in enumerate(self._words)}
        self._name_words = _padded([{number_of[w] for w in words} for words in names])
        self._town_words = _padded([{number_of[w] for w in words} for words in towns])
        self._every_word = _padded([{number_of[w] for w in words} for words in every])

    def _index_pieces(self, *texts: list[list[str]]) -> None:
        """For each three-letter piece the places that have it in one of their texts."""
        holders: dict[str, list[int]] = defaultdict(list)
        for number, words in enumerate(zip(*texts, strict=True)):
            for piece in _pieces(word for text in words for word in text):
                holders[piece].append(number)
        total = len(self.places) or 1
        self._holders = {piece: np.array(found) for piece, found in holders.items()}
        self._piece_weight = {
            piece: float(np.log(1 + total / len(found))) for piece, found in holders.items()
        }
        self._sectors = np.array([place.sector for place in self.places])

    def _candidates(self, words: list[str], sector: str | None) -> np.ndarray:
        shared = np.zeros(len(self.places), dtype=np.float32)
        for word in set(words):
            telling = self._weight.get(word, self._rarest) / len(word) ** 0.5
            for piece in _pieces([word]) & self._holders.keys():
                shared[self._holders[piece]] += self._piece_weight[piece] * telling
        if sector:
            shared[self._sectors != sector] = 0
        count = min(CANDIDATES, int(np.count_nonzero(shared)))
        if not count:
            return np.array([], dtype=int)
        return np.sort(np.argpartition(-shared, count - 1)[:count])  # in the order of the codes

    def _scores(self, words: list[str], numbers: np.ndarray) -> np.ndarray:
        """Points per candidate: 0.70 question found, 0.22 name and 0.08 town covered, of 99."""
        used = np.unique(self._every_word[numbers])
        spelled = [self._words[word] for word in used]
        alike = process.cdist(words, spelled, scorer=fuzz.ratio, dtype=np.float32) / 100
        alike = np.where(alike < LEAST_ALIKE, 0, alike**2)
        alike[:, used == 0] = 0
        asked = self._asked_weights(words, alike, self._word_weights[used])

        def likeness(table: np.ndarray) -> np.ndarray:
            """Question words x candidates x words of the candidate."""
            return alike[:, np.searchsorted(used, table[numbers])]

        found = (likeness(self._every_word).max(axis=2) * asked[:, None]).sum(axis=0) / asked.sum()
        named = self._covered(self._name_words[numbers], likeness(self._name_words))
        there = self._covered(self._town_words[numbers], likeness(self._town_words))
        return 99 * (0.70 * found + 0.22 * named + 0.08 * there) - self._behind[numbers]

    def _covered(self, words: np.ndarray, likeness: np.ndarray) -> np.ndarray:
        """Which share of these words (candidates x words), by weight, the question holds."""
        weights = self._word_weights[words]
        return (likeness.max(axis=0) * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1e-6)

    def _asked_weights(
        self, words: list[str], alike: np.ndarray, weights: np.ndarray
    ) -> np.ndarray:
        """A known word weighs as in the register; a mistyped one as the word it resembles most."""
        nearest = alike.argmax(axis=1)
        return np.array(
            [
                self._weight.get(word)
                or (weights[nearest[row]] if alike[row, nearest[row]] > 0 else self._rarest)
                for row, word in enumerate(words)
            ],
            dtype=np.float32,
        )


def _said(place: Place) -> list[str]:
    """Words one may use for this school that do not stand in its name."""
    words = [word for word in plain(place.name).split() if word.endswith(ENDINGS)]
    words += SAID_BY_TYPE.get(place.kind.casefold(), "").split()
    words += SAID_BY_SECTOR.get(place.sector, "").split()
    words += SAID_BY_DENOMINATION.get(place.denomination.casefold(), "").split()
    return words


def _nearby(place: Place) -> list[str]:
    """Other names for where the school stands: its municipality, the older name of its town."""
    words = compared_words(place.municipality)
    for town in compared_words(place.town):
        words += SAID_BY_TOWN.get(town, "").split()
    return words


def _pieces(words: Iterable[str]) -> set[str]:
    return {
        padded[start : start + 3]
        for word in words
        for padded in (f" {word} ",)
        for start in range(len(padded) - 2)
    }


def _padded(rows: list[set[int]]) -> np.ndarray:
    """Rows of unequal length as one table, filled up with 0."""
    table = np.zeros((len(rows), max(map(len, rows), default=0) or 1), dtype=np.int32)
    for number, row in enumerate(rows):
        table[number, : len(row)] = sorted(row)
    return table


def _same_town(town: str, place: Place) -> bool:
    given = " ".join(compared_words(re.sub(r"\(.*\)", "", town)))
    known = (" ".join(compared_words(text)) for text in (place.town, place.municipality))
    return any(fuzz.ratio(given, text) >= SURE_TOWN for text in known)
