"""Train the head of the image tower: ``python -m training.train_encoder --data ../shared/data``.

Pictures are pulled towards MiniLM's vectors of what can be said about them: in each step every picture gets one of
its texts, drawn by kind ("type", "colour type", name, ...), and the contrast is between all pictures and all texts of
the batch, both ways (InfoNCE, van den Oord et al. 2018, arXiv:1807.03748; pictures with the same text share the
target). The trunk stays frozen, so its features are computed once and kept in ``--features``.

Only the ``train`` part is fitted. ``--leave-out DOMAIN`` trains without a domain, to see what happens to a shop whose
like was never seen.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from torch import Tensor, nn
from tqdm import trange

from retrievers.encoders import HEAD_FILE
from retrievers.image_tower import DOUBT, LOOK_DIM, Head, class_logits, load_trunk
from retrievers.lite0 import LAST_CHANNELS, Lite0
from retrievers.minilm import MiniLMTexts
from store.weights import LITE0, MINILM, fetch
from training.encoder_data import Picture, load_pictures
from training.encoder_features import encoder_arguments, features_of
from training.imagenet_words import class_words
from training.text_cache import encode_cached

DOMAIN_SHARES = {"myntra": 0.45, "small": 0.20, "grocery": 0.15, "luma": 0.06, "demo": 0.14}
VIEWS = {"myntra": 2, "small": 2, "grocery": 3, "luma": 2, "demo": 2}  # how many, the clean one among them
KIND_WEIGHTS = {
    "type": 1.5,
    "type as written": 0.5,
    "category": 0.5,
    "colour type": 3.0,
    "family type": 1.0,
    "full": 1.5,
    "name": 3.0,
    "name without brand": 1.0,
    "name type": 2.0,
    "colour name": 1.0,
    "description": 0.5,
    "note": 0.5,
}
BATCH = 512
SAMPLE = 8192  # pictures that stand for all
FAMILIAR_SHARE = 0.99  # of them count as familiar
PEAK_LEARNING_RATE = 2e-3
WEIGHT_DECAY = 0.05
FIRST_SCALE, LAST_SCALE = 20.0, 100.0  # inverse temperature of the contrast: learned, from and at most


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """Every view of every training picture, and the texts of each.

    ``texts_of`` holds for each row the numbers of its texts in ``vectors``, padded with -1; ``weights`` how often
    each is drawn.
    """

    features: NDArray[np.float16]  # (rows, FEATURE_DIM)
    rows_of: dict[str, NDArray[np.int64]]  # by domain
    texts_of: NDArray[np.int64]  # (rows, texts)
    weights: NDArray[np.float64]  # (rows, texts), rows sum to 1
    vectors: Tensor  # (texts, DIM)


def build_training_set(pictures: Sequence[Picture], trunk: Lite0, encoder: MiniLMTexts, cache: Path) -> TrainingSet:
    """Features and text vectors of the ``train`` part, from the cache where they are there."""
    blocks: list[NDArray[np.float16]] = []
    shown: list[Picture] = []
    rows_of: dict[str, NDArray[np.int64]] = {}
    for domain in DOMAIN_SHARES:
        in_domain = [picture for picture in pictures if picture.domain == domain and picture.part == "train"]
        if not in_domain:
            continue
        start = len(shown)
        for view in range(VIEWS[domain]):
            blocks.append(features_of(trunk, in_domain, view, cache))
            shown += in_domain
        rows_of[domain] = np.arange(start, len(shown))
    texts = sorted({text for picture in shown for text in picture.texts.values()})
    number = {text: row for row, text in enumerate(texts)}
    most = max(len(picture.texts) for picture in shown)
    texts_of = np.full((len(shown), most), -1)
    weights = np.zeros((len(shown), most))
    for row, picture in enumerate(shown):
        kinds = list(picture.texts)
        texts_of[row, : len(kinds)] = [number[picture.texts[kind]] for kind in kinds]
        weights[row, : len(kinds)] = [KIND_WEIGHTS[kind] for kind in kinds]
    vectors = torch.from_numpy(encode_cached(encoder, texts, cache))
    return TrainingSet(np.concatenate(blocks), rows_of, texts_of, weights / weights.sum(1, keepdims=True), vectors)


def train_head(data: TrainingSet, trunk: Lite0, words: Tensor, hidden: int, steps: int, seed: int) -> Head:
    """The head after ``steps`` batches of AdamW under a one-cycle learning rate."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    head = Head(hidden, dropout=0.3)
    head.class_words.copy_(words)
    describe_training_pictures(head, torch.from_numpy(data.features[_draw_rows(data, rng, SAMPLE)]).float())
    log_scale = nn.Parameter(torch.tensor(FIRST_SCALE).log())
    optimiser = torch.optim.AdamW([*head.parameters(), log_scale], PEAK_LEARNING_RATE, weight_decay=WEIGHT_DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, PEAK_LEARNING_RATE, total_steps=steps)
    bar = trange(steps, desc="head", mininterval=5)
    for _ in bar:
        rows = _draw_rows(data, rng, BATCH)
        targets = _draw_texts(data, rng, rows)
        features = torch.from_numpy(data.features[rows]).float()
        with torch.no_grad():
            logits = class_logits(trunk, features)
        scale = log_scale.exp().clamp(max=LAST_SCALE)
        loss = contrast(head.words(features, logits), data.vectors[targets], torch.from_numpy(targets), scale)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        schedule.step()
        bar.set_postfix(loss=round(loss.item(), 3), refresh=False)
    return head.eval()


