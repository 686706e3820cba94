"""The figures of item tokens, counted by hand on small cases."""

from __future__ import annotations

import pytest
import torch

from store.schemas import Item
from tests.retrievers.small_inputs import small_encoder
from tests.training.small_material import ITEMS, SPLIT, small_material
from training import evaluate_ilm
from training.evaluate_ilm import Choice, band_choices, evaluate, fact_choices, title_choices
from training.frozen_llm import Asked, FrozenLLM, Told
from training.ilm_reading import rows_of
from training.ilm_tasks import colour


def test_the_marks_of_the_ends_are_not_counted() -> None:
    """Titles of three and one tokens: three hits of four, whatever is said of the ends."""
    there = torch.tensor([[True, True, True, True], [True, True, False, False]])
    hits = torch.tensor([[True, False, True, True], [True, False, False, False]])
    nats = torch.tensor([[1.0, 2.0, 3.0, 90.0], [4.0, 90.0, 0.0, 0.0]])
    told = [Told(-nats, hits, there)]
    assert evaluate_ilm._accuracy(told) == 0.75
    assert evaluate_ilm._nats(told) == 2.5
    flipped = [Told(-nats, hits ^ torch.tensor([[False, False, False, True], [False, True, False, False]]), there)]
    assert evaluate_ilm._accuracy([*told, *flipped]) == 0.75


def test_titles_are_counted_as_the_model_says_them(llm: FrozenLLM) -> None:
    rows = torch.randn(2, 2, 32, generator=torch.Generator().manual_seed(0))
    items = [Item("a", "ab"), Item("b", "x")]
    told = list(evaluate_ilm._names(llm, items, rows))
    by_hand = [
        llm.tell([Asked((0, "\nWhat is it called?"), it.title)], rows[at : at + 1]) for at, it in enumerate(items)
    ]
    lost = -sum(float(each.log_probs[0, :-1].sum()) for each in by_hand)
    assert evaluate_ilm._nats(told) == pytest.approx(lost / 3, abs=1e-3)


def test_swapped_rows_are_another_items(llm: FrozenLLM, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluate_ilm, "AT_ONCE", 2)
    material, encoder = small_material(llm), small_encoder(seed=1)
    positions = [11, 3, 9]
    with torch.no_grad():
        found = evaluate_ilm._versions(material, encoder, llm, positions)
        own = torch.cat([rows_of(encoder, material, [at], llm.table) for at in positions])
    assert list(found) == ["real", "swapped", "zeroed", "random_init"]
    torch.testing.assert_close(found["real"], own, atol=1e-5, rtol=1e-4)
    torch.testing.assert_close(found["swapped"], own[[2, 0, 1]], atol=1e-5, rtol=1e-4)
    assert not found["zeroed"].any()
    assert found["random_init"].shape == own.shape
    assert (found["random_init"] - own).abs().max() > 1e-3


def test_figures_of_a_small_store(llm: FrozenLLM) -> None:
    found = evaluate(small_material(llm), small_encoder(), llm, [*SPLIT.dev, *SPLIT.test, 0, 1])
    assert found["n"] == 5
    shares = [name for name in found if name.endswith("accuracy") or name == "one_of_four"]
    assert len(shares) == 5
    assert all(0 <= share <= 1 for name in shares for share in found[name].values())
    assert all(nats > 0 for nats in found["nats_per_token"].values())
    assert found["tokens_per_item"]["ilm"] == 2


def test_the_answer_with_the_highest_probability_is_chosen(llm: FrozenLLM) -> None:
    rows = torch.randn(2, 2, 32, generator=torch.Generator().manual_seed(0))
    answers = ("Yes", "No", "Never")
    told = [llm.tell([Asked((0, "\nIs it?"), answer) for answer in answers], rows[at : at + 1]) for at in (0, 1)]
    best = [int((each.log_probs * each.there).sum(1).argmax()) for each in told]
    choices = [Choice(0, "Is it?", answers, best[0]), Choice(1, "Is it?", answers, (best[1] + 1) % 3)]
    assert evaluate_ilm._chosen_right(llm, choices, rows) == 0.5
    assert evaluate_ilm._chosen_right(llm, [], rows) is None


def test_choices_are_of_the_stores_values() -> None:
    asked = fact_choices(ITEMS[:2], ITEMS, lambda item: item.category, "Kind?")
    assert asked == [Choice(0, "Kind?", ("Dress", "Lamp", "Mug"), 0), Choice(1, "Kind?", ("Dress", "Lamp", "Mug"), 2)]
    assert fact_choices([Item("x", "X"), ITEMS[0]], ITEMS, colour, "Colour?")[0].place == 1
    assert fact_choices(ITEMS[:2], ITEMS[:2], colour, "Colour?") == []  # one colour is no choice
    bands = band_choices(ITEMS[8:10], ITEMS)  # the second has no price
    assert [(each.place, each.answers[each.right]) for each in bands] == [(0, "high")]


def test_titles_to_choose_from_differ() -> None:
    items = [*ITEMS[:4], *ITEMS[:4]]
    for choice in title_choices(items):
        assert choice.answers[choice.right] == items[choice.place].title
        assert len(set(choice.answers)) == 4
    assert title_choices(ITEMS[:3]) == []
