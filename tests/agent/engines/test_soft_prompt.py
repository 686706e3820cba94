"""Prompts with slots: every row is where a construction by hand has it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from torch import Tensor
from transformers import AutoTokenizer

from agent.engines.soft_prompt import SoftPrompts
from agent.errors import EngineMismatch, EngineUnavailable
from agent.slots import block, content
from retrievers.base import Vectors
from retrievers.llm_identity import TokenTable, read_table
from retrievers.soft_tokens import Slot, SlotKind
from tests.agent.engines.mixed_tokens import MixedTokens

K = 4
FAR = 10_000
SYSTEM = "<|im_start|>system\nYou sell shoes.<|im_end|>\n<|im_start|>user\n"
END = "<|im_end|>\n<|im_start|>assistant\n"
ITEM, USER, HISTORY, TASK = SlotKind.ITEM, SlotKind.USER, SlotKind.HISTORY, SlotKind.TASK


@pytest.fixture(scope="module")
def table(tiny_folder: Path) -> TokenTable:
    return read_table(tiny_folder)


@pytest.fixture(scope="module")
def soft(table: TokenTable) -> MixedTokens:
    return MixedTokens(table, K)


@pytest.fixture
def plain(tiny_folder: Path, table: TokenTable) -> SoftPrompts:
    """A model without item tokens."""
    return SoftPrompts("tiny", tiny_folder, AutoTokenizer.from_pretrained(tiny_folder, local_files_only=True), table)


@pytest.fixture
def prompts(plain: SoftPrompts, soft: MixedTokens) -> SoftPrompts:
    plain.use(soft, "demo")
    return plain


def ask(template: str, **given: str) -> list[BaseMessage]:
    return [SystemMessage("You sell shoes."), HumanMessage(content(template, **given))]


@pytest.fixture
def by_hand(prompts: SoftPrompts, soft: MixedTokens, table: TokenTable) -> Callable[..., Tensor]:
    """Rows of texts and slots, one after another."""

    def build(*pieces: str | Slot) -> Tensor:
        rows = [
            table.weight[torch.tensor(prompts.tokenizer(piece, add_special_tokens=False).input_ids)]
            if isinstance(piece, str)
            else torch.from_numpy(soft.rows(piece)).to(torch.bfloat16)
            for piece in pieces
        ]
        return torch.cat(rows)

    return build


@pytest.mark.parametrize(
    ("template", "pieces"),
    [
        ("Is {item:D1} warm?", [SYSTEM + "Is ", Slot(ITEM, ("D1",)), " warm?" + END]),
        ("{item:D1} or this", [SYSTEM, Slot(ITEM, ("D1",)), " or this" + END]),
        ("This or {item:D1}", [SYSTEM + "This or ", Slot(ITEM, ("D1",)), END]),
        ("{item:D1}{item:D2}", [SYSTEM, Slot(ITEM, ("D1",)), Slot(ITEM, ("D2",)), END]),
        ("{history:[D1, D2]}: {user:u}", [SYSTEM, Slot(HISTORY, ("D1", "D2")), ": ", Slot(USER, ("u",)), END]),
        ("{history:[]}Hello", [SYSTEM, "Hello" + END]),
        ("{task:ask}Hello", [SYSTEM, Slot(TASK, ("ask",)), "Hello" + END]),
    ],
)
def test_rows_stand_where_the_slots_are(
    prompts: SoftPrompts, by_hand: Callable[..., Tensor], template: str, pieces: list[str | Slot]
) -> None:
    rows = prompts.rows(ask(template), FAR)
    expected = by_hand(*pieces)
    assert rows.dtype == torch.bfloat16
    assert rows.shape == expected.shape
    assert torch.equal(rows, expected)


def test_slots_in_every_message(prompts: SoftPrompts, by_hand: Callable[..., Tensor]) -> None:
    chat = [
        SystemMessage(content("{task:ask}")),
        HumanMessage("Hi"),
        AIMessage(content("{item:D1}")),
        HumanMessage(content("{user:u}")),
    ]
    assert torch.equal(
        prompts.rows(chat, FAR),
        by_hand(
            "<|im_start|>system\n",
            Slot(TASK, ("ask",)),
            "<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n",
            Slot(ITEM, ("D1",)),
            "<|im_end|>\n<|im_start|>user\n",
            Slot(USER, ("u",)),
            END,
        ),
    )


def test_rows_before_a_slot_do_not_depend_on_what_follows(prompts: SoftPrompts) -> None:
    """The tokenizer joins t and h; between them stands the slot."""
    first = prompts.rows(ask("fort{item:D1}h"), FAR)
    for template in ("fort{item:D1}ehh", "fort{item:D2}", "fort{user:u}h and so on", "fort{history:[D1, D2]}"):
        fixed = len(prompts.tokenizer(SYSTEM + "fort").input_ids)
        assert torch.equal(prompts.rows(ask(template), FAR)[:fixed], first[:fixed])


def test_a_shopper_cannot_write_a_slot(prompts: SoftPrompts, by_hand: Callable[..., Tensor]) -> None:
    for said in ("{item:D1}", "<0:0>"):
        assert torch.equal(prompts.rows(ask("{said}", said=said), FAR), by_hand(SYSTEM + said + END))


def test_too_long_a_prompt_loses_whole_items_from_the_oldest(
    prompts: SoftPrompts, by_hand: Callable[..., Tensor], caplog: pytest.LogCaptureFixture
) -> None:
    chat = ask("{item:D1} after {history:[H1, H2, H3]}")
    full = prompts.rows(chat, FAR)
    assert not caplog.records
    assert torch.equal(prompts.rows(chat, len(full)), full)
    shorter = prompts.rows(chat, len(full) - K - 1)  # one row more than an item: two items go
    assert torch.equal(shorter, by_hand(SYSTEM, Slot(ITEM, ("D1",)), " after ", Slot(HISTORY, ("H3",)), END))
    assert caplog.messages == ["A prompt for tiny was too long; dropped from it: items ['H1', 'H2']"]
    assert torch.equal(prompts.rows(chat, 1), by_hand(SYSTEM + " after " + END))


def test_too_long_a_prompt_in_words_loses_whole_items_too(plain: SoftPrompts) -> None:
    liked = block(HISTORY, ["H1", "H2"], ["a warm hat", "blue boots"])
    chat = [HumanMessage(content("After {liked}", liked=liked))]
    full = plain.rows(chat, FAR)
    shorter = plain.rows(chat, len(full) - 1)
    assert torch.equal(shorter, plain.rows([HumanMessage("After blue boots")], FAR))


def test_without_item_tokens_items_go_out_as_words_and_that_is_said_once(
    plain: SoftPrompts, caplog: pytest.LogCaptureFixture
) -> None:
    it = block(ITEM, ["D1"], ["red boots"])
    for _ in range(2):
        rows = plain.rows([HumanMessage(content("Is {it} warm?", it=it))], FAR)
    assert torch.equal(rows, plain.rows([HumanMessage("Is red boots warm?")], FAR))
    assert caplog.messages == ["There are no item tokens for tiny: it reads items as text."]


@pytest.mark.parametrize("change", [{"llm": "f" * 64}, {"dim": 576}])
def test_item_tokens_of_another_model_are_refused_with_both_names(
    plain: SoftPrompts, soft: MixedTokens, change: dict[str, object], tiny_folder: Path
) -> None:
    other = MixedTokens(soft.table, K)
    vars(other).update({"llm_name": "Qwen3", **change})
    command = rf"python -m training\.train_ilm --store demo --llm {tiny_folder}"
    with pytest.raises(EngineMismatch, match=rf"(?s)'demo'.*'Qwen3'.*'tiny' \(hidden size 32\).*{command}"):
        plain.use(other, "demo")
    spoken = plain.rows(ask("Is {item:D1} warm?"), FAR)  # the words that come with them serve
    assert torch.equal(spoken, plain.rows(ask("Is {it} warm?", it="<item D1>"), FAR))


@pytest.mark.parametrize("broken", [np.zeros((K + 1, 32)), np.zeros((K, 31)), np.full((K, 32), np.nan)])
def test_rows_of_a_wrong_shape_go_nowhere(
    plain: SoftPrompts, soft: MixedTokens, broken: Vectors, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain.use(soft, "demo")
    monkeypatch.setattr(soft, "rows", lambda slot: broken.astype(np.float32))
    with pytest.raises(EngineUnavailable, match=r'\{item:"D1"\} are \(\d, \d+\).*needs \(4, 32\)'):
        plain.rows(ask("{item:D1}"), FAR)


@pytest.mark.parametrize("template", ["{{ messages[0].content }}", "{{ messages[1].content * 2 }}"])
def test_a_template_that_loses_or_repeats_slots_is_refused(prompts: SoftPrompts, template: str) -> None:
    prompts.tokenizer.chat_template = template
    with pytest.raises(EngineUnavailable, match="chat template of tiny drops, repeats or reorders"):
        prompts.rows(ask("{item:D1}{item:D2}"), FAR)


def test_a_template_that_trims_messages_keeps_what_stands_beside_a_slot(
    prompts: SoftPrompts, by_hand: Callable[..., Tensor]
) -> None:
    prompts.tokenizer.chat_template = "{{ messages[1].content | trim }}"
    rows = prompts.rows(ask(" {item:D1} warm? "), FAR)
    assert torch.equal(rows, by_hand(Slot(ITEM, ("D1",)), " warm?"))


def test_letters_are_single_tokens(prompts: SoftPrompts) -> None:
    assert [prompts.tokenizer.decode([id_]) for id_ in prompts.letter_ids(["A", "th"])] == ["A", "th"]
    with pytest.raises(EngineUnavailable, match=r"\['Yes'\] are no single tokens of tiny"):
        prompts.letter_ids(["A", "Yes"])


def test_a_scaled_table_scales_words_and_no_items(prompts: SoftPrompts, soft: MixedTokens, table: TokenTable) -> None:
    prompts.table = replace(table, scale=2.0)
    rows = prompts.rows(ask("{item:D1}"), FAR)
    before = len(prompts.tokenizer(SYSTEM).input_ids)
    assert torch.equal(rows[:before], table.rows(prompts.tokenizer(SYSTEM).input_ids) * 2)
    assert torch.equal(rows[before : before + K].float(), torch.from_numpy(soft.rows(Slot(ITEM, ("D1",)))))
