"""Measure the embedded encoder on pictures it was never trained on: ``python -m training.evaluate_encoder``.

Every figure ranks the pictures of one domain's ``test`` part, with pictures alone in the index. "Type" and "colour
type" ask with the words for what a shopper would type and count pictures of that type (and colour) as right; only
queries with at least ``MIN_RELEVANT`` right answers are asked, each once. "Own name" asks with a product's name for
its own picture. "Photo to product" asks with a phone photo for the clean picture of the same grocery.

This module trains nothing; ``--part dev`` gives the figures to choose by.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch

from retrievers.base import Vectors
from retrievers.encoders import HEAD_FILE
from retrievers.image_tower import LOOK_DIM, class_logits, load_head, load_trunk
from retrievers.minilm import MiniLMTexts
from store.weights import LITE0, MINILM, fetch
from training.encoder_data import DOMAINS, Part, Picture, is_held_out_grocery, load_colourways, load_pictures
from training.encoder_features import encoder_arguments, features_of
from training.metrics import ranking_metrics
from training.text_cache import encode_cached

MIN_RELEVANT = 10
DEPTH = 100


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table."""

    domain: str
    question: str
    measure: str
    value: float
    low: float  # 95% bootstrap interval over the queries
    high: float
    queries: int
    pictures: int


@dataclass(frozen=True, slots=True)
class Gallery:
    """Pictures of one domain with their vectors, and how to encode the texts that ask for them."""

    pictures: Sequence[Picture]
    vectors: Vectors
    encode: Callable[[Sequence[str]], Vectors]

    def measure(
        self,
        question: str,
        measure: str,
        queries: Vectors,
        relevant: Sequence[Sequence[int]],
        asking: Sequence[int] | None = None,
    ) -> Figure:
        """Rank all pictures for each query; ``relevant`` lists the right rows of each.

        ``asking`` are the rows of the queries where they are pictures of the gallery: none finds itself.
        """
        scores = queries @ self.vectors.T
        if asking is not None:
            scores[np.arange(len(asking)), asking] = -np.inf
        best = np.argsort(-scores, axis=1)[:, :DEPTH]
        qrels = {str(query): {str(row): 1 for row in rows} for query, rows in enumerate(relevant)}
        rankings = {str(query): [str(row) for row in rows] for query, rows in enumerate(best)}
        found = ranking_metrics(qrels, rankings)
        low, high = found["ci95"][measure]
        domain = self.pictures[0].domain
        return Figure(domain, question, measure, found[measure], low, high, len(relevant), len(self.pictures))

    def by_words(self, question: str, kind: str, key: Callable[[Picture], object]) -> Figure | None:
        """P@10 of the text of ``kind``, once for each value of ``key`` that enough pictures have."""
        rows_of: dict[object, list[int]] = {}
        for row, picture in enumerate(self.pictures):
            if kind in picture.texts:
                rows_of.setdefault(key(picture), []).append(row)
        asked = [rows for rows in rows_of.values() if len(rows) >= MIN_RELEVANT]
        if not asked:
            return None
        texts = [self.pictures[rows[0]].texts[kind] for rows in asked]
        return self.measure(question, "p@10", self.encode(texts), asked)

    def own_text(self, question: str, kind: str) -> Figure | None:
        """R@10 of each picture by its own text; pictures of the same item count as the same answer."""
        asked = [row for row, picture in enumerate(self.pictures) if kind in picture.texts]
        if not asked:
            return None
        rows_of: dict[str, list[int]] = {}
        for row, picture in enumerate(self.pictures):
            rows_of.setdefault(picture.item_id, []).append(row)
        first = {self.pictures[row].item_id: row for row in reversed(asked)}
        texts = [self.pictures[row].texts[kind] for row in first.values()]
        return self.measure(question, "recall@10", self.encode(texts), [rows_of[item] for item in first])


def shop_figures(gallery: Gallery) -> list[Figure]:
    """Type, colour type and own name, as far as the domain has them."""
    found = [
        gallery.by_words("type", "type", lambda picture: picture.label),
        gallery.by_words("colour type", "colour type", lambda picture: (picture.label, picture.texts["colour type"])),
        gallery.own_text("own name", "name"),
        gallery.own_text("own name without brand", "name without brand"),
    ]
    return [figure for figure in found if figure is not None]


def other_colour(gallery: Gallery, pairs: Sequence[tuple[str, str]]) -> list[Figure]:
    """A product's picture asks for the same product in its other colours, among all pictures of the part."""
    row_of = {picture.item_id: row for row, picture in enumerate(gallery.pictures)}
    others: dict[int, list[int]] = {}
    for one, other in pairs:
        if one in row_of and other in row_of:
            others.setdefault(row_of[one], []).append(row_of[other])
    if not others:
        return []
    asking = list(others)
    question = "photo to the same product in another colour"
    return [gallery.measure(question, "recall@10", gallery.vectors[asking], list(others.values()), asking)]


