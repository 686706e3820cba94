"""From the dialogue state to the arguments of a tool: what exactly to search for in this turn.

The only place that decides what is hard, what only ranks, and what may not be shown again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import BaseModel, Field

from agent.recipients import for_others, of_children, only_preferred
from agent.shop import Shop
from agent.shopping_words import SOFT_FACTS
from agent.state import DialogueState, Need
from agent.type_words import names_a_part
from agent.utterance import Intent, Order, Utterance
from agent.values import NO, YES, union
from agent.wording import fact_words, things
from store.schemas import Constraints, Item

CARDS = 6
_TELLING = ("sleeve", "neckline", "length", "pattern", "material", "heel", "hood", "style", "fit", "occasion")


class SearchArguments(BaseModel):
    """Arguments of a search, typed for a language model as well as for the rules.

    ``include`` and ``exclude`` map a fact ("color") to values of this store; prices are bounds on what is paid.
    """

    text: str = Field("", description="what to look for, in words")
    include: dict[str, list[str]] = Field(default_factory=dict, description="fact -> accepted values")
    exclude: dict[str, list[str]] = Field(default_factory=dict, description="fact -> refused values")
    exclude_words: list[str] = Field(default_factory=list, description="words that no fact may hold")
    exclude_items: list[str] = Field(default_factory=list, description="item ids not to show")
    price_min: float | None = None
    price_max: float | None = None
    in_stock: bool = False
    on_sale: bool = False
    reduced_by: float = Field(0.0, description="least share of the former price that is off")
    order: Order = Order.BEST

    def constraints(self) -> Constraints:
        """The hard conditions among the arguments."""
        return Constraints(
            include={fact: tuple(values) for fact, values in self.include.items()},
            exclude={fact: tuple(values) for fact, values in self.exclude.items()},
            exclude_words=tuple(self.exclude_words),
            exclude_items=tuple(self.exclude_items),
            price_min=self.price_min,
            price_max=self.price_max,
            in_stock=self.in_stock,
            on_sale=self.on_sale,
            reduced_by=self.reduced_by,
        )


def search_arguments(state: DialogueState, said: Utterance, shop: Shop) -> dict[str, Any]:
    """The arguments of this turn's search, as JSON for a tool call."""
    need = state.need
    constraints, softened = _fit(state, shop)
    softened += [word for fact in need.unrecorded if fact in need.include for word in _as_words(fact, need)]
    words = [need.text, *softened]
    plain = {fact: values for fact, values in need.include.items() if fact not in {*need.measured, *need.unrecorded}}
    wanted = [*plain.items(), *need.preferred.items()]
    words += [_told(fact, value) for fact, values in wanted for value in values[:2]]
    if need.anchor:
        words += _anchor_words(shop.catalog.get(need.anchor), need.include)
    broad = len(need.type_values) > 1 and not names_a_part(need.type_words, need.type_values)
    if need.unknown_type or (need.type_values and not (broad and any(words))):
        # A broad word ("shoes") is met by all of its kinds alike; beside other words it would only favour those kinds
        # that have it in their names.
        words.insert(0, things(state))
    unwanted = [*constraints.exclude_items]
    if said.intent is Intent.SOMETHING_ELSE:
        unwanted += need.shown
    if need.anchor and not need.changed:
        unwanted.append(need.anchor)
    arguments = SearchArguments(
        text=" ".join(_each_once(words)),
        include={fact: list(values) for fact, values in constraints.include.items()},
        exclude={fact: list(values) for fact, values in constraints.exclude.items()},
        exclude_words=list(constraints.exclude_words),
        exclude_items=list(dict.fromkeys(unwanted)),
        price_min=constraints.price_min,
        price_max=constraints.price_max,
        in_stock=constraints.in_stock,
        on_sale=constraints.on_sale,
        reduced_by=constraints.reduced_by,
        order=need.order,
    )
    return arguments.model_dump(mode="json")


def _told(fact: str, value: str) -> str:
    """A value as texts say it: "yes" says nothing without the name of its fact."""
    return fact_words(fact, value) if value.lower() in YES | NO else value


def _each_once(phrases: Sequence[str]) -> list[str]:
    """Phrases in lower case, each once, less those whose words stand in a row in another: "light blue", "blue"."""
    said = list(dict.fromkeys(" ".join(phrase.lower().split()) for phrase in phrases if phrase.strip()))
    return [phrase for phrase in said if not any(f" {phrase} " in f" {other} " for other in said if other != phrase)]


def _fit(state: DialogueState, shop: Shop) -> tuple[Constraints, list[str]]:
    """What may soften does so where nothing would pass: moods ("summer", "casual") only rank then.

    So does whom an earlier need was for, where no record of the kind tells for whom it is: boots for him, then a mug.
    """
    constraints = state.constraints
    soft = [fact for fact in constraints.include if fact in SOFT_FACTS]
    told = shop.recorded(state.need.type_fact, state.need.type_values) if state.recipient else frozenset()
    soft += [fact for fact in state.recipient if fact not in state.need.include and fact not in told]
    softened: list[str] = []
    for fact in soft:
        if shop.facts.allowed(constraints).any():
            break
        softened += constraints.include[fact] if fact in SOFT_FACTS else ()
        constraints = replace(constraints, include={f: v for f, v in constraints.include.items() if f != fact})
    for fact, values in only_preferred(state).items():  # then nothing that is for somebody else
        shared = shop.facts.facets(fact, shop.facts.allowed(Constraints(include={fact: values})))
        others = for_others({fact: values}, shop.vocabulary, shared)
        constraints = replace(constraints, exclude=union(constraints.exclude, others))
    whom = {**state.recipient, **state.need.include}
    if state.recipient:
        children = of_children(whom, shop.vocabulary.facts)
        constraints = replace(constraints, exclude=union(constraints.exclude, children))
    return constraints, softened


def _as_words(fact: str, need: Need) -> list[str]:
    """A wanted fact that no record holds, as words that titles and descriptions may say."""
    if fact in need.measured:
        return list(need.measured[fact])
    return [fact_words(fact, value) for value in need.include[fact][:2]]


def _anchor_words(item: Item, changed: Mapping[str, tuple[str, ...]]) -> list[str]:
    """What is to be kept of the item that was pointed at, without the facts that the words change."""
    kept = [value for fact in _TELLING if fact not in changed for value in item.values(fact)[:1]]
    return [item.category, *kept]
