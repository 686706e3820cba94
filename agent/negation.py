"""Which of a message's words are wanted and which are refused.

English negation as shoppers use it: "no leather", "not red or pink", "without a hood but with pockets",
"leather-free", "anything but black". Decides scope only; what the words mean is the vocabulary's business.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise, takewhile

from agent.holding import holds
from agent.put_aside import particle_of
from agent.shopping_words import PROPERTY_STEMS, STOP_STEMS
from agent.vocabulary import Mention
from agent.words import Token, stem

_NEGATORS = frozenset(
    ("no", "not", "without", "non", "except", "excluding", "exclude", "avoid", "avoiding", "hate", "dislike", "never",
     "nothing", "neither", "nor", "minus", "sans", "don't", "dont", "doesn't", "doesnt", "isn't", "isnt", "aren't",
     "arent", "skip", "cannot", "can't", "cant", "won't", "allergic", "remove", "hates", "none")
)  # fmt: skip
# They refuse where an order begins with them: "hide anything by Puma", and no "cow hide", no "drop earrings".
_ORDERS = frozenset(("hide", "omit", "drop", "lose", "eliminate", "ban", "hold"))
_BEFORE_ORDERS = frozenset(
    """, ; . ! ? : and but please also then now to just you could can let's ok okay so should would""".split()  # noqa: SIM905
)
_OF_THINGS = frozenset(("drop", "lose", "hold"))
_DROPPED = frozenset(("the", "all", "any", "anything", "everything", "those", "whatever"))
_PLAIN = frozenset(("no", "without", "avoid", "avoiding", "except", "excluding", "nothing", "but", "out"))
_AFTER = frozenset(("free",))  # "leather-free": refuses the mention before it
_PAIRS = (
    ("other", "than"), ("instead", "of"), ("rather", "than"), ("apart", "from"),
    ("stop", "showing"), ("stop", "suggesting"), ("stop", "recommending"), ("rather", "not"), ("free", "of"),
    ("free", "from"),
)  # fmt: skip
_OTHER = frozenset(("other", "another", "different"))  # "any other colour than blue"
_APART = 3  # words between "other" and "than"
_UNSURE = frozenset(("sure", "certain", "idea", "clue", "know"))  # "no idea what I need other than a tent" wants one
_IS = frozenset(("is", "are", "be"))  # "leather is out", "out of the question": refuses the mention before it
_RULED = frozenset(("ruled", "left", "filtered"))  # "leather is ruled out"
_STILL = frozenset(
    """still definitely completely already absolutely totally really also simply just always entirely certainly
    strictly clearly therefore now""".split()  # noqa: SIM905
)  # between "is" and "out"
_EACH = frozenset(("any", "every", "all", "whatever"))  # with a noun of their own
_ALL = frozenset(("any", "anything", "every", "everything", "all", "whatever"))
# "no more than", "not only", "no problem": these words after a negator mean that nothing is refused.
_HARMLESS = frozenset(
    """problem problems idea clue sure only bad need matter matters worries rush necessarily mind later limit care
    wait preference find see know understand mean what more less have enough thanks thank really want like too so very
    that quite the must necessary required against decide choose remember tell say""".split()  # noqa: SIM905
)
# "No sorry blue" and "no, blue" answer and ask for blue.
_ANSWERED = frozenset((",", ".", "!", ";", "sorry", "actually", "rather", "oops"))
# "Don't you have red?" asks, "don't hide the red ones" refuses nothing.
_ASKED = frozenset(("you", "there"))
_REFUSING = frozenset(("hide", "exclude", "remove", "skip", "omit", "avoid", "drop", "lose"))
_IT = frozenset(("it", "that", "them", "this", "those", "these"))
# "Don't show me anything in viscose" goes on; "no show me red" begins anew.
_NOT_TO = frozenset(("not", "never", "don't", "dont"))
_SHOWING = frozenset(
    ("show", "give", "find", "bring", "suggest", "recommend", "include", "list", "offer", "see", "me", "us")
)
_TRANSPARENT = frozenset(
    ("really", "want", "like", "too", "so", "very", "that", "quite", "the", "have", "need", "more")
)
_BREAKERS = frozenset(
    (
        "but",
        ";",
        ".",
        "!",
        "?",
        "please",
        "show",
        "just",
        "however",
        "only",
        "instead",
        "i",
        "we",
        "give",
        "maybe",
        "find",
    )
)
_SOFT_BREAKERS = frozenset(
    ("in", "with", "for", "under", "over", "that", "which", "from", "by", "made", ":", "preferably")
)
_OF_WHAT = frozenset(("in", "with", "from", "made", "by"))
_LINKS = frozenset(("or", "nor", "/"))
_MENTAL = frozenset(("decide", "choose", "know", "tell", "remember", "say"))  # "can't really decide between ..."
_ONES = frozenset(("one", "ones"))
_ARTICLES = frozenset(("any", "the", "a", "an", "other"))
POINTING = frozenset(("that", "this", "these", "those"))  # "not that yellow metal" refuses all of it
LASTING = re.compile(
    r"\b(?:i(?:'m| am) (?:a )?(?:vegan|vegetarian|allergic)|i never|we never|i always avoid|i hate|i can'?t stand|"
    r"i don'?t (?:ever )?wear|never show|allergic to|for (?:ethical|religious) reasons)\b",
    re.IGNORECASE,
)


