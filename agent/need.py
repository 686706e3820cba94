"""One need of a conversation, "boots", and what an understood turn makes of it.

Every constraint belongs to the need that it was said about. Knows neither the other needs nor the shopper.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from agent.utterance import Intent, Order, Utterance, Values
from agent.values import difference, in_force, tuples, union, unique


@dataclass(frozen=True, slots=True)
class Need:
    """One thing the shopper is after, with everything that was said about it.

    ``anchor`` is the item of "like this one"; ``photo`` the path of the shopper's picture. ``changed`` names
    the facts that the words override on that anchor or photo ("but in blue"). ``measured`` says in words what an
    included number asks for; ``exclude_phrases`` hold until one of their values is taken back; ``unrecorded`` facts
    are wanted, but no record of this kind holds them, so they rank; ``preferred`` values rank by the shopper's wish;
    ``questions`` are the facts that were asked about, so that none is asked for twice; ``shown`` are all its cards so
    far, ``table`` those of its last answer; ``companion`` is the item that the things shall go with; of a
    ``noted`` need nothing was shown yet, nor was one of the things named with it turned to; an ``outfit`` is several
    things at once; ``lifted`` are the bounds of the price that were given up last.
    """

    type_fact: str = ""
    type_values: tuple[str, ...] = ()
    type_words: str = ""
    unknown_type: str = ""
    include: Values = field(default_factory=dict)
    preferred: Values = field(default_factory=dict)
    exclude: Values = field(default_factory=dict)
    exclude_phrases: Values = field(default_factory=dict)
    exclude_words: tuple[str, ...] = ()
    price_min: float | None = None
    price_max: float | None = None
    in_stock: bool = False
    on_sale: bool = False
    reduced_by: float = 0.0
    order: Order = Order.BEST
    furthest: str = ""  # as in ``Utterance``
    text: str = ""
    photo: str = ""
    anchor: str = ""
    companion: str = ""
    changed: tuple[str, ...] = ()
    measured: Values = field(default_factory=dict)
    unrecorded: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    table: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    lifted: tuple[float | None, ...] = ()
    noted: bool = False
    outfit: bool = False

    @property
    def has_wish(self) -> bool:
        """Whether there is anything to look for; refusals alone are none."""
        things = (self.type_values, self.unknown_type, self.text, self.photo, self.anchor)
        wishes = (*things, self.include, self.preferred, self.in_stock, self.on_sale)
        return any(wishes) or self.price_min is not None or self.price_max is not None


def with_type(need: Need, said: Utterance) -> Need:
    """The need with the kind of thing that was named; "back to the shoes" keeps the boots that they were."""
    narrower = set(said.type_values) < set(need.type_values)
    if said.type_values and (narrower or not (said.return_to and need.type_values)):
        named = replace(need, type_fact=said.type_fact, type_values=said.type_values, type_words=said.type_words)
        return replace(named, unknown_type="", outfit=said.outfit)
    if said.unknown_type:
        return replace(need, unknown_type=said.unknown_type, type_values=(), type_fact="", type_words="")
    return need


def with_picture(need: Need, said: Utterance) -> Need:
    """The need with the photo that was sent, or the item that things shall be like."""
    if said.photo:
        unknown = said.unknown_type  # a new photo takes the place of words for what is not carried
        changed = (said.type_fact,) if said.another_kind else ()
        return replace(need, photo=said.photo, anchor="", changed=changed, unknown_type=unknown)
    if said.intent is Intent.MORE_LIKE and said.references:
        return replace(need, anchor=said.references[0], photo="", changed=())
    return need


def with_facts(need: Need, said: Utterance) -> Need:
    """The need with what was wished and refused; the later word wins."""
    include = {**need.include, **said.include, **said.recipient}
    include = {fact: values for fact, values in include.items() if fact not in said.preferred or fact in said.include}
    preferred = {fact: values for fact, values in need.preferred.items() if fact not in said.include}
    for fact, values in said.also.items():
        include[fact] = unique((*include.get(fact, ()), *values))
    include = {fact: values for fact, values in difference(include, said.exclude).items() if values}
    exclude: Values = difference(difference(need.exclude, said.include), said.allow)
    phrases, words = need.exclude_phrases, need.exclude_words
    if not said.lasting:  # a standing dislike belongs to the shopper, see ``never``
        exclude, phrases = union(exclude, said.exclude), union(phrases, said.exclude_phrases)
        words = unique((*words, *said.exclude_words))
    welcome = {word.lower() for values in (*said.include.values(), *said.allow.values()) for word in values}
    told = {fact: words for fact, words in need.measured.items() if fact not in {*said.include, *said.also}}
    measured = {**told, **said.measured}
    changed = unique((*need.changed, *said.include)) if need.photo or need.anchor else ()
    return replace(
        need,
        include=include,
        preferred=difference({**preferred, **said.preferred}, said.exclude),
        exclude=exclude,
        exclude_phrases={phrase: phrases[phrase] for phrase in in_force(phrases, exclude)},
        exclude_words=tuple(word for word in words if word.lower() not in welcome),
        changed=changed,
        measured={fact: words for fact, words in measured.items() if fact in include},
    )


def need_from_json(data: Mapping[str, Any]) -> Need:
    """A need from the JSON types of its set fields; unknown fields (of other versions) are ignored."""
    known = tuples({f.name: data[f.name] for f in fields(Need) if f.name in data})
    known["order"] = Order(known.get("order", Order.BEST))
    return Need(**known)
