"""How easy a Dutch text reads: Flesch-Douma, the measure for Dutch of sentences and syllables.

207 - 0.93 * words in a sentence - 77 * syllables in a word; 60 and more is plain, 70 and more is
easy. Syllables are counted as groups of vowels, which is near enough for a whole text.
Source: W. H. Douma, De leesbaarheid van landbouwbladen (1960).
"""

import re

VOWELS = re.compile(r"[aeiouyàáâäèéêëìíîïòóôöùúûü]+", re.IGNORECASE)
WORD = re.compile(r"[a-zà-ü]+(?:[-'][a-zà-ü]+)*", re.IGNORECASE)
SENTENCE = re.compile(r"[.!?:]+(?:\s|$)|\n+")


def sentences(text: str) -> list[list[str]]:
    """The words of each sentence; a line of its own is one."""
    return [words for part in SENTENCE.split(text) if (words := WORD.findall(part))]


def flesch_douma(text: str) -> float:
    """The score of a text."""
    each = sentences(text)
    words = [word for sentence in each for word in sentence]
    syllables = sum(max(1, len(VOWELS.findall(word))) for word in words)
    return 206.84 - 0.93 * len(words) / len(each) - 77 * syllables / len(words)


def longest_sentence(text: str) -> int:
    """In words."""
    return max(len(sentence) for sentence in sentences(text))
