"""The frozen model says of batches of answers what one plain pass over each whole prompt says."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import Tensor, nn
from transformers import AutoModelForCausalLM

from retrievers.errors import ItemTokensError
from retrievers.soft_tokens import READING_SYSTEM
from training.frozen_llm import Asked, FrozenLLM, HalfLinear

ROWS = 3  # of one item


@pytest.fixture
def items() -> Tensor:
    """Rows of four items, (4, ROWS, dim)."""
    return torch.randn(4, ROWS, 32, generator=torch.Generator().manual_seed(1))


ASKED = (
    Asked((0, "\nWhat is it?"), "A mug"),
    Asked((2, " ", 1, " and ", 3, "\nHow do these differ, if they do so at all?"), "x"),
    Asked(("Hello",), "the dress is as red as this one"),
    Asked((1, 1), ""),
)


def by_hand(folder: Path, llm: FrozenLLM, asked: Asked, items: Tensor) -> tuple[Tensor, Tensor]:
    """Log-probabilities of the answer's tokens and of all tokens in their places, from one pass without cache."""
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    table = model.get_input_embeddings().weight
    end = llm.tokenizer.convert_tokens_to_ids("<|im_end|>")
    answer = [*llm.tokenizer(asked.answer).input_ids, end]
    before = f"<|im_start|>system\n{READING_SYSTEM}<|im_end|>\n<|im_start|>user\n"
    after = "<|im_end|>\n<|im_start|>assistant\n"
    rows = [
        items[part] if isinstance(part, int) else table[llm.tokenizer(part).input_ids]
        for part in (before, *asked.question, after)
    ]
    prompt = torch.cat(rows)
    whole = torch.cat([prompt, table[answer]])
    with torch.no_grad():
        said = model(inputs_embeds=whole[None], use_cache=False).logits[0].log_softmax(-1)
    said = said[len(prompt) - 1 : -1]  # (len(answer), vocabulary)
    return said[torch.arange(len(answer)), torch.tensor(answer)], said


def test_answers_of_a_batch_have_the_log_probabilities_of_one_plain_pass(
    llm: FrozenLLM, tiny_folder: Path, items: Tensor
) -> None:
    told = llm.tell(ASKED, items)
    assert told.log_probs.shape == told.hits.shape == told.there.shape
    for row, asked in enumerate(ASKED):
        expected, said = by_hand(tiny_folder, llm, asked, items)
        count = len(expected)
        assert told.there[row].sum() == count
        assert told.there[row, :count].all()
        torch.testing.assert_close(told.log_probs[row, :count], expected, atol=2e-4, rtol=1e-4)
        assert not told.log_probs[row, count:].any()
        assert told.nats[row].item() == pytest.approx(-expected.mean().item(), rel=1e-3)
        best = expected == said.max(1).values
        assert told.hits[row, :count].tolist() == best.tolist()


def test_the_likeliest_tokens_are_hits(llm: FrozenLLM, tiny_folder: Path) -> None:
    for seed in range(60):  # until the model's first choice is a letter, which can be asked for
        items = torch.randn(1, ROWS, 32, generator=torch.Generator().manual_seed(seed))
        _, said = by_hand(tiny_folder, llm, Asked((0,), ""), items)
        letter = llm.tokenizer.decode(said[0].argmax())
        if letter.isascii() and letter.isalpha():
            break
    told = llm.tell([Asked((0,), letter), Asked((0,), "?")], items)
    assert told.hits[:, 0].tolist() == [True, False]


def test_an_answer_that_is_continued_word_by_word_has_the_probability_that_is_told(
    llm: FrozenLLM, items: Tensor
) -> None:
    answers = ["a red boot", "a red", "lamp"]
    prompt = torch.cat([items[0], llm.table[llm.ids(" and ")], items[1], llm.table[llm.after]])
    following = llm.continuing(prompt)
    told = llm.tell([Asked((0, " and ", 1), answer) for answer in answers], items)
    for row, answer in enumerate(answers):
        path = [*llm.ids(answer), *llm.end]
        rows = torch.cat([following([[]]), following([path[:at] for at in range(1, len(path))])])
        found = rows[torch.arange(len(path)), path]
        torch.testing.assert_close(found, told.log_probs[row][told.there[row]], atol=2e-4, rtol=1e-4)


def test_only_item_rows_learn(halved_llm: FrozenLLM, items: Tensor) -> None:
    before = {name: value.clone() for name, value in halved_llm.model.state_dict().items()}
    table, rows = halved_llm.table.clone(), nn.Parameter(items.clone())
    trained = [rows, *halved_llm.model.parameters()]
    optimiser = torch.optim.SGD([each for each in trained if each.requires_grad], lr=0.1)
    first = halved_llm.tell(ASKED, rows)
    first.nats.sum().backward()
    assert rows.grad is not None
    assert (rows.grad.flatten(1).norm(dim=1) > 0).all()  # each of the four is asked about
    optimiser.step()
    assert halved_llm.tell(ASKED, rows).nats.sum() < first.nats.sum()
    assert not torch.equal(rows, items)
    assert torch.equal(halved_llm.table, table)
    assert all(torch.equal(value, before[name]) for name, value in halved_llm.model.state_dict().items())
    assert all(each.grad is None for each in halved_llm.model.parameters())


def test_half_precision_is_close(llm: FrozenLLM, halved_llm: FrozenLLM, items: Tensor) -> None:
    assert any(isinstance(each, HalfLinear) for each in halved_llm.model.modules())
    assert not any(isinstance(each, nn.Linear) for each in halved_llm.model.modules())
    single, half = (each.tell(ASKED, items) for each in (llm, halved_llm))
    assert half.log_probs.dtype == torch.float32
    assert (single.nats - half.nats).abs().max() < 0.05 * single.nats.abs().max()


@pytest.mark.parametrize("bias", [True, False])
def test_a_half_linear_is_close_to_its_linear(bias: bool) -> None:
    torch.manual_seed(0)
    linear, states = nn.Linear(64, 16, bias=bias), torch.randn(5, 64)
    found = HalfLinear(linear)(states)
    assert found.dtype == torch.float32
    torch.testing.assert_close(found, linear(states), atol=0.03, rtol=0)
    assert not list(HalfLinear(linear).parameters())


def test_a_folder_without_a_language_model_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(ItemTokensError, match=f"{tmp_path} holds no causal language model"):
        FrozenLLM(tmp_path)