def grocery_figures(clean: Gallery, photos: Gallery) -> list[Figure]:
    """Phone photos to clean pictures, for groceries with and without training photos, and names to clean pictures."""
    rows = {picture.label: row for row, picture in enumerate(clean.pictures)}
    figures = []
    for question, held_out in (("photo to product", False), ("photo to product, class never seen", True)):
        asked = [row for row, each in enumerate(photos.pictures) if is_held_out_grocery(each.label) is held_out]
        answers = [[rows[photos.pictures[row].label]] for row in asked]
        figures.append(clean.measure(question, "recall@1", photos.vectors[asked], answers))
    kinds = photos.by_words("kind of grocery to phone photo", "type", lambda picture: picture.texts["type"])
    own = clean.own_text("own name (most were trained on)", "name")
    return figures + [figure for figure in (kinds, own) if figure is not None]


def evaluate(
    pictures: Sequence[Picture],
    part: Part,
    pairs: Sequence[tuple[str, str]],
    vectors_of: Callable[[Sequence[Picture]], Vectors],
    encode: Callable[[Sequence[str]], Vectors],
) -> list[Figure]:
    """All figures of one part."""
    figures = []
    for domain in DOMAINS:
        chosen = [picture for picture in pictures if picture.domain == domain and picture.part == part]
        if not chosen:
            continue
        if domain != "grocery":
            gallery = Gallery(chosen, vectors_of(chosen), encode)
            figures += shop_figures(gallery) + other_colour(gallery, pairs)
            continue
        photos = [row for row, picture in enumerate(chosen) if picture.photo]
        asked = Gallery([chosen[row] for row in photos], vectors_of(chosen)[photos], encode)
        figures += grocery_figures(_clean_gallery(pictures, vectors_of, encode), asked)
    return figures


def _clean_gallery(
    pictures: Sequence[Picture],
    vectors_of: Callable[[Sequence[Picture]], Vectors],
    encode: Callable[[Sequence[str]], Vectors],
) -> Gallery:
    """The clean pictures of all groceries, whatever part they are in."""
    chosen, vectors = [], []
    for part in ("train", "test"):
        of_part = [picture for picture in pictures if picture.domain == "grocery" and picture.part == part]
        rows = [row for row, picture in enumerate(of_part) if not picture.photo]
        chosen += [of_part[row] for row in rows]
        vectors.append(vectors_of(of_part)[rows])
    return Gallery(chosen, np.concatenate(vectors), encode)


def as_table(figures: Sequence[Figure]) -> str:
    """The figures in Markdown."""
    lines = [
        "| domain | question | measure | value | 95% | queries | pictures |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for each in figures:
        interval = f"{each.low:.3f} to {each.high:.3f}"
        numbers = f"{each.value:.3f} | {interval} | {each.queries} | {each.pictures}"
        lines.append(f"| {each.domain} | {each.question} | {each.measure} | {numbers} |")
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> None:
    """Print the table, and the JSON where a file is named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    encoder_arguments(parser)
    parser.add_argument("--head", type=Path, default=HEAD_FILE)
    parser.add_argument("--part", choices=("dev", "test"), default="test")
    parser.add_argument("--domain", action="append", choices=DOMAINS, help="only these (may be repeated)")
    parser.add_argument("--json", type=Path, help="write the figures here as well")
    args = parser.parse_args(argv)
    trunk = load_trunk(fetch(LITE0, args.models) / LITE0.model_file)
    texts = MiniLMTexts(fetch(MINILM, args.models))
    head = load_head(args.head)

    def vectors_of(pictures: Sequence[Picture]) -> Vectors:
        features = torch.from_numpy(features_of(trunk, pictures, 0, args.features)).float()
        with torch.inference_mode():
            vectors: Vectors = head(features, class_logits(trunk, features)).numpy()
        return vectors

    def encode(queries: Sequence[str]) -> Vectors:
        return np.pad(encode_cached(texts, queries, args.features), ((0, 0), (0, LOOK_DIM)))

    pictures = [each for each in load_pictures(args.data, args.demo) if each.domain in (args.domain or DOMAINS)]
    figures = evaluate(pictures, args.part, load_colourways(args.data), vectors_of, encode)
    print(as_table(figures))
    if args.json:
        rows: list[Mapping[str, object]] = [asdict(figure) for figure in figures]
        args.json.write_text(json.dumps(rows, indent=1), "utf-8")


if __name__ == "__main__":
    main()
