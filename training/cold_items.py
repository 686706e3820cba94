"""How well items that came after training are found: ``python -m training.cold_items --home HOME --store NAME ...``.

A generator's file knows the items that it was trained on. Every judgement of a query set is about one of them or
about a later item; each kind is measured on its own, over the same rankings of the whole catalog.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from tqdm import tqdm

from retrievers.base import Query
from retrievers.encoders import EMBEDDED, load_encoder
from retrievers.errors import GeneratorError
from retrievers.generative import Model, id_hashes, rebuild
from retrievers.pipeline import generator_file
from training.beir import Qrels, judged_arguments, read_qrels, read_queries
from training.bench import Answer, Bench, open_store, open_systems
from training.bench_files import read_photo
from training.measuring import summary, table


def split(qrels: Qrels, known: set[str]) -> tuple[Qrels, Qrels]:
    """The judgements about known items, and those about later ones."""

    def about(wanted: bool) -> Qrels:
        kept = {q: {i: g for i, g in grades.items() if (i in known) is wanted} for q, grades in qrels.items()}
        return {query: grades for query, grades in kept.items() if grades}

    return about(True), about(False)


def known_items(file: Path, item_ids: Sequence[str]) -> set[str]:
    """Those of some items that a generator was trained on."""
    trained = torch.isin(id_hashes(item_ids), Model.load(file).known).tolist()
    return {item_id for item_id, known in zip(item_ids, trained, strict=True) if known}


def report(qrels: Qrels, answers: Mapping[str, Mapping[str, Answer]]) -> list[tuple[str, dict[str, object]]]:
    """A row of figures for each system, over the queries of ``qrels``."""
    systems = list(next(iter(answers.values())))
    return [(name, summary(qrels, {query: answers[query][name] for query in qrels})) for name in systems]


def main(argv: Sequence[str] | None = None) -> None:
    """Print two tables: items trained on, and later ones."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True, help="MERCER_HOME of the store")
    parser.add_argument("--store", required=True)
    judged_arguments(parser)
    args = parser.parse_args(argv)
    store = open_store(args.store, args.home, load_encoder(EMBEDDED, args.home / "models"), None, progress=False)
    file = generator_file(store.folder)
    if file is None:
        raise GeneratorError(f"Store {args.store!r} has no generator yet; {rebuild(args.store)}")
    qrels, bench = read_qrels(args.qrels), Bench(store, open_systems(store, None))
    answers = {
        query.query_id: bench.ask(Query(query.text, read_photo(query.image_path)))
        for query in tqdm(read_queries(args.queries), desc="queries")
        if query.query_id in qrels
    }
    known, later = split(qrels, known_items(file, store.facts.item_ids))
    print(table(f"items trained on, {len(known)} queries", report(known, answers)))
    print(table(f"items added later, {len(later)} queries", report(later, answers)))


if __name__ == "__main__":
    main()
