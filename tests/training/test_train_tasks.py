"""Task prompts are learned from replies that were written down, and are kept beside the item encoder."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from store.errors import SourceError
from training import train_tasks
from training.frozen_llm import Asked, FrozenLLM
from training.low_rank import LowRank
from training.reply_examples import Example, ItemPlace, ItemsAs, read_examples
from training.train_tasks import TaskPrompts, Teaching

SLOT = {"type": "item", "ids": ["D1"], "texts": [" Red mug | $5"], "beside": " Red mug | $5"}
MESSAGE = [{"type": "task", "ids": ["explain"], "texts": [], "beside": ""}, "Style 2", "\n", SLOT, "\nCare: none"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "replies.jsonl"
    path.write_text(json.dumps({"store": "demo", "task": "explain", "message": MESSAGE, "reply": "It is $5."}) + "\n")
    return path


def test_items_are_read_as_words_or_as_places_with_words_beside(file: Path) -> None:
    (text,), (tokens,) = (read_examples([file], each) for each in ItemsAs)
    assert text == Example("explain", ("Style 2\n Red mug | $5\nCare: none",), "It is $5.")
    place = ItemPlace("demo", "D1")
    assert tokens == Example("explain", ("Style 2\n", place, " Red mug | $5\nCare: none"), "It is $5.")


def test_a_line_that_is_no_example_is_named(file: Path) -> None:
    file.write_text(file.read_text() + '{"task": "explain"}\n')
    with pytest.raises(SourceError, match=r"line 2.*python app.py replies"):
        read_examples([file], ItemsAs.TEXT)


def taught(
    llm: FrozenLLM, monkeypatch: pytest.MonkeyPatch, keep: Callable[[], None] = lambda: None
) -> tuple[TaskPrompts, Teaching, list[Example]]:
    monkeypatch.setattr(train_tasks, "ROWS", 4)
    examples = [Example("ask", (f"Style {n}", ItemPlace("demo", "D1")), "What is it?") for n in range(6)]
    prompts = TaskPrompts(llm, {})
    rows = torch.randn(2, llm.dim, generator=torch.Generator().manual_seed(0))
    return prompts, Teaching(llm, list(prompts.parameters()), prompts, lambda place: rows, 0.05, keep), examples


def test_prompts_learn_and_the_model_does_not(halved_llm: FrozenLLM, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train_tasks, "BATCHES", 25)
    monkeypatch.setattr(train_tasks, "CHECK_EVERY", 5)
    prompts, teaching, examples = taught(halved_llm, monkeypatch)
    table, other = halved_llm.table.clone(), prompts.trained()["recommend"]
    teaching.run(examples, examples[:1], 1e-9)  # no time: one check of what it begins with
    begun = teaching.best_loss
    teaching.run(examples, examples, 60.0)
    assert teaching.best_loss < 0.8 * begun
    assert torch.equal(halved_llm.table, table)
    assert torch.equal(prompts.trained()["recommend"], other)  # no example was of this task


def test_the_best_state_is_kept(halved_llm: FrozenLLM, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[torch.Tensor] = []
    prompts, teaching, examples = taught(halved_llm, monkeypatch, lambda: kept.append(prompts.trained()["ask"]))
    assert teaching._check(examples)
    best = prompts.trained()["ask"]
    with torch.no_grad():
        prompts.rows["ask"].add_(5.0)
    teaching.run(examples, examples, 1e-9)
    assert torch.equal(prompts.trained()["ask"], best)
    assert len(kept) == 1  # what was no better was not written
    assert torch.equal(kept[0], best)


def test_prompts_go_on_from_learned_ones(halved_llm: FrozenLLM, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train_tasks, "ROWS", 4)
    begun = {"ask": torch.full((4, halved_llm.dim), 0.5, dtype=torch.float16)}  # as in a file
    anew, on = (TaskPrompts(halved_llm, each).trained() for each in ({}, begun))
    assert torch.equal(on["ask"], begun["ask"].float())
    assert torch.equal(on["explain"], anew["explain"])


def test_a_changed_model_is_saved_whole(tiny_folder: Path, tmp_path: Path) -> None:
    changed = LowRank(tiny_folder)
    assert changed.learned
    with torch.no_grad():
        for each in changed.learned:
            each.add_(0.05)
    changed.save(tmp_path / "merged")
    merged, plain = FrozenLLM(tmp_path / "merged"), FrozenLLM(tiny_folder)
    assert merged.ids("a mug") == plain.ids("a mug")
    asked = [Asked(("What?",), answer) for answer in ("A mug", "x")]
    nats = [each.tell(asked, torch.zeros(0, 1, each.dim)).nats for each in (merged, plain)]
    assert not torch.allclose(*nats, atol=1e-3)


def test_what_there_is_to_go_on_from_is_checked(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        train_tasks.main(["--replies", str(file), "--dev", str(file), "--lora", "--begin", "F", "--out", "M"])
    assert "give one of the two" in capsys.readouterr().err