@torch.no_grad()
def describe_training_pictures(head: Head, sample: Tensor) -> None:
    """Set the mean, spread and components of the training pictures, and where the unfamiliar begins."""
    head.mean.copy_(sample.mean(0))
    head.spread.copy_(sample.std(0).clamp_min(1e-3))
    standard = head.standardise(sample)
    impression = standard[:, :LAST_CHANNELS]
    head.components.copy_(torch.pca_lowrank(impression, q=LOOK_DIM, center=False, niter=4)[2])
    head.component_gains.copy_((impression @ head.components).std(0).clamp_min(1e-3).rsqrt())
    head.unfamiliar.fill_(float(head.unexplained(standard).quantile(FAMILIAR_SHARE)) + DOUBT)


def contrast(images: Tensor, texts: Tensor, targets: Tensor, scale: Tensor) -> Tensor:
    """Symmetric InfoNCE over unit vectors (batch, DIM); rows with equal ``targets`` (batch,) are all positives."""
    scores = images @ texts.T * scale  # (batch, batch)
    same = (targets.unsqueeze(0) == targets.unsqueeze(1)).float()
    share = same / same.sum(1, keepdim=True)
    return -(share * (scores.log_softmax(1) + scores.log_softmax(0).T)).sum(1).mean()


def _draw_rows(data: TrainingSet, rng: np.random.Generator, count: int) -> NDArray[np.int64]:
    """Rows by domain share; shares of absent domains go to the others in proportion."""
    domains = list(data.rows_of)
    shares = np.array([DOMAIN_SHARES[domain] for domain in domains])
    counts = rng.multinomial(count, shares / shares.sum())
    drawn = [rng.choice(data.rows_of[domain], number) for domain, number in zip(domains, counts, strict=True)]
    return np.concatenate(drawn)


def _draw_texts(data: TrainingSet, rng: np.random.Generator, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """One text for each row, by weight."""
    place = (data.weights[rows].cumsum(1) < rng.random((len(rows), 1))).sum(1)
    texts: NDArray[np.int64] = data.texts_of[rows, place]
    return texts


def main(argv: Sequence[str] | None = None) -> None:
    """Build the training set, train, and write the checkpoint in half precision."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    encoder_arguments(parser)
    parser.add_argument("--out", type=Path, default=HEAD_FILE)
    parser.add_argument("--leave-out", action="append", default=[], choices=list(DOMAIN_SHARES))
    parser.add_argument("--hidden", type=int, default=768)
    parser.add_argument("--steps", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args(argv)
    trunk = load_trunk(fetch(LITE0, args.models) / LITE0.model_file)
    texts = MiniLMTexts(fetch(MINILM, args.models))
    pictures = [each for each in load_pictures(args.data, args.demo) if each.domain not in args.leave_out]
    data = build_training_set(pictures, trunk, texts, args.features)
    words = torch.from_numpy(class_words(texts, args.features))
    head = train_head(data, trunk, words, args.hidden, args.steps, args.seed)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    save_file({name: tensor.half().contiguous() for name, tensor in head.state_dict().items()}, args.out)
    print(f"{args.out}: {args.out.stat().st_size / 1e6:.1f} MB from {len(data.features)} views")


if __name__ == "__main__":
    main()
