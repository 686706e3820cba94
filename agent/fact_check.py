"""Nothing reaches the shopper that the records do not hold: every sentence is checked against its grounds.

A sentence, or the clause of it, that names an item is held to that item's record; one that names none, to the items
named last. Of the wish itself the shopper's own words may be repeated. A sentence that fails is not repaired here;
whoever wrote it says less.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from agent.amounts import NEAR
from agent.claims import Claim, ClaimReader
from agent.clauses import Clause, Thing, Whose, clauses
from agent.grammar import plural
from agent.grounds import Grounds
from agent.ranks import misplaced
from agent.records import Record
from agent.shopping_words import STOPWORDS
from agent.spelling import is_english
from agent.vocabulary import Vocabulary, is_colour
from agent.well_formed import former_alone
from agent.words import stems, tokenise
from store.schemas import Item

_DENYING = re.compile(r"\b(?:nothing|none|no|not|never|neither|\w+n['’]t)\b", re.IGNORECASE)
_ASKED_FOR = re.compile(r"\b(?:ask(?:ed)?|want(?:ed)?|wish|looked|looking|noted|seen)\b", re.IGNORECASE)
_ONLY = re.compile(r"\bthe only\b|\bonly the\b", re.IGNORECASE)
_PLURAL = re.compile(r"\b(?:they|their|them|they['’]re)\b", re.IGNORECASE)
_PAIR = re.compile(r"\b(?:both|neither)\b", re.IGNORECASE)
_LABEL = re.compile(r"\W*([A-Z][\w ]{1,24}): (.+?)[.\s]*", re.DOTALL)
_OPENING = re.compile(r"\W*([A-Z][\w'’-]*)(?= )")
_INNER_CAPITAL = re.compile(r"\b[^\W\d_]+[a-z][A-Z]\w*")
_MARK = re.compile(r"[.!?]")
_SENTENCE = re.compile(r".+?(?:[.!?]+[\"”’)]*(?=\s|$)\s*|\n+|$)", re.DOTALL)
_ALL_HERE = re.compile(r"\ball (?:of (?:them|these) )?(?:shown |listed )?(?:below|here)\b|they all are\b", re.I)


@dataclass(frozen=True, slots=True)
class Violation:
    """One claim without ground: ``kind`` is "number", "fact", "name", "promise", "rank" or "form"."""

    kind: str
    claim: str


class Checker:
    """Checks the sentences of one reply in their order, and remembers which items they named."""

    def __init__(self, given: Grounds, vocabulary: Vocabulary) -> None:
        self._given = given
        self._vocabulary = vocabulary
        self._reader = ClaimReader(vocabulary)
        self._records: dict[int, Record] = {}
        self._table = [self._record(item) for item in given.items]
        self._things = _things(given)
        called = dict.fromkeys(called for thing in self._things for called in (thing[0].title, thing[0].name))
        self._dotted = [name for name in called if _MARK.search(name)]
        self._named: tuple[Thing, ...] = ()  # in the reply so far
        self._last: tuple[Thing, ...] = ((given.items[0],),) if len(given.items) == 1 else ()

    def sentences(self, text: str) -> list[str]:
        """A text cut after its sentence ends, the pieces joining up to the text again; no title is cut in two."""
        pieces = _SENTENCE.findall(_with_marks_hidden(text, self._dotted))
        ends = list(accumulate(map(len, pieces)))
        return [text[start:end] for start, end in pairwise((0, *ends)) if end > start]

    def check(self, sentence: str) -> tuple[Violation, ...]:
        """Every claim that the grounds do not hold; empty where the sentence may be shown, which is remembered."""
        labelled = self._labelled(sentence)
        if labelled is not None:
            return tuple(labelled)
        found = self._first_word(sentence)
        said: list[tuple[Clause, tuple[Thing, ...]]] = []
        named, last = self._named, self._last
        spoken: tuple[Thing, ...] = ()
        for clause in clauses(sentence, self._things, self._given.items):
            things, wrong = self._clause(clause, sentence, named, last)
            said.append((clause, things))
            found += wrong
            if clause.names:
                spoken = last = (*spoken, *things)
                named = (*named, *(thing for thing in things if thing not in named))
        found += self._misplaced(sentence, said)
        found += [Violation("form", word) for word in self._miswritten(sentence)]
        if former := former_alone("".join(clause.text for clause, _ in said)):
            found.append(Violation("form", former))
        if not found:
            self._named, self._last = named, last
        return tuple(dict.fromkeys(found))

    def _miswritten(self, sentence: str) -> list[str]:
        """Words of titles with capitals inside that no title has: "the KemBLE sneakers"."""
        written = _INNER_CAPITAL.findall(sentence)
        titles = " ".join(thing[0].title for thing in self._things) if written else ""
        return [w for w in written if w not in titles and re.search(rf"\b{w}\b", titles, re.IGNORECASE)]

    def _misplaced(self, sentence: str, said: Sequence[tuple[Clause, tuple[Thing, ...]]]) -> list[Violation]:
        found = [Violation("rank", claim) for claim in misplaced(said, self._given, self._named)]
        if not self._given.all_shown and (here := _ALL_HERE.search(sentence)):
            found.append(Violation("number", here[0]))
        return found

    def _clause(
        self, clause: Clause, sentence: str, named: tuple[Thing, ...], last: tuple[Thing, ...]
    ) -> tuple[tuple[Thing, ...], list[Violation]]:
        """The things that a clause speaks of, as far as its claims tell them apart, and what is wrong with it."""
        whose = Whose.WISH if clause.whose is Whose.OPEN and not last else clause.whose
        if whose in (Whose.WISH, Whose.NO) or _DENYING.search(clause.text.split("#")[0]):
            clause = self._without_phrases(clause, sentence)
        claims = [claim for claim in self._reader.read(clause) if not self._is_count(claim, whose)]
        if whose is Whose.WISH:
            return (), _violations(claim for claim in claims if not self._may_be_wished(claim, sentence))
        if whose is Whose.ANY:
            return (), _violations(c for c in claims if not (self._wanted(c) or any(map(c.holds, self._table))))
        group = self._group(clause, named)
        if whose is Whose.NO:
            records = [self._record(item) for thing in group for item in thing]
            return (), _violations(claim for claim in claims if any(map(claim.true, records)))
        if whose is Whose.COUNT:
            return (), self._miscounted(claims)
        things = clause.names or (group if whose is Whose.EVERY else _spoken(clause, named, last))
        if not things:
            return (), _violations(claims)
        told = [self._best(thing, claims) for thing in things]
        found = [violation for _, wrong in told for violation in wrong]
        things = tuple(thing for thing, _ in told)
        return things, found + (self._not_alone(things, claims) if _ONLY.search(clause.text) else [])

    def _best(self, thing: Thing, claims: Sequence[Claim]) -> tuple[Thing, list[Violation]]:
        """Of the items that a name can mean, those of which most is true, and what is not."""
        wrong = {id(item): [claim for claim in claims if not self._holds(claim, item)] for item in thing}
        fewest = min(map(len, wrong.values()))
        meant = tuple(item for item in thing if len(wrong[id(item)]) == fewest)
        return meant, _violations(wrong[id(meant[0])])

    def _holds(self, claim: Claim, item: Item) -> bool:
        if claim.holds(self._record(item)):
            return True
        others = self._given.colourways.get(item.item_id, ())
        return claim.of_colours and not claim.negated and any(claim.holds(self._record(other)) for other in others)

    def _not_alone(self, things: Sequence[Thing], claims: Sequence[Claim]) -> list[Violation]:
        """What is said of only these, and is true of others too."""
        among = {id(item) for thing in things for item in thing}
        rest = [record for record in self._table if id(record.item) not in among]
        return _violations(c for c in claims if c.kind == "fact" and any(map(c.holds, rest)))

    def _miscounted(self, claims: Sequence[Claim]) -> list[Violation]:
        """ "2 of them are red": the number is of those of which all else is true."""
        numbers = [claim for claim in claims if claim.number is not None]
        rest = [claim for claim in claims if claim.number is None]
        true = sum(all(claim.holds(record) for claim in rest) for record in self._table)
        return _violations(claim for claim in numbers[:1] if rest and claim.number != true) + _violations(numbers[1:])

    def _is_count(self, claim: Claim, whose: Whose) -> bool:
        """Whether a number is one that was counted, in the role in which it stands."""
        if claim.number is None or whose is Whose.COUNT:
            return False
        given = self._given
        counted = {"matches": (given.matches,), "shown": (len(given.items),), "": (given.matches, len(given.items))}
        loose = whose in (Whose.WISH, Whose.EVERY, Whose.NO)
        return claim.number in counted[claim.role] and (bool(claim.role) or loose)

    def _may_be_wished(self, claim: Claim, sentence: str) -> bool:
        """Whether it only repeats what the shopper said, or is true of all that are on the table."""
        said = claim.number if claim.money is None else claim.money
        if said is not None and not claim.role and any(abs(said - amount) < NEAR for amount in self._given.amounts):
            return True
        if claim.number is None and self._table and all(map(claim.holds, self._table)):
            return True
        if claim.kind == "number":
            return False
        asking, denying = sentence.rstrip().endswith("?"), bool(_DENYING.search(sentence))
        if claim.kind == "promise" and not denying:
            return False
        near = not (self._given.met or claim.negated or asking or denying or _ASKED_FOR.search(sentence))
        return not near and self._wanted(claim, asking)

    def _wanted(self, claim: Claim, asking: bool = False) -> bool:
        given = self._given
        known = given.wanted | (given.refused if claim.negated else set()) | (given.asked if asking else set())
        return bool(claim.words) and set(claim.words) <= known

    def _without_phrases(self, clause: Clause, sentence: str) -> Clause:
        """The clause less the wish in the realiser's very words, unless it calls things so that only come near."""
        if not (self._given.met or _DENYING.search(sentence) or _ASKED_FOR.search(sentence)):
            return clause
        text = clause.text
        for phrase in sorted(filter(None, self._given.phrases), key=len, reverse=True):
            text = re.sub(rf"(?<!\w){re.escape(phrase)}(?!\w)", " ", text, flags=re.IGNORECASE)
        return replace(clause, text=text)

    def _group(self, clause: Clause, named: tuple[Thing, ...]) -> tuple[Thing, ...]:
        """What "all" or "both" means: the two named last, or all that are on the table."""
        if _PAIR.search(clause.text) and len(named) > 1:
            return named[-2:]
        return tuple((item,) for item in self._given.items) or named

    def _labelled(self, sentence: str) -> list[Violation] | None:
        """What is wrong with "Sizes: S, M" or "Colour: red against blue"; None where a sentence is no such line."""
        match = _LABEL.fullmatch(sentence.strip())
        if not match or any(thing[0].name.lower() in sentence.lower() for thing in self._things):
            return None
        facts, parts = self._facts_called(match[1]), re.split(r" against ", match[2])
        things = self._last[-1:] if len(parts) == 1 else self._in_order(len(parts))
        if not facts or not things:
            return None
        many = is_colour(facts[0]) and match[1].endswith("s")
        return [
            Violation("fact", part)
            for part, thing in zip(parts, things, strict=True)
            if not any(self._tells(item, facts, part, many) for item in thing)
        ]

    def _tells(self, item: Item, facts: Sequence[str], told: str, of_colours: bool) -> bool:
        items = [item, *(self._given.colourways.get(item.item_id, ()) if of_colours else ())]
        words = re.split(r", | and ", told) if of_colours else [told]
        return all(any(self._record(i).tells(fact, word) for i in items for fact in facts) for word in words)

    def _in_order(self, count: int) -> tuple[Thing, ...]:
        """So many items side by side: in the order in which they were named, or else lie on the table."""
        if len(self._named) == count:
            return self._named
        return tuple((item,) for item in self._given.items) if len(self._given.items) == count else ()

    def _facts_called(self, label: str) -> list[str]:
        if stems(label) in (("color",), ("colour",)):
            return [fact for fact in self._vocabulary.facts if is_colour(fact)]
        return [fact for fact in self._vocabulary.facts if stems(fact.replace("_", " ")) == stems(label)]

    def _first_word(self, sentence: str) -> list[Violation]:
        """A name that begins a sentence has a capital like any word: it is the begin of a title, or no English."""
        match = _OPENING.match(sentence)
        folded = sentence.lower().lstrip("“\"' ")
        if not match or any(folded.startswith(thing[0].name.lower()) for thing in self._things):
            return []
        word, key = match[1].lower(), stems(match[1])
        begins = word not in STOPWORDS and any(stems(thing[0].title.split()[0]) == key for thing in self._things)
        known = (
            word in STOPWORDS
            or is_english(word)
            or bool(self._vocabulary.mentions(tokenise(word), word))
            or set(key) <= self._given.wanted | self._given.refused
            or any(self._record(item).named_so(word) for thing in self._last for item in thing)
        )
        return [Violation("name", match[1])] if begins or not known else []

    def _record(self, item: Item) -> Record:
        return self._records.setdefault(id(item), Record(item))


