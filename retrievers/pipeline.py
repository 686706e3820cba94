"""Opens what ranks a store: the plain hybrid, and around it the generator where the store has one."""

from __future__ import annotations

from pathlib import Path

from retrievers.base import Encoder
from retrievers.dialogue_prefix import ItemFeatures
from retrievers.full import FullRetriever
from retrievers.generative import FILE, GenerativeRetriever
from retrievers.hybrid import HybridRetriever
from retrievers.judge import JudgePanel
from retrievers.minilm import WordPieces
from retrievers.reranker import BUDGET_MS, Reranker
from store.catalog import Catalog
from store.facts import FactTable
from store.weights import MINILM, fetch

COMMITTED = Path(__file__).resolve().parent.parent / "assets" / "models"


def generator_file(folder: Path) -> Path | None:
    """The generator of the store in ``folder``: trained here, else shipped with Mercer; None without either."""
    candidates = (folder / FILE, COMMITTED / f"generator_{folder.name}.safetensors")
    return next((path for path in candidates if path.exists()), None)


def open_generative(
    file: Path, catalog: Catalog, hybrid: HybridRetriever, encoder: Encoder, models_dir: Path
) -> GenerativeRetriever:
    """The generator in ``file`` over a store's present items.

    Raises
    ------
    GeneratorError
        The file is damaged, or belongs to another encoder or another store.
    """
    pieces = WordPieces(fetch(MINILM, models_dir))
    ids = [item.item_id for item in catalog.items]
    features = ItemFeatures.of(hybrid.text.vectors, hybrid.image.vectors)
    return GenerativeRetriever.open(file, catalog.name, encoder.fingerprint, ids, features, pieces)


def full_over(
    generative: GenerativeRetriever,
    hybrid: HybridRetriever,
    facts: FactTable,
    joined: bool = True,
    budget_ms: float = BUDGET_MS,
    panel: JudgePanel | None = None,
) -> FullRetriever:
    """The whole pipeline, with the reranking that was learned with the generator."""
    reranking = generative.reranking
    reranker = Reranker(reranking.powers, reranking.sharpness, budget_ms, panel, reranking.words_trust)
    return FullRetriever(generative, hybrid, facts, reranker, joined)