_CANNOT = frozenset(("can't", "cant", "cannot", "don't", "dont"))
# How what is refused would be seen, or how much there would be of it.
_SEEN = frozenset(
    """visible noticeable obvious apparent extra additional unnecessary excessive actual specific particular
    whatsoever""".split()  # noqa: SIM905
)
_NEAR = 3  # tokens that a word of negation may stand before
_BEAR = frozenset(("stand", "bear", "wear", "have", "do", "take", "eat", "use", "want", "like"))


def without_verbs(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Tokens without the verb of "can't stand", "don't wear": part of the refusal, whatever else it could mean.

    Nor is "visible" of "no visible logos" a thing that is refused.
    """
    verbs = {at for at, (a, b) in enumerate(pairwise(tokens), 1) if a.text in _CANNOT and b.text in _BEAR}
    seen = {at for at, token in enumerate(tokens) if token.text in _SEEN and _is_refusing(tokens, at)}
    return tuple(token for at, token in enumerate(tokens) if at not in verbs | seen)


def _is_refusing(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word of negation stands shortly before, with no mark between."""
    before = (token.text for token in reversed(tokens[max(0, at - _NEAR) : at]))
    return any(word in _NEGATORS for word in takewhile(lambda word: word[0].isalnum(), before))


def with_suffixes_apart(tokens: Sequence[Token], knows: Callable[[str], bool]) -> tuple[Token, ...]:
    """ "Hoodless" as "without hood" where only the hood is a word of the store; a store's own "sleeveless" stays.

    Who refuses the hoodless ones would have a hood: there it stays one word too.
    """
    apart: list[Token] = []
    for at, token in enumerate(tokens):
        bare = token.text.removesuffix("less")
        lacking = bare != token.text and not knows(token.text) and knows(bare) and token.stem not in PROPERTY_STEMS
        of_a_name = at + 1 < len(tokens) and knows(f"{token.text} {tokens[at + 1].text}")  # "cordless drills"
        if lacking and not of_a_name and not _is_refusing(tokens, at):
            apart.append(Token("without", "without", token.start, token.start))
            token = Token(bare, stem(bare), token.start, token.end)
        apart.append(token)
    return tuple(apart)


def plainly_refused(tokens: Sequence[Token]) -> list[int]:
    """Places right after "no", "without", "anything but" ... or before "is out": there even "cool" is a property."""
    return [
        at
        for at, token in enumerate(tokens)
        if (at and tokens[at - 1].text in _PLAIN and token.text.isalpha()) or _is_ruled_out(tokens, at)
    ]


def negates(token: Token) -> bool:
    """Whether a word refuses what stands right behind it: "no", "without", "hate"."""
    return token.text in _NEGATORS


def joins(token: Token) -> bool:
    """Whether a word joins what a negation covers: "no red or blue"."""
    return token.text in _LINKS


def refused_positions(tokens: Sequence[Token], mentions: Sequence[Mention]) -> frozenset[int]:
    """Positions of the tokens that stand under a negation.

    A scope opens at a negator and ends at a clause break, at "in", "with", "under" ... once something was
    refused, or at the next mention that no "or" (or "and" within one fact) links to the refused one.
    """
    starts = {m.start: m for m in mentions}
    named = {at for m in mentions for at in range(m.start, m.end)}  # a shop's own "gluten-free" is a thing's quality
    refused: set[int] = set()
    for at, token in enumerate(tokens):
        if particle := particle_of(tokens, at):
            kept = at > 0 and tokens[at - 1].text in _NOT_TO  # "don't leave the red ones out"
            refused.update(() if kept else _put_aside(tokens, at, particle, starts))
        elif _opens(tokens, at):
            begin = _skip(tokens, at + 1, _SHOWING) if token.text in _NOT_TO | {"showing"} else at + 1
            refused.update(_scope(tokens, begin, starts, token.text in _REFUSING | _ORDERS))
        elif token.text in _AFTER and at and at not in named and _says_of_what(tokens, at):
            before = next((m for m in mentions if m.end == at), None)
            refused.update(range(before.start, before.end) if before else (at - 1,))
        elif subject := _rules_out(tokens, at):
            refused.update(i for m in mentions if m.end == subject for i in range(m.start, m.end))
    return frozenset(refused)


def _put_aside(tokens: Sequence[Token], verb: int, particle: int, starts: dict[int, Mention]) -> list[int]:
    """What an order with a particle covers, before it ("leave leather out") or behind it ("leave out leather")."""
    if particle > verb + 1:
        return _scope(tokens[:particle], verb + 1, starts, True)
    return _scope(tokens, particle + 1, starts, True)


def _says_of_what(tokens: Sequence[Token], at: int) -> bool:
    """ "Leather-free" says it before, "free of leather" behind."""
    return tokens[at - 1].text[0].isalnum() and tuple(t.text for t in tokens[at : at + 2]) not in _PAIRS


def _rules_out(tokens: Sequence[Token], at: int) -> int:
    """Where that ends of which the "out" of "leather is still out" is said, else 0; out of stock refuses nothing."""
    after = [token.text for token in tokens[at + 1 : at + 3]]
    before = at - 1 - (tokens[at - 1].text in _RULED)
    while before > 1 and tokens[before].text in _STILL:
        before -= 1
    said = tokens[at].text == "out" and before > 0 and tokens[before].text in _IS
    while before > 1 and tokens[before - 1].text in _STILL | _ONES:  # "leather still is out", "leather ones are out"
        before -= 1
    return before if said and after != ["of", "stock"] else 0


def _is_ruled_out(tokens: Sequence[Token], at: int) -> bool:
    return any(_rules_out(tokens, out) == at + 1 for out in range(at + 2, min(at + 6, len(tokens))))


def _opens(tokens: Sequence[Token], at: int) -> bool:
    word = tokens[at].text
    following = _text(tokens, at + 1)
    if at and (tokens[at - 1].text, word) in _PAIRS:
        return tokens[at - 1].text != "other" or not _is_unsure(tokens[:at])
    before = [token.text for token in tokens[max(0, at - 1 - _APART) : at]]
    if word == "but" and _leaves_out(before[-3:]):
        return True
    if word == "than" and _OTHER & set(before) and not _BREAKERS & set(before):
        return not _is_unsure(tokens[:at])
    if _denies_nothing(tokens, at, before[-1:]):
        return False
    if word in _ORDERS and following:
        begins = not at or tokens[at - 1].text in _BEFORE_ORDERS
        return begins and (word not in _OF_THINGS or following in _DROPPED) and not holds(tokens, at)
    if word not in _NEGATORS or not following or _is_of_a_code(tokens, at):
        return False
    verb = next((token.text for token in tokens[at + 1 :] if token.text not in _TRANSPARENT), "")
    return not (following in _HARMLESS and following not in _TRANSPARENT) and verb not in _MENTAL


def _is_unsure(before: Sequence[Token]) -> bool:
    """Whether the shopper does not know what else it shall be: what stands behind "other than" is wanted then."""
    words = takewhile(lambda word: word[0].isalnum() and word != "but", (t.text for t in reversed(before)))
    return any(word in _UNSURE and said in _NEGATORS for word, said in pairwise(words))


def _is_of_a_code(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word touches a number, as in the model code "NO15"."""
    behind = tokens[at + 1]
    return behind.text[0].isdigit() and tokens[at].start < tokens[at].end == behind.start


def _denies_nothing(tokens: Sequence[Token], at: int, before: Sequence[str]) -> bool:
    """Whether a word of negation answers, asks or proposes: "no sorry blue", "don't you have red?", "why not red"."""
    word, following = tokens[at].text, _text(tokens, at + 1)
    if word == "no" and (following in _ANSWERED or (following == "make" and _text(tokens, at + 2) in _IT)):
        return True
    if word in _NOT_TO and at + 1 < len(tokens) and particle_of(tokens, at + 1):
        return True
    contracted = word.endswith(("n't", "n’t", "dont"))
    if (contracted and following in _ASKED) or (following in _REFUSING and word in _NOT_TO):
        return True
    return [*before] == ["why"] or (word in _REFUSING and bool(_NOT_TO & {*before}))


def _text(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].text if at < len(tokens) else ""


def _leaves_out(before: Sequence[str]) -> bool:
    """ "Anything but blue", "any colour but blue"; "anything cheaper but similar" leaves nothing out."""
    if not before:
        return False
    return before[-1] in _ALL | {"else"} or bool(_EACH & set(before[:-1]) and not before[-1].endswith("er"))


def _scope(tokens: Sequence[Token], at: int, starts: dict[int, Mention], ordered: bool) -> list[int]:
    """The places that a negation covers; an order ("hide red and leather") goes for all that "and" joins."""
    covered: list[int] = []
    last: Mention | None = None
    pointing = at < len(tokens) and tokens[at].text in POINTING
    while at < len(tokens):
        word = tokens[at].text
        said = covered if word not in _OF_WHAT else [p for p in covered if tokens[p].stem not in STOP_STEMS]
        if word in _BREAKERS or (word in _SOFT_BREAKERS and said) or (word in _NEGATORS and covered):
            break  # "I don't want anything with wool" has said nothing before "with"
        mention = starts.get(at)
        whole = pointing and last is not None and mention is not None and last.end == at and not mention.sense.is_type
        if mention and last and not (whole or _linked(tokens, last, mention, at, ordered)):
            break
        if word == "," and not _list_goes_on(tokens, at, last, starts, ordered):
            break
        if last and word in _ONES and _ones_go_on(tokens, at, starts, ordered):
            at += 1
            continue
        if mention:
            covered.extend(range(mention.start, mention.end))
            last, at = mention, mention.end
            continue
        joined = word == "anything" and tokens[at - 1].text in _LINKS | {"and"}  # "no white and anything red"
        if last and word not in _LINKS | _ARTICLES | {"and", ","} and not joined:
            break  # "no leather jackets": the noun after the refused property is still what is wanted
        covered.append(at)
        at += 1
    return covered


def _ones_go_on(tokens: Sequence[Token], at: int, starts: dict[int, Mention], ordered: bool) -> bool:
    """ "No red ones and leather ones" goes on behind the first "ones", "no red ones and blue please" does not."""
    joined = starts.get(_skip(tokens, at + 2, _ARTICLES)) if _text(tokens, at + 1) in _LINKS | {"and"} else None
    return joined is not None and (ordered or _text(tokens, joined.end) in _ONES)


def _linked(tokens: Sequence[Token], last: Mention, mention: Mention, at: int, ordered: bool) -> bool:
    between = [t.text for t in tokens[last.end : at]]
    same = last.sense.fact == mention.sense.fact or (last.sense.lacks and mention.sense.lacks)
    if any(word in _LINKS for word in between):
        return not mention.sense.is_type or same
    listed = bool({"and", ","} & {*between}) and (ordered or bool(_ONES & {*between}))
    if listed and (same or not mention.sense.is_type):
        return True
    return same and bool(between) and not mention.sense.is_type


def _list_goes_on(
    tokens: Sequence[Token], at: int, last: Mention | None, starts: dict[int, Mention], ordered: bool
) -> bool:
    """ "No wool, silk or fur" goes on after the comma, "no wool, cotton please" does not.

    So does "no wool, silk and linen", whose "and" joins values of one fact; "no wool, silk and a hood" does not.
    """
    begun = _skip(tokens, at + 1, _LINKS | _ARTICLES | {"and"})
    listed = last is not None and last.start > 0 and tokens[last.start - 1].text == ","
    if begun not in starts or (tokens[at + 1].text == "and" and not listed):
        return False  # "not red, and blue please" wants blue
    for place in range(at + 1, len(tokens)):
        word = tokens[place].text
        if word in _LINKS:
            return True
        if word == "and":
            joined = starts.get(_skip(tokens, place + 1, _ARTICLES))
            facts = {mention.sense.fact for mention in (last, starts[begun], joined) if mention}
            return joined is not None and not joined.sense.is_type and (ordered or len(facts) == 1)
        if word in _BREAKERS | _SOFT_BREAKERS:
            return False
    return False


def _skip(tokens: Sequence[Token], at: int, words: frozenset[str]) -> int:
    """The next place from here on that has none of the words."""
    return next((place for place in range(at, len(tokens)) if tokens[place].text not in words), len(tokens))
