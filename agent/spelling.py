"""Typing mistakes: a word that nobody knows is read as the one word of this store that it must have meant.

Only words that are neither the store's nor English are touched ("boats" stays boats where boots are sold), and only
when exactly one of the store's words is near enough. A rare English word is touched too behind a word with which the
store says the one that it must have meant: "dog leah" where it says "dog leash". Knows words, not what they mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extract
from spellchecker import SpellChecker

from agent.words import Token, stem, tokenise

# Words that turn a wish into its opposite when they are not understood.
TURNING = (
    "without", "except", "nothing", "anything", "never", "under", "between", "cheaper", "something", "similar",
    "different", "another", "cheapest", "compare", "instead", "second", "third", "colour", "budget", "ideally",
    "preferably", "possible", "expensive", "available",
)  # fmt: skip
# Words that bound a number, which are also typed as one: "atleast 20 cm".
_TYPED_AS_ONE = {
    phrase.replace(" ", ""): phrase
    for phrase in ("at least", "at most", "up to", "more than", "less than", "no more than", "no less than")
}
SHORTEST = 4  # letters; shorter words have too many neighbours
LIKELIER = 4.5  # times as common in English makes one of several words as near the one that was meant
RARE = 5e-7  # the share of English text below which a word may be a mistake for one that the store says there
LONG = 7  # letters from which two mistakes are forgiven
# Endings that are written in two ways: "analogue" and "analog", "fibre" and "fiber".
_SPELT_TWICE = (("ogue", "og"), ("our", "or"), ("tre", "ter"), ("bre", "ber"), ("ise", "ize"), ("yse", "yze"))


class Speller:
    """Corrects texts towards ``words``, else towards the ``known`` words of the store's texts.

    ``hyphened`` are words of its texts with a hyphen, which are also typed as one: "ebike"; ``pairs`` are words that
    stand side by side in its titles and values.
    """

    def __init__(
        self,
        words: Iterable[str],
        known: Sequence[str],
        hyphened: Iterable[str] = (),
        pairs: Iterable[tuple[str, str]] = (),
    ) -> None:
        own = tuple(words)
        self._named = frozenset(_long_ones(own))
        self._words = _long_ones((*own, *TURNING))
        self._known = _long_ones(known)
        self._hyphened = {word.replace("-", ""): word for word in hyphened}
        self._behind: dict[str, set[str]] = {}
        for first, second in pairs:
            self._behind.setdefault(first, set()).add(second)
        self._stems = {stem(word) for word in (*self._words, *known)}
        english()  # now, and not while the first shopper waits

    def correct(self, text: str) -> str:
        """The same text, mistyped words replaced by those that were meant."""
        tokens = tokenise(text)
        for at, token in reversed([*enumerate(tokens)]):
            beside = text[max(0, token.start - 1) : token.start] + text[token.end : token.end + 1]
            meant = token.text if any(map(str.isdigit, beside)) else self._meant(token)  # "pfss9pky" is a model
            if meant == token.text and at:
                meant = self._meant_behind(tokens[at - 1].text, token)
            if meant != token.text:
                text = text[: token.start] + meant + text[token.end :]
        return text

    def is_stores(self, token: Token) -> bool:
        """Whether a token is a word of the store."""
        return token.stem in self._stems

    def is_known(self, token: Token) -> bool:
        """Whether a token is a word of the store or of English."""
        return token.stem in self._stems or token.text in english() or self._lacks(token)

    def explains(self, token: Token) -> bool:
        """Whether a token is a word of the store or of English, or mistyped for one of the store's."""
        return self.is_known(token) or self._meant(token) != token.text

    def _lacks(self, token: Token) -> bool:
        """Whether a token is "hoodless" in a store of hoods."""
        bare = token.text.removesuffix("less")
        return bare != token.text and stem(bare) in self._stems

    def _apart(self, token: Token) -> str:
        """ "E-bikes" of "ebikes" where the store writes an e-bike so, "at least" of "atleast"; "" for other words."""
        if token.text in _TYPED_AS_ONE:
            return _TYPED_AS_ONE[token.text]
        one = token.text.removesuffix("s")
        return self._hyphened.get(token.text, "") or (f"{own}s" if (own := self._hyphened.get(one)) else "")

    def _as_stored(self, word: str) -> str:
        """The other spelling of a word where only that names something of the store, "" where none does."""
        if word in self._named or len(word) < SHORTEST:
            return ""
        pairs = (pair for both in _SPELT_TWICE for pair in (both, both[::-1]) if word.endswith(pair[0]))
        others = (word.removesuffix(ending) + other for ending, other in pairs)
        return next((other for other in others if other in self._named), "")

    def _meant_behind(self, before: str, token: Token) -> str:
        """A rare English word as the one that the store says behind the word before it: "dog leah" as "dog leash"."""
        beside = self._behind.get(before)
        if not beside or len(token.text) < SHORTEST or self.is_stores(token) or not is_english(token.text):
            return token.text
        rare = english().word_usage_frequency(token.text) < RARE
        return (rare and nearest(token.text, sorted(_long_ones(beside)))) or token.text

    def _meant(self, token: Token) -> str:
        if other := self._as_stored(token.text):
            return other
        if (apart := self._apart(token)) and not self.is_known(token):
            return apart
        if len(token.text) < SHORTEST or not token.text.isalpha() or self.is_known(token):
            return token.text
        return next(
            (meant for words in (self._words, self._known) if (meant := nearest(token.text, words))), token.text
        )


def is_english(word: str) -> bool:
    """Whether a word stands in the English word list."""
    return word in english()


def nearest(written: str, words: Sequence[str]) -> str:
    """The one of the words that is near enough, "" when none is or several are equally near."""
    mistakes = 2 if len(written) >= LONG else 1
    near = extract(written, words, scorer=DamerauLevenshtein.distance, score_cutoff=mistakes, limit=8)
    best = [word for word, distance, _ in near if distance == near[0][1]]
    if len({stem(word) for word in best}) < 2:
        return best[0] if best else ""
    common = sorted(best, key=english().word_usage_frequency, reverse=True)
    likelier = english().word_usage_frequency(common[0]) > LIKELIER * english().word_usage_frequency(common[1])
    return common[0] if likelier else ""


def _long_ones(words: Iterable[str]) -> list[str]:
    return sorted({word for word in words if word.isalpha() and len(word) >= SHORTEST})


@lru_cache(maxsize=1)
def english() -> SpellChecker:
    """The English word list, read once (a quarter of a second)."""
    return SpellChecker(language="en", distance=1)