def _with_marks_hidden(text: str, titles: Iterable[str]) -> str:
    """The text with no sentence mark within a title, be it one that has only begun at the end ("the U.S. Polo")."""
    for title in titles:
        hidden = _MARK.sub("_", title)
        text = text.replace(title, hidden)
        begun = next((n for n in range(len(title) - 1, 0, -1) if text.endswith(title[:n])), 0)
        text = text[: len(text) - begun] + hidden[:begun]
    return text


def _spoken(clause: Clause, named: tuple[Thing, ...], last: tuple[Thing, ...]) -> tuple[Thing, ...]:
    """What "it" or "they" means: the item named last, or several where "they" can be no single thing."""
    if not _PLURAL.search(clause.text):
        return last[-1:] if clause.whose is Whose.LAST else last
    return named if len(last) == 1 and len(named) > 1 and not plural(last[0][0].name) else last


def _things(given: Grounds) -> list[Thing]:
    """The items that each name can mean; one on the table hides others of its name."""
    found: dict[str, list[Item]] = {}
    for item in given.items:
        found.setdefault(item.name.lower(), []).append(item)
    beside: dict[str, list[Item]] = {}
    for item in given.aside:
        if item.name.lower() not in found:
            beside.setdefault(item.name.lower(), []).append(item)
    return [tuple(items) for items in (*found.values(), *beside.values())]


def _violations(claims: Iterable[Claim]) -> list[Violation]:
    return [Violation(claim.kind, claim.text) for claim in claims]
