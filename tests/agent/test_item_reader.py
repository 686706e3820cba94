"""What the X-ray drawer asks about item tokens, of a real model of 60,000 parameters and mixed rows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from langchain.messages import HumanMessage, SystemMessage
from transformers import AutoTokenizer

from agent.engines.in_process import CausalLM, InProcessChat
from agent.errors import EngineBusy, EngineUnavailable
from agent.item_reader import ANSWER_TOKENS, ItemReader
from agent.slots import content
from retrievers.base import Vectors
from retrievers.errors import ItemTokensError
from retrievers.item_text import item_text
from retrievers.llm_identity import read_table
from retrievers.soft_tokens import NAME_QUESTION, READING_SYSTEM, Slot
from store.catalog import Catalog
from tests.agent.engines.mixed_tokens import MixedTokens
from tests.agent.small_store import items
from tests.retrievers.small_shop import open_catalog
from training.frozen_llm import READING_SYSTEM as TRAINED_SYSTEM
from training.ilm_tasks import NAME_ASKED

K = 4


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    return open_catalog(items(), tmp_path)


@pytest.fixture
def soft(tiny_folder: Path) -> MixedTokens:
    return MixedTokens(read_table(tiny_folder), K)


def chat_of(folder: Path, soft: MixedTokens | None) -> InProcessChat:
    chat = InProcessChat(model="tiny", prepare=lambda: folder, wait_s=60.0, deadline_s=60.0, soft_tokens=soft)
    chat.warm_up().join()
    return chat


@pytest.fixture
def reader(tiny_folder: Path, soft: MixedTokens, catalog: Catalog) -> ItemReader:
    return ItemReader(chat_of(tiny_folder, soft), soft, catalog, tiny_folder)


def test_the_question_is_the_one_of_training() -> None:
    assert (TRAINED_SYSTEM, NAME_ASKED[0]) == (READING_SYSTEM, NAME_QUESTION)


def test_a_slot_is_k_rows_against_the_tokens_of_the_text(
    reader: ItemReader, catalog: Catalog, tiny_folder: Path
) -> None:
    first = catalog.items[0]
    place = reader.places([first.item_id]).items[0]
    tokenizer = AutoTokenizer.from_pretrained(tiny_folder, local_files_only=True)
    assert place.text_tokens == len(tokenizer(item_text(first), add_special_tokens=False).input_ids)
    assert (place.slot, place.rows) == (f'{{item:"{first.item_id}"}}', K)


def test_the_answers_are_the_models_own_to_these_rows(
    reader: ItemReader, soft: MixedTokens, catalog: Catalog, tiny_folder: Path
) -> None:
    item_id, other_id = (item.item_id for item in catalog.items[:2])
    reading = reader.read(item_id, other_id)
    lm = CausalLM(tiny_folder)
    before, after = (
        lm.table.rows(lm.tokenizer(text, add_special_tokens=False).input_ids)
        for text in (
            f"<|im_start|>system\n{READING_SYSTEM}<|im_end|>\n<|im_start|>user\n",
            f"\n{NAME_QUESTION}<|im_end|>\n<|im_start|>assistant\n",
        )
    )

    def said(rows: Vectors) -> str:
        prompt = torch.cat([before, torch.from_numpy(rows).to(torch.bfloat16), after])
        return lm.text_of([token.id for token in lm.decode(prompt, ANSWER_TOKENS, float("inf"))]).strip()

    item, other = (Slot(kind, (id_,)) for kind, id_ in (("item", item_id), ("item", other_id)))  # type: ignore[arg-type]
    assert reading.own.text == said(soft.rows(item))
    assert reading.empty.text == said(np.zeros((K, soft.dim), np.float32))
    assert reading.other.text == said(soft.rows(other))
    assert len({reading.own.text, reading.empty.text, reading.other.text}) == 3
    assert not reading.own.whole  # the tiny model never ends
    assert reading.own.ms > 0


def test_a_store_without_item_tokens_names_the_command(catalog: Catalog, tiny_folder: Path) -> None:
    told = ItemReader(chat_of(tiny_folder, None), None, catalog, tiny_folder).places(["DR1"])
    assert told.items == ()
    assert told.without == f"The store {catalog.name} has no item tokens: products are read as text."
    assert told.command == f"python -m training.train_ilm --store {catalog.name} --llm {tiny_folder}"


def test_item_tokens_of_another_model_are_not_counted(catalog: Catalog, soft: MixedTokens, tiny_folder: Path) -> None:
    soft.llm = "another"
    told = ItemReader(chat_of(tiny_folder, soft), soft, catalog, tiny_folder).places(["DR1"])
    assert told.items == ()
    assert "not for tiny" in told.without
    assert str(tiny_folder) in told.command


def test_a_model_that_is_loading_says_so(catalog: Catalog, soft: MixedTokens, tiny_folder: Path) -> None:
    chat = InProcessChat(model="tiny", prepare=lambda: tiny_folder, soft_tokens=soft)
    told = ItemReader(chat, soft, catalog, tiny_folder).places(["DR1"])
    assert told == replace(told, items=(), command="")
    assert "The language model tiny is not ready" in told.without


class Nested(MixedTokens):
    """Asks again while the first question is still open."""

    reader: ItemReader

    def rows(self, slot: Slot) -> Vectors:
        self.reader.read("DR1", "DR2")
        return super().rows(slot)


def test_a_second_question_is_told_to_wait_and_the_next_is_answered(
    catalog: Catalog, tiny_folder: Path, reader: ItemReader
) -> None:
    nested = Nested(read_table(tiny_folder), K)
    nested.reader = ItemReader(chat_of(tiny_folder, nested), nested, catalog, tiny_folder)
    for _ in range(2):  # the first left nothing locked
        with pytest.raises(EngineBusy, match="try again in a moment"):
            nested.reader.read("DR1", "DR2")


class Unreadable(MixedTokens):
    """Has rows for nobody."""

    def rows(self, slot: Slot) -> Vectors:
        raise ItemTokensError("the model's table is gone")


def test_rows_that_cannot_be_made_are_an_engines_failure(catalog: Catalog, tiny_folder: Path) -> None:
    soft = Unreadable(read_table(tiny_folder), K)
    chat = chat_of(tiny_folder, soft)
    with pytest.raises(EngineUnavailable, match="the model's table is gone"):
        ItemReader(chat, soft, catalog, tiny_folder).read("DR1", "DR2")
    with pytest.raises(EngineUnavailable, match="the model's table is gone"):
        chat.invoke([SystemMessage("x"), HumanMessage(content("{item:DR1}"))])
