"""Queries for any store whose right answers its own records tell: ``python -m training.attribute_queries``.

Each asks for a kind of thing with two facts ("loafers for women, suede and brown"); right is every item that holds
all three, as LIMIT asks of embeddings (arXiv:2508.21038). With ``--photos`` each is the picture of an item and a
colour in which its style exists too; right are the items of that style and colour. Which items are of one style says
the catalog, or ``--pairs``, a TSV of two item ids a line. The wordings are none of those
that generators are trained with (``synthetic_queries.py``). Written in BEIR form, for ``python app.py evaluate
retrieval``.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
from collections.abc import Iterable, Sequence
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


def draw_with_photos(
    items: Sequence[Item], styles: Iterable[set[str]], count: int, seed: int
) -> list[AttributeQuery]:
    """A picture and another colour of the same style; at most ``count``, in a drawn order."""
    pictured = {item.item_id: item for item in items if item.image_paths and item.values("color")}
    found = []
    for style in styles:
        colors = {item_id: pictured[item_id].values("color")[0] for item_id in sorted(style & pictured.keys())}
        for item_id, own in colors.items():
            for color in sorted(set(colors.values()) - {own}):
                right = tuple(other for other, theirs in colors.items() if theirs == color)
                found.append(AttributeQuery(f"can I get that one made in {color.lower()}", right, item_id))
    return random.Random(seed).sample(found, min(count, len(found)))


def styles_of(items: Sequence[Item]) -> list[set[str]]:
    """The ids of the items of each style that the catalog names."""
    styles: dict[str, set[str]] = {}
    for item in items:
        if item.item_group_id:
            styles.setdefault(item.item_group_id, set()).add(item.item_id)
    return list(styles.values())


def styles_in(pairs: Path) -> list[set[str]]:
    """The ids of each style of a file of pairs: of each first item with all its second ones."""
    styles: dict[str, set[str]] = {}
    with pairs.open(encoding="utf-8", newline="") as file:
        for one, other, *_ in csv.reader(file, delimiter="\t"):
            styles.setdefault(one, {one}).add(other)
    return list({frozenset(style): style for style in styles.values()}.values())


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
    parser.add_argument("--pairs", type=Path, help="with --photos: items of one style, two ids a line")
    args = parser.parse_args(argv)
    items = (catalog := Catalog.open(args.home, args.store)).items
    if args.photos:
        styles = styles_in(args.pairs) if args.pairs else styles_of(items)
        queries = draw_with_photos(items, styles, args.count, args.seed)
    else:
        queries = draw(items, args.count, args.seed)
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
