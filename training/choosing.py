"""Settings of the classical recommenders, and the choice among them on an item held out before the last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from store.interactions import Visits
from training.classical import als, bpr, ease, popularity
from training.leave_one_out import Fit, hit_figures, leave_one_out, ranked_items


@dataclass(frozen=True, slots=True)
class Setting:
    """One way to fit a recommender; ``name`` tells its numbers."""

    name: str
    fit: Fit


BASELINES: Mapping[str, Sequence[Setting]] = {
    "popularity": (Setting("", popularity),),
    "als": tuple(
        Setting(f"confidence {confidence:g}, regularization {ridge:g}", als(confidence, ridge))
        for confidence in (1, 3, 10, 30)
        for ridge in (0.1, 1, 10, 30)
    ),
    "bpr": tuple(
        Setting(f"rate {rate:g}, {rounds} rounds", bpr(rate, rounds))
        for rate in (0.02, 0.05)
        for rounds in (100, 300)
    ),
    "ease": tuple(Setting(f"penalty {penalty}", ease(penalty)) for penalty in (20, 50, 100, 200, 500, 1000)),
}


def best_setting(settings: Sequence[Setting], train: Visits, items: int, k: int) -> Setting:
    """The setting of the highest NDCG@k on each user's last item of ``train``, over the full catalog."""
    if len(settings) == 1:
        return settings[0]
    held = leave_one_out(train)

    def ndcg(setting: Setting) -> float:
        ranked = ranked_items(held, items, setting.fit(held.train, items), k)
        return float(hit_figures(held, ranked, k)[f"ndcg@{k}"])

    return max(settings, key=ndcg)
