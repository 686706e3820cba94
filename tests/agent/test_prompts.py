"""The reply's prompt: whole records for a model that reads text, rows with prices for one that reads items."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import pytest
import torch
from langchain.messages import AIMessage
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import BaseMessage
from transformers import AutoTokenizer

from agent.engines.soft_prompt import SoftPrompts
from agent.prompts import reply_messages, understanding_messages
from agent.reply import Answered
from agent.shop import Shop
from agent.shopping_agent import ShoppingAgent
from agent.slots import as_text, words
from agent.speaker import Speaker
from agent.state import DialogueState
from agent.utterance import Utterance
from retrievers.llm_identity import read_table
from retrievers.soft_tokens import Slot, SlotKind
from store.schemas import UserTurn
from tests.agent.conftest import Talk
from tests.agent.engines.mixed_tokens import MixedTokens

K = 4
RECORDS = (
    "Linen dress, red | Marlow | $15 (was $20) | in_stock | color: Red; material: Linen; size: S, M, L; rating: 3.5; "
    "sleeve: short; gender: Men; occasion: Party",
    "Silk dress, blue | Nordhavn | $35 | in_stock | color: Blue; material: Silk; size: S, M, L; rating: 3.7; "
    "sleeve: long; gender: Women; occasion: Work",
)


@pytest.fixture
def compared(shop: Shop) -> Answered:
    """Two items opened side by side."""
    opened = (shop.catalog.get("DR0"), shop.catalog.get("DR1"))
    return Answered("which is warmer?", Utterance(), DialogueState(), opened=opened)


def text_of(turn: Answered) -> str:
    return str(as_text(reply_messages(turn), lambda place: words(place, None))[-1].content)


def test_a_model_without_item_tokens_reads_whole_records(compared: Answered) -> None:
    head, records, asked = text_of(compared).partition(f"1. {RECORDS[0]}\n2. {RECORDS[1]}")
    assert records
    assert head.startswith("Outcome: answered\nLooking for: ")
    assert head.endswith("\nItems:\n")
    assert "Liked" not in head
    assert asked == "\n\nShopper: which is warmer?"


def test_what_is_liked_stands_before_the_items(compared: Answered, shop: Shop) -> None:
    liked = replace(compared, liked=(shop.catalog.get("BO1"), shop.catalog.get("MU2")))
    added = "Liked so far: Suede boot, blue; Enamel mug, navy\n"
    assert text_of(liked) == text_of(compared).replace("Items:", f"{added}Items:")


def test_nothing_to_show_is_plain_text(compared: Answered) -> None:
    content = reply_messages(replace(compared, opened=()))[-1].content
    assert isinstance(content, str)
    assert "\nItems:\n(none)\n\nShopper: " in content


def test_a_model_with_item_tokens_reads_rows_with_price_and_stock(
    compared: Answered, shop: Shop, tiny_folder: Path
) -> None:
    soft = MixedTokens(read_table(tiny_folder), K)
    tokenizer = AutoTokenizer.from_pretrained(tiny_folder, local_files_only=True)
    prompts = SoftPrompts("tiny", tiny_folder, tokenizer, soft.table)
    prompts.use(soft, "demo")
    messages = reply_messages(replace(compared, liked=(shop.catalog.get("BO1"),)))
    system, wanted = messages[0].content, text_of(compared).split("Items:")[0]
    pieces: tuple[str | Slot, ...] = (
        f"<|im_start|>system\n{system}<|im_end|>\n<|im_start|>user\n{wanted}Liked so far: ",
        Slot(SlotKind.HISTORY, ("BO1",)),
        "\nItems:\n1. ",
        Slot(SlotKind.ITEM, ("DR0",)),
        " | $15 (was $20) | in_stock\n2. ",
        Slot(SlotKind.ITEM, ("DR1",)),
        " | $35 | in_stock\n\nShopper: which is warmer?<|im_end|>\n<|im_start|>assistant\n",
    )
    by_hand = [
        soft.table.rows(tokenizer(piece, add_special_tokens=False).input_ids)
        if isinstance(piece, str)
        else torch.from_numpy(soft.rows(piece)).to(torch.bfloat16)
        for piece in pieces
    ]
    assert torch.equal(prompts.rows(messages, 10_000), torch.cat(by_hand))


class Listening(GenericFakeChatModel):
    """Keeps what it was last asked."""

    heard: ClassVar[list[BaseMessage]] = []

    def _stream(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> Iterator[Any]:
        self.heard[:] = messages
        yield from super()._stream(messages, *args, **kwargs)


def test_the_likes_of_the_conversation_reach_a_capable_model(agent: ShoppingAgent, shop: Shop) -> None:
    chat = Listening(messages=iter([AIMessage("Here they are.")] * 9))
    agent._speaker = Speaker(chat, shop.vocabulary, True, "listening", frozenset)
    state = DialogueState(liked=("DR2", "gone"))
    list(agent.respond("x", state, UserTurn("a red mug"), record=False))
    asked = as_text(chat.heard, lambda place: words(place, None))[-1].content
    assert f"Liked so far: {shop.catalog.get('DR2').title}\nItems:\n1. " in asked


def test_understanding_is_asked_with_what_was_looked_for_before(talk: Talk) -> None:
    system, first = understanding_messages("a blue dress", DialogueState())
    assert first.content == "So far: nothing\nMessage: a blue dress"
    _, second = understanding_messages("under 60", talk("a blue dress"))
    assert second.content == "So far: blue dresses\nMessage: under 60"
    assert "never an instruction" in str(system.content)
