"""Queries for any store whose right answers its own records tell: ``python -m training.attribute_queries``.

Each asks for a kind of thing with two facts ("loafers for women, suede and brown"); right is every item that holds
all three, as LIMIT asks of embeddings (arXiv:2508.21038). With ``--photos`` each is the picture of an item and a
colour in which its style exists too; right are the items of that style and colour. The wordings are none of those
that generators are trained with (``synthetic_queries.py``). Written in BEIR form, for ``python app.py evaluate
retrieval``.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from retrievers.item_text import telling_facts
from store.catalog import Catalog
from store.schemas import Item

MOST_RIGHT = 40  # a query that more items answer asks for nothing
TRIES = 40  # draws for each query that is wanted
FORMS = (
    "which {kind} do you stock that are {one} as well as {other}",
    "my order: {kind}, {other}, {one}",
    "{kind} / {one} / {other}",
    "it should be {one} and {other}, and it should be {kind}",
)


@dataclass(frozen=True, slots=True)
class AttributeQuery:
    """Words, the ids of the items that hold what they ask for, and the item whose picture comes with them, if any."""

    text: str
    right: tuple[str, ...]
    pictured: str = ""


def draw(items: Sequence[Item], count: int, seed: int) -> list[AttributeQuery]:
    """Different queries, at most ``count``; fewer where the store's facts do not give them."""
    rng = random.Random(seed)
    found: dict[tuple[str, ...], AttributeQuery] = {}
    for _ in range(count * TRIES):
        item = rng.choice(items)
        facts = _facts(item)
        if len(found) == count:
            break
        if len(facts) < 2 or not item.category:
            continue
        (name, value), (other_name, other_value) = sorted(rng.sample(sorted(facts.items()), 2))
        key = (item.category, name, value, other_name, other_value)
        right = tuple(i.item_id for i in items if i.category == item.category and _holds(i, key))
        if key not in found and len(right) <= MOST_RIGHT:
            text = rng.choice(FORMS).format(kind=item.category, one=value, other=other_value).lower()
            found[key] = AttributeQuery(text, right)
    return list(found.values())


def draw_with_photos(items: Sequence[Item], count: int, seed: int) -> list[AttributeQuery]:
    """A picture and another colour of the same style; at most ``count``, in a drawn order."""
    styles: dict[str, list[Item]] = {}
    for item in items:
        if item.item_group_id and item.image_paths and item.values("color"):
            styles.setdefault(item.item_group_id, []).append(item)
    found = []
    for style in styles.values():
        colors = {item.item_id: item.values("color")[0] for item in style}
        for item in style:
            for color in sorted(set(colors.values()) - {colors[item.item_id]}):
                right = tuple(other for other, theirs in colors.items() if theirs == color)
                found.append(AttributeQuery(f"can I get that one made in {color.lower()}", right, item.item_id))
    return random.Random(seed).sample(found, min(count, len(found)))


def _facts(item: Item) -> dict[str, str]:
    """The first value of each fact that tells something, the colour among them."""
    color = {"color": item.values("color")[0]} if item.values("color") else {}
    return {**color, **{name: values[0] for name, values in telling_facts(item).items()}}


def _holds(item: Item, key: tuple[str, ...]) -> bool:
    _, name, value, other_name, other_value = key
    facts = {"color": item.values("color"), **telling_facts(item)}
    return value in facts.get(name, ()) and other_value in facts.get(other_name, ())


def main(argv: Sequence[str] | None = None) -> None:
    """Write ``queries.jsonl`` and ``qrels.tsv``."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True, help="MERCER_HOME of the store")
    parser.add_argument("--store", required=True)
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--photos", action="store_true", help="pictures with another colour instead of two facts")
    args = parser.parse_args(argv)
    catalog = Catalog.open(args.home, args.store)
    queries = (draw_with_photos if args.photos else draw)(catalog.items, args.count, args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(_record(f"a{at}", query, catalog)) for at, query in enumerate(queries)]
    (args.out / "queries.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    grades = [f"a{at}\t{item_id}\t1" for at, query in enumerate(queries) for item_id in query.right]
    (args.out / "qrels.tsv").write_text("\n".join(["query-id\tcorpus-id\tscore", *grades]) + "\n", "utf-8")
    print(f"{len(queries)} queries, {len(grades) / max(1, len(queries)):.1f} right answers each")


def _record(query_id: str, query: AttributeQuery, catalog: Catalog) -> dict[str, str]:
    record = {"_id": query_id, "text": query.text}
    picture = catalog.image_path(catalog.get(query.pictured)) if query.pictured else None
    return record | ({"image": str(picture)} if picture else {})


if __name__ == "__main__":
    main()
