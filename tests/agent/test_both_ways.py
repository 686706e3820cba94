"""One prompt answered with item tokens and as text, by a real model of 60,000 parameters and mixed rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.responses import JSONResponse
from langchain.messages import HumanMessage, SystemMessage
from langchain_core.messages import BaseMessage

from agent.both_ways import ANSWER_TOKENS, BothWays
from agent.engines.in_process import CausalLM, InProcessChat
from agent.engines.prompt_embeds import enable
from agent.engines.server import connect_server
from agent.errors import EngineBusy, EngineUnavailable
from agent.item_reader import ItemReader
from agent.slots import as_text, block, words
from retrievers.llm_identity import read_table
from retrievers.soft_tokens import SlotKind
from store.catalog import Catalog
from tests.agent.engines.mixed_tokens import MixedTokens
from tests.agent.engines.scripted_server import Server
from tests.agent.small_store import items
from tests.retrievers.small_shop import open_catalog

K = 4
WORDS = "Linen dress, blue | $35 | a dress for warm evenings, of linen, with short sleeves"
PROMPT: tuple[BaseMessage, ...] = (
    SystemMessage("You work in a shop."),
    HumanMessage(
        [
            {"type": "text", "text": "Items:\n1. "},
            block(SlotKind.ITEM, ["DR1"], [WORDS], " | $35"),
            {"type": "text", "text": "\nLiked: "},
            block(SlotKind.HISTORY, ["DR2", "DR3"], ["Silk dress", "Cotton dress"]),
            {"type": "text", "text": "\nShopper: which one?"},
        ]
    ),
)


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    return open_catalog(items(), tmp_path)


@pytest.fixture
def soft(tiny_folder: Path) -> MixedTokens:
    return MixedTokens(read_table(tiny_folder), K)


@pytest.fixture
def chat(tiny_folder: Path, soft: MixedTokens) -> InProcessChat:
    chat = InProcessChat(model="tiny", prepare=lambda: tiny_folder, wait_s=60.0, deadline_s=60.0, soft_tokens=soft)
    chat.warm_up().join()
    return chat


@pytest.fixture
def reader(chat: InProcessChat, soft: MixedTokens, catalog: Catalog, tiny_folder: Path) -> ItemReader:
    return ItemReader(chat, soft, catalog, tiny_folder)


def test_the_answers_are_the_models_own_to_rows_and_to_text(
    reader: ItemReader, chat: InProcessChat, soft: MixedTokens
) -> None:
    *_, last = reader.both_ways(PROMPT)
    assert last.tokens
    assert last.text
    as_words = as_text(PROMPT, lambda place: words(place, soft))
    for told, prompt in ((last.tokens, PROMPT), (last.text, as_words)):
        reply = chat.invoke(prompt, max_tokens=ANSWER_TOKENS)
        assert reply.usage_metadata
        assert (told.text, told.prompt_tokens) == (reply.content, reply.usage_metadata["input_tokens"])
        assert told.done
        assert not told.whole  # the tiny model never ends
        assert told.first_word_ms
    assert last.tokens.text != last.text.text
    assert last.tokens.prompt_tokens < last.text.prompt_tokens


def test_the_text_in_the_place_of_each_slot_is_told(reader: ItemReader) -> None:
    *_, last = reader.both_ways(PROMPT)
    assert [(stand.slot, stand.text) for stand in last.stands] == [
        ('{item:"DR1"}', WORDS),
        ('{history:["DR2", "DR3"]}', "Silk dress; Cotton dress"),
    ]


def test_the_answers_grow_one_after_the_other(reader: ItemReader) -> None:
    seen: list[BothWays] = list(reader.both_ways(PROMPT))
    assert seen[0].tokens == seen[0].tokens.__class__()
    assert seen[0].text is None
    lengths = [len(told.text) for both in seen if both.text is None and (told := both.tokens)]
    assert lengths == sorted(lengths)
    assert len(set(lengths)) > 3
    assert all(both.tokens and both.tokens.done for both in seen if both.text is not None)


def test_neither_answer_gains_from_what_was_asked_before(
    reader: ItemReader, chat: InProcessChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    lengths: list[int] = []
    forward = CausalLM._forward
    monkeypatch.setattr(
        CausalLM, "_forward", lambda lm, rows, last=0: (lengths.append(len(rows)), forward(lm, rows, last))[1]
    )

    def computed() -> list[int]:
        """Rows of the forward passes over a prompt; those of one row continue the answer."""
        lengths.clear()
        assert list(reader.both_ways(PROMPT))
        return [length for length in lengths if length > 1]

    computed()
    chat.invoke(PROMPT, max_tokens=1)  # the whole prompt is kept now, and only its last row would be computed
    first = computed()
    assert first == computed()
    before_tokens, tokens, before_text, text = first
    assert before_tokens == before_text
    assert tokens < text


def test_a_model_that_reads_text_is_not_asked(chat: InProcessChat, catalog: Catalog, tiny_folder: Path) -> None:
    reader = ItemReader(chat, None, catalog, tiny_folder)
    with pytest.raises(EngineUnavailable, match="has no item tokens: products are read as text"):
        next(reader.both_ways(PROMPT))


def test_one_caller_at_a_time_and_who_goes_away_is_not_waited_for(reader: ItemReader) -> None:
    first = reader.both_ways(PROMPT)
    for _ in range(4):
        next(first)
    with pytest.raises(EngineBusy, match="try again in a moment"):
        next(reader.both_ways(PROMPT))
    first.close()  # type: ignore[attr-defined]
    *_, last = reader.both_ways(PROMPT)
    assert last.text
    assert last.text.done


def test_a_prompt_beyond_the_context_says_so(reader: ItemReader) -> None:
    with pytest.raises(EngineUnavailable, match="shorten the conversation"):
        list(reader.both_ways((HumanMessage("boots " * 3000), *PROMPT[1:])))


def test_a_server_is_sent_rows_and_then_words(server: Server, tiny_folder: Path, catalog: Catalog) -> None:
    with connect_server(server.address, timeout_s=5.0) as chat:
        prompts = enable(chat, tiny_folder)
        soft = MixedTokens(prompts.table, K)
        prompts.use(soft, "demo")
        server.written.clear()
        *_, last = ItemReader(chat, soft, catalog, tiny_folder).both_ways(PROMPT)
        assert last.tokens
        assert last.text
        assert [(told.text, told.whole, told.prompt_tokens) for told in (last.tokens, last.text)] == [
            ("Written text", True, 0),  # this server does not tell what a prompt costs
            ("Hello there", True, 0),
        ]
        assert [body["max_tokens"] for body in server.written] == [ANSWER_TOKENS]
        assert WORDS in str(server.seen[-1]["messages"])
        server.reply = lambda body: JSONResponse({"error": {"message": "out of memory"}}, 500)
        with pytest.raises(EngineUnavailable, match="out of memory"):
            list(ItemReader(chat, soft, catalog, tiny_folder).both_ways(PROMPT))
