"""What each part of the pipeline is worth: ``python -m training.ablation --home HOME --store NAME ...``.

The whole pipeline of a trained store is measured beside itself with one part switched off, over judged queries
(``--queries --qrels``) or over dialogues after their last turn (``--sessions``), and then with a part of what was
asked taken away. Evaluators keep the powers that were fitted with all of them at work: what leaving one out costs is
what it costs without fitting the others anew. Of dialogues nothing is understood but the words as they are, so no
constraint does an evaluator's work. Beside each figure stands its interval, and beside each MRR that of its
difference to the whole pipeline's, query by query.

This module does not know how an evaluator judges.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from retrievers.base import Candidate, EncodedQuery, PastTurn, Query, Retriever
from retrievers.encoders import EMBEDDED, load_encoder
from retrievers.full import FullRetriever, Pool
from retrievers.generative import GenerativeRetriever
from retrievers.gqr import GuidedRefinement
from retrievers.hybrid import HybridRetriever
from retrievers.pipeline import full_over
from retrievers.reranker import Reranker
from store.catalog import Catalog
from training.beir import Qrels, read_judged
from training.bench import DEPTH, Bench, OpenStore, open_generator, open_store
from training.bench_files import read_photo
from training.dialogues import asked, so_far, words_of_now
from training.metrics import bootstrap_interval, values_by_query
from training.sessions import read_sessions

WHOLE = "the whole pipeline"
COLUMNS = ("mrr", "ndcg@10", "recall@10")

Turns = tuple[PastTurn, ...]
Cut = Callable[[Turns], Turns]
Rankings = dict[str, Sequence[str]]  # item ids, best first, by question


def _of_each(**without: object) -> Cut:
    return lambda turns: tuple(replace(turn, **without) for turn in turns)  # type: ignore[arg-type]


CUTS: dict[str, Cut] = {
    "without images": _of_each(image=None),
    "without words": _of_each(text=""),
    "without history: the last turn alone": lambda turns: turns[-1:],
    "without shown items": _of_each(shown=()),
    "without liked items": _of_each(liked=()),
    "without refused items": _of_each(rejected=()),
}


class RefinedHybrid(HybridRetriever):
    """The plain hybrid with guided query refinement in place of both dense searches."""

    def _dense(self) -> Sequence[Retriever]:
        return (GuidedRefinement(self.text, self.image, self.lexical),)


class LastPool:
    """The candidates of the last query, found once for all who rerank them."""

    def __init__(self, full: FullRetriever) -> None:
        self._full = full
        self._last: tuple[EncodedQuery, Pool] | None = None

    def of(self, query: EncodedQuery) -> Pool:
        """Candidates with their base scores."""
        if self._last is None or self._last[0] is not query:
            self._last = query, self._full.pool(query, DEPTH, {})
        return self._last[1]


class Reranked:
    """One way to rerank a pool."""

    def __init__(self, name: str, pool: LastPool, reranker: Reranker, item_ids: Sequence[str]) -> None:
        self.name = name
        self._pool = pool
        self._reranker = reranker
        self._item_ids = item_ids

    def retrieve(self, query: EncodedQuery, k: int) -> list[Candidate]:
        """The k best candidates after reranking."""
        pool = self._pool.of(query)
        weighed = self._reranker.rerank(pool.evidence, pool.log_scores)
        return [
            Candidate(self._item_ids[pool.positions[at]], float(weighed.scores[at]), self.name)
            for at in weighed.order[:k]
        ]


def variants(store: OpenStore, generative: GenerativeRetriever) -> dict[str, Retriever]:
    """The whole pipeline first, then with one part switched off or standing alone."""
    powers, sharpness = generative.reranking.powers, generative.reranking.sharpness
    trust = generative.reranking.words_trust
    joined, beams = (LastPool(full_over(generative, store.hybrid, store.facts, joined)) for joined in (True, False))
    hybrid = RefinedHybrid(store.hybrid.text, store.hybrid.image, store.hybrid.lexical)
    refined = LastPool(FullRetriever(generative, hybrid, store.facts, Reranker(powers, sharpness, words_trust=trust)))
    made: dict[str, tuple[LastPool, Mapping[str, float]]] = {
        WHOLE: (joined, powers),
        "GQR proposes in place of dense search": (refined, powers),
        "not joined: beams alone": (beams, powers),
        "no reranking": (joined, {}),
        "not joined, no reranking": (beams, {}),
    }
    for name, power in powers.items():
        rest = {other: value for other, value in powers.items() if other != name}
        made[f"without “{name}” (power {power:.2f})"] = joined, rest
    made |= {f"“{name}” alone": (joined, {name: power}) for name, power in powers.items()}
    found: dict[str, Retriever] = {
        name: Reranked(name, pool, Reranker(weights, sharpness, math.inf, words_trust=trust), store.facts.item_ids)
        for name, (pool, weights) in made.items()
    }
    return found | {
        "the plain hybrid": store.hybrid,
        "GQR": GuidedRefinement(hybrid.text, hybrid.image, hybrid.lexical),
    }


class Questions:
    """What is asked, with or without a part of it, and what is right."""

    def __init__(self, dialogues: Mapping[str, Turns], grades: Qrels, alone: bool) -> None:
        self.grades = grades
        self._dialogues = dialogues
        self._alone = alone

    @classmethod
    def of_queries(cls, queries: Path, qrels: Path) -> Questions:
        """Judged queries: each is one message that stands alone."""
        judged, grades = read_judged(queries, qrels)
        photos = {q.query_id: read_photo(q.image_path) for q in judged}
        return cls({q.query_id: (PastTurn(q.text, photos[q.query_id]),) for q in judged}, grades, alone=True)

    @classmethod
    def of_sessions(cls, sessions: Path, catalog: Catalog) -> Questions:
        """Dialogues after their last turn."""
        read = read_sessions(sessions)
        dialogues = {session.session_id: [*so_far(session, catalog)][-1] for session in read}
        return cls(dialogues, {session.session_id: {session.target: 1} for session in read}, alone=False)

    def rankings(self, bench: Bench) -> dict[str, Rankings]:
        """What each system of a bench finds."""
        found: dict[str, Rankings] = {name: {} for name in bench.systems}
        for name, turns in tqdm(self._dialogues.items(), unit="question"):
            for system, answer in bench.ask(self._query(name, turns, turns)).items():
                found[system][name] = answer.item_ids
        return found

    def cut_rankings(self, bench: Bench, cut: Cut, whole: Rankings) -> Rankings:
        """What the whole pipeline finds after a cut; ``whole`` is what it finds without, as where nothing is cut."""
        found = dict(whole)
        for name, turns in tqdm(self._dialogues.items(), unit="question"):
            said = cut(turns)
            if said != turns:
                found[name] = bench.ask(self._query(name, turns, said))[WHOLE].item_ids
        return found

    def _query(self, name: str, turns: Turns, said: Turns) -> Query:
        """What was on the table stays out of the ranking, also where it is not told."""
        if self._alone:
            return words_of_now(said)
        return replace(asked(words_of_now(said), turns, *self.grades[name]), turns=said)


def table(found: Mapping[str, Rankings], grades: Qrels) -> str:
    """A line for each variant, in Markdown."""
    values = {name: values_by_query(grades, rankings) for name, rankings in found.items()}
    lines = ["| | MRR (95%) | less than the whole (95%) | nDCG@10 (95%) | R@10 (95%) |", "| --- |" + " ---: |" * 4]
    for name, of in values.items():
        mrr, ndcg, recall = (f"{of[c].mean():.3f} {_interval(of[c])}" for c in COLUMNS)
        missing = values[WHOLE]["mrr"] - of["mrr"]
        less = f"{missing.mean():.3f} {_interval(missing)}"
        lines.append(f"| {name} | {mrr} | {less} | {ndcg} | {recall} |")
    return "\n".join(lines)


def _interval(values: NDArray[np.float64]) -> str:
    low, high = bootstrap_interval(values)
    return f"({low:.3f} to {high:.3f})"


def ablate(store: OpenStore, questions: Questions) -> str:
    """The table of a store with a generator."""
    bench = Bench(store, variants(store, open_generator(store)))
    found = questions.rankings(bench)
    whole = Bench(store, {WHOLE: bench.systems[WHOLE]})
    for name, cut in CUTS.items():
        found[name] = questions.cut_rankings(whole, cut, found[WHOLE])
    return table(found, questions.grades)


def main(argv: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True, help="MERCER_HOME of the store")
    parser.add_argument("--store", required=True)
    parser.add_argument("--queries", type=Path, help="as for: python app.py evaluate retrieval")
    parser.add_argument("--qrels", type=Path)
    parser.add_argument("--sessions", type=Path, help="as for: python app.py evaluate dialogue")
    args = parser.parse_args(argv)
    if bool(args.sessions) == bool(args.queries) or bool(args.queries) != bool(args.qrels):
        parser.error("give --queries and --qrels, or --sessions")
    store = open_store(args.store, args.home, load_encoder(EMBEDDED, args.home / "models"), None, progress=False)
    if args.sessions:
        questions = Questions.of_sessions(args.sessions, store.catalog)
    else:
        questions = Questions.of_queries(args.queries, args.qrels)
    print(ablate(store, questions))


if __name__ == "__main__":
    main()
