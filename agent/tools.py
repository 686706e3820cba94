"""The tools of the agent: typed arguments in, a short text for the model out, records for the page as artifact.

Cards are made from artifacts only, so what is shown is what the store holds, whatever a model writes.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from langchain.agents import AgentState
from langchain.tools import BaseTool, ToolRuntime, tool
from PIL.Image import Image

from agent.outfits import MATCHING, mixed
from agent.questions import asks
from agent.request import CARDS, SearchArguments, search_arguments
from agent.shop import Shop, ordered
from agent.state import DialogueState
from agent.unheard import mentions
from agent.utterance import Intent, Order, Utterance, Values
from agent.wording import money
from retrievers.base import Outcome, PastTurn, Query, Recommendation, Retrieval
from retrievers.photos import open_photo
from retrievers.recommender import SAID_FLOOR
from store.facts import fact_values
from store.schemas import Item

PREFERENCE_POOL = 60  # relevant matches among which those that have what is preferred come first
WHOLLY_SAID = 0.999  # share of what is asked for that an item says where it says all
POOL = 400  # relevant matches that are looked through for the cheapest, or for the same style


@dataclass(frozen=True)
class TurnContext:
    """What one turn brings to the tools: the shop, the state after the words, and the photo in view.

    ``rerank`` is the presenter's switch, see ``retrievers.base.Query``.
    """

    shop: Shop
    state: DialogueState = field(default_factory=DialogueState)
    said: Utterance = field(default_factory=Utterance)
    photo: Image | None = None
    k: int = CARDS
    rerank: bool = True


@dataclass(frozen=True, slots=True)
class ItemsOpened:
    """Artifact of ``show_details`` and ``compare_items``: the records asked for."""

    items: tuple[Item, ...]


Runtime = ToolRuntime[TurnContext, AgentState]


@tool(args_schema=SearchArguments, response_format="content_and_artifact")
def search_items(runtime: Runtime, **arguments: object) -> tuple[str, Retrieval]:
    """Search the shop. Every returned item satisfies all conditions; says so when nothing does."""
    return _search(SearchArguments.model_validate(arguments), runtime.context)


class MoreLikeArguments(SearchArguments):
    """A search that starts from an item on the table, with conditions that its likenesses must meet."""

    item_id: str


@tool(args_schema=MoreLikeArguments, response_format="content_and_artifact")
def more_like_this(runtime: Runtime, item_id: str, **arguments: object) -> tuple[str, Retrieval]:
    """Find items that look and read like one item, with the given conditions (another colour, a lower price)."""
    context = runtime.context
    item = context.shop.catalog.get(item_id)
    return _search(SearchArguments.model_validate(arguments), context, item)


@tool(response_format="content_and_artifact")
def something_else(runtime: Runtime) -> tuple[str, Retrieval]:
    """Show other items for the same request, none of them shown before."""
    context = runtime.context
    said = replace(context.said, intent=Intent.SOMETHING_ELSE)
    arguments = SearchArguments.model_validate(search_arguments(context.state, said, context.shop))
    anchor = context.state.need.anchor
    return _search(arguments, context, context.shop.catalog.get(anchor) if anchor else None)


@tool(response_format="content_and_artifact")
def show_details(item_id: str, runtime: Runtime) -> tuple[str, ItemsOpened]:
    """All facts of one item."""
    item = runtime.context.shop.catalog.get(item_id)
    return _line(item), ItemsOpened((item,))


@tool(response_format="content_and_artifact")
def compare_items(item_ids: list[str], runtime: Runtime) -> tuple[str, ItemsOpened]:
    """Put two or three items side by side."""
    items = tuple(runtime.context.shop.catalog.get(item_id) for item_id in item_ids)
    return "\n".join(_line(item) for item in items), ItemsOpened(items)


TOOLS: tuple[BaseTool, ...] = (search_items, more_like_this, something_else, show_details, compare_items)


def _search(arguments: SearchArguments, context: TurnContext, anchor: Item | None = None) -> tuple[str, Retrieval]:
    need, image = context.state.need, context.photo
    if anchor is not None:
        path = context.shop.image(anchor)
        image = open_photo(Path(path)) if path else None
    query = Query(
        text=arguments.text,
        image=image,
        constraints=arguments.constraints(),
        overrides={fact: need.include[fact] for fact in need.changed if fact in need.include},
        history=need.shown,
        names_kind=bool(need.type_values or need.unknown_type),
        turns=(_turn(arguments.text, context.state),),
        wishes=need.preferred,
        rerank=context.rerank,
    )
    answer = context.shop.recommender.recommend(query, _looked_through(arguments, context, anchor))
    if need.unknown_type and query.image is None:
        answer = _only_named(answer, need.unknown_type, query, context.shop)
    nearest = answer.outcome is Outcome.NOTHING_IN_RANGE and arguments.order in (
        Order.NOT_CHEAPEST,
        Order.NOT_DEAREST,
    )
    best = ordered(answer.recommendations, Order.BEST if nearest else arguments.order)  # of those it is told which is
    answer = replace(answer, matches=answer.matches - (len(answer.recommendations) - len(best)))
    if arguments.order is Order.BEST:
        best.sort(key=lambda found: -sum(mentions(found.item, phrase) for phrase in context.said.wished))
    best.sort(key=lambda found: -_liked_in(found.item, need.preferred))
    best = _furthest_first(best, need.furthest, context.shop)
    if anchor is not None:
        best.sort(key=lambda found: _distance(found.item, anchor, bool(need.changed)))
    if need.outfit or need.type_words == MATCHING:
        best = mixed(best)
    if _comes_back(context):
        best = _as_it_lay(best, need.table)
    best = best[: context.k]
    ranked = tuple(replace(found, rank=rank) for rank, found in enumerate(best, start=1))
    trace = answer.trace.led_by([found.item.item_id for found in ranked]) if answer.trace else None
    answer = replace(answer, recommendations=ranked, trace=trace)
    return _summary(answer), answer


def _comes_back(context: TurnContext) -> bool:
    """Whether the talk but goes back to a table: "back to the list", "show them again"."""
    return context.said.return_to and context.said.intent is Intent.SEARCH and not asks(context.said)


def _as_it_lay(found: list[Recommendation], table: tuple[str, ...]) -> list[Recommendation]:
    """The items of a table first, in its order."""
    places = {item_id: place for place, item_id in enumerate(table)}
    return sorted(found, key=lambda each: places.get(each.item.item_id, len(table)))


def _distance(item: Item, anchor: Item, changed: bool) -> int:
    """Where an item stands beside others that are like the anchor.

    With a change ("but in blue") the very style comes first; without one, an item that reads like the anchor, word
    for word, is nothing new and comes last.
    """
    if changed:
        return int(not anchor.item_group_id or item.item_group_id != anchor.item_group_id)
    return int(item.title == anchor.title and item.values("color") == anchor.values("color"))


def _looked_through(arguments: SearchArguments, context: TurnContext, anchor: Item | None) -> int:
    """How many relevant matches the cards are chosen from."""
    need = context.state.need
    if arguments.order is not Order.BEST or need.furthest or anchor is not None or need.unknown_type:
        return POOL
    if need.outfit or need.type_words == MATCHING or _comes_back(context):
        return POOL
    return PREFERENCE_POOL if need.preferred or context.said.wished else context.k


def _furthest_first(found: list[Recommendation], words: str, shop: Shop) -> list[Recommendation]:
    """Those first of which there is most or least of what is measured ("biggest"), as far as that is on record."""
    if not words:
        return found
    word, *about = words.split()
    records = [fact_values(each.item) for each in found]
    furthest = shop.vocabulary.measures.furthest
    recorded = [at for at, record in enumerate(records) if furthest(word, about, [record])]
    best = furthest(word, about, [records[at] for at in recorded]) if recorded else None
    places = [recorded[at] for at in best[1]] if best else []
    return [*(found[at] for at in places), *(each for at, each in enumerate(found) if at not in places)]


def _liked_in(item: Item, preferred: Values) -> int:
    """Of how many facts an item has a value that is preferred."""
    facts = fact_values(item)
    return sum(bool(set(values) & set(facts.get(fact, ()))) for fact, values in preferred.items())


def _turn(text: str, state: DialogueState) -> PastTurn:
    """The dialogue as one message: the request as it stands, the item it starts from, what is liked and refused."""
    need = state.need
    return PastTurn(text, None, (need.anchor,) if need.anchor else (), state.liked, need.rejected)


def _only_named(answer: Retrieval, thing: str, query: Query, shop: Shop) -> Retrieval:
    """Of a thing that is no type of the store, only items that say all of it count as one.

    Words that no record says tell no two things apart ("resistance" band). Where none says all others, those that
    say most of it or what it ends on merely come nearest; where none of them passes, those that miss least do.
    """
    words = _telling(thing.split(), shop)
    said = shop.facts.says(words)
    whole = said >= WHOLLY_SAID
    near = whole if whole.any() else said >= SAID_FLOOR
    if not near.any() and shop.is_thing(thing):
        near = shop.facts.says(words[-1:]) >= SAID_FLOOR
    if answer.outcome is Outcome.NOT_CARRIED and not whole.any():
        return answer
    passing = near & shop.facts.allowed(query.constraints)
    near_ids = {shop.facts.item_ids[at] for at in near.nonzero()[0]}
    if near_ids and not any(each.item.item_id in near_ids for each in answer.recommendations):
        others = (item_id for item_id in shop.facts.item_ids if item_id not in near_ids)
        left_out = (*query.constraints.exclude_items, *others)
        limits = replace(query.constraints, exclude_items=left_out)
        narrowed = replace(query, text=" ".join(words), constraints=limits)
        answer = shop.recommender.recommend(narrowed, POOL)
    kept = tuple(each for each in answer.recommendations if each.item.item_id in near_ids)
    if kept and whole.any():
        found = answer.outcome is Outcome.FOUND
        return replace(answer, recommendations=kept, matches=int(passing.sum()) if found else answer.matches)
    relaxed = tuple(dict.fromkeys((*answer.relaxed, "category")))
    nearest = kept or answer.recommendations
    return replace(answer, outcome=Outcome.NOTHING_IN_RANGE, relaxed=relaxed, matches=0, recommendations=nearest)


def _telling(words: list[str], shop: Shop) -> list[str]:
    """The words that any record says, where the last one is among them; else all."""
    said = [word for word in words if shop.facts.says([word]).any()]
    return said if words[-1] in said[-1:] else words


def _summary(answer: Retrieval) -> str:
    lines = [f"outcome: {answer.outcome}, {answer.matches} matches"]
    if answer.outcome is Outcome.NOTHING_IN_RANGE:
        lines.append(f"nearest items, differing in: {', '.join(answer.relaxed)}")
    return "\n".join([*lines, *(_line(found.item) for found in answer.recommendations)])


def _line(item: Item) -> str:
    facts = "; ".join(f"{fact}: {', '.join(values)}" for fact, values in item.attributes.items())
    return f"[{item.item_id}] {item.title}, {money(item.price_now, item.currency)}, {item.availability}; {facts}"
