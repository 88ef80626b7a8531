"""What every text of a public page keeps to: both languages, a child's words in both, and plain."""

from collections.abc import Iterable

from tests.advice.readability import flesch_douma, longest_sentence
from vertrouwd.advice.wording import Text, Wording

ENDS = (".", "?")


def assert_complete(texts: Iterable[Text]) -> None:
    """Each is there in Dutch and in English, and where it has words for a child, in both."""
    for text in texts:
        assert text.nl.strip()
        assert text.en.strip()
        assert bool(text.kind) == bool(text.child), text.nl


def assert_plain(texts: Iterable[Text], *, usual: float, longest_for_a_child: int) -> None:
    """Flesch-Douma: 60 and more is plain, 70 and more is easy (readability.py).

    `usual` is what the words for everybody score at least, of which no sentence has more than 15;
    those of a child score 92, and with what is said to both more than those of adults.
    """
    texts = list(texts)
    adult, child = (_sentences(texts, Wording("nl", for_child)) for for_child in (False, True))
    own = "\n".join(text.kind for text in texts if text.kind.endswith(ENDS))
    assert flesch_douma(adult) >= usual
    assert longest_sentence(adult) <= 15
    assert flesch_douma(own) >= 92
    assert longest_sentence(own) <= longest_for_a_child
    assert flesch_douma(child) > flesch_douma(adult)


def _sentences(texts: Iterable[Text], how: Wording) -> str:
    """Everything that is said in sentences, one a line."""
    return "\n".join(said for text in texts if (said := text.said(how)).endswith(ENDS))
