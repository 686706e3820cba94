"""What a reply may speak of: the items on the table, and what the shopper said.

Made once for a reply and never changed by it; whoever speaks is held to it by ``agent/fact_check.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from agent.amounts import amounts
from agent.state import DialogueState
from agent.wording import nothing, refused, request, sale_words, things
from agent.words import stems
from store.schemas import Item


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a reply may speak of.

    ``items`` are on the table, in their order: what "all" and "cheapest" are said of. ``aside`` may be named too.
    ``colourways`` are the other items of an opened item's style. ``wanted`` and ``refused`` are the stems and
    ``amounts`` the numbers of what the shopper said; ``asked`` the stems that a question may offer; ``phrases`` put
    the wish into words. ``matches`` are counted; not ``met`` where the items only come near to what is wanted.
    """

    items: tuple[Item, ...] = ()
    aside: tuple[Item, ...] = ()
    colourways: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)
    wanted: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()
    amounts: frozenset[float] = frozenset()
    phrases: tuple[str, ...] = ()
    matches: int | None = None
    met: bool = True

    @property
    def all_shown(self) -> bool:
        """Whether no match is left that is not on the table."""
        return self.matches is None or self.matches <= len(self.items)


def grounds(
    items: Iterable[Item], state: DialogueState, said: str, words: Iterable[str] = (), currency: str | None = None
) -> Grounds:
    """The grounds of one reply: its items, and from state, message and other ``words`` what the shopper said.

    ``currency`` is that of the store.
    """
    known = tuple(items)
    need, constraints = state.need, state.constraints
    nots = [v for vs in constraints.exclude.values() for v in vs] + [*constraints.exclude_words]
    wishes = [v for vs in (*constraints.include.values(), *need.include.values()) for v in vs]
    wishes += [*constraints.include, *need.include, *(word for words in need.measured.values() for word in words)]
    wishes += [
        need.text,
        need.type_words,
        need.unknown_type,
        *need.type_values,
        *words,
        *["in stock"] * need.in_stock,
        *[f"on sale {sale_words(need.reduced_by)}"] * need.on_sale,
    ]
    unwanted = _stems([*nots, *constraints.exclude, *refused(state)])
    wanted = _stems(wishes)
    wanted |= _stems([said]) - unwanted
    limits = {n for n in (need.price_min, need.price_max) if n is not None}
    told = {amount.value for text in (said, *wishes) for amount in amounts(text)}
    any_price = state.with_need(replace(need, price_min=None, price_max=None))
    currencies = {currency, state.currency, *(item.currency for item in known[:1])}
    phrases = [request(wish, money) for wish in (state, any_price) for money in currencies]
    phrases += [things(state), *nothing(state)]
    return Grounds(known, wanted=wanted, refused=unwanted, amounts=frozenset(limits | told), phrases=tuple(phrases))


def _stems(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(stem for text in texts for stem in stems(text.replace("_", " ")))
