"""The in-process engine, on a tiny real model."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
import torch
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage

from agent.engines.in_process import CausalLM, InProcessChat
from agent.engines.pieces import GeneratedToken
from agent.errors import EngineBusy, EngineUnavailable
from agent.slots import content
from tests.agent.engines.mixed_tokens import MixedTokens

FAR = float("inf")
CHAT = [SystemMessage("You sell shoes."), HumanMessage("Which boots are warm?")]


@pytest.fixture(scope="module")
def lm(tiny_folder: Path) -> CausalLM:
    return CausalLM(tiny_folder)


@pytest.fixture
def chat(tiny_folder: Path) -> InProcessChat:
    chat = InProcessChat(model="tiny", prepare=lambda: tiny_folder, max_tokens=12, wait_s=30.0)
    chat.warm_up().join()
    return chat


def greedy(lm: CausalLM, prompt: torch.Tensor, n: int = 12) -> list[int]:
    return [token.id for token in lm.decode(prompt, n, FAR)]


def ids_of(lm: CausalLM, text: str) -> list[int]:
    """What the template and the tokenizer make of a chat with one question."""
    templated = f"<|im_start|>system\nYou sell shoes.<|im_end|>\n<|im_start|>user\n{text}<|im_end|>\n"
    return list(lm.tokenizer(templated + "<|im_start|>assistant\n", add_special_tokens=False).input_ids)


def test_chat_is_tokenised_by_the_models_template(lm: CausalLM) -> None:
    by_hand = lm.model.get_input_embeddings()(torch.tensor(ids_of(lm, "Which boots are warm?")))
    assert torch.equal(lm.prompts.rows(CHAT, 1000), by_hand)


def generated(lm: CausalLM, ids: list[int]) -> list[int]:
    """The reference: transformers' own greedy search, with no state kept."""
    return list(lm.model.generate(torch.tensor([ids]), max_new_tokens=12, do_sample=False)[0, len(ids) :].tolist())


def test_kept_prefix_changes_nothing(lm: CausalLM) -> None:
    first = ids_of(lm, "Which boots are warm?")
    second = ids_of(lm, "Which sandals?")
    shorter = second[:9]
    for ids in (first, second, first, first, shorter, second):
        assert greedy(lm, lm.table.rows(ids)) == generated(lm, ids)


def test_only_rows_after_the_shared_beginning_are_computed(lm: CausalLM, monkeypatch: pytest.MonkeyPatch) -> None:
    prompt = lm.prompts.rows(CHAT, 1000)
    changed = prompt.clone()
    changed[-5] += 1.0  # a row that is no token, five from the end
    greedy(lm, prompt, 3)
    lengths = []
    forward = lm._forward
    monkeypatch.setattr(lm, "_forward", lambda rows, last=0: (lengths.append(len(rows)), forward(rows, last))[1])
    greedy(lm, changed, 3)
    assert lengths == [5, 1, 1]


def test_a_draft_changes_no_token_and_saves_passes(lm: CausalLM, monkeypatch: pytest.MonkeyPatch) -> None:
    prompt, passes = lm.prompts.rows(CHAT, 1000), []
    forward = lm._forward
    monkeypatch.setattr(lm, "_forward", lambda rows, last=0: (passes.append(len(rows)), forward(rows, last))[1])
    plain = [token.id for token in lm.decode(prompt, 12, FAR)]
    alone = len(passes)
    said = lm.text_of(plain)
    for draft in (said, "warm boots", said[:3] + "x" + said[3:]):
        assert [token.id for token in lm.decode(prompt, 12, FAR, draft)] == plain
    passes.clear()
    list(lm.decode(prompt, 12, FAR, said))
    assert len(passes) < alone  # bytes of this model that are no text come from no draft


def test_long_prompt_in_pieces_is_the_same_prompt(lm: CausalLM, monkeypatch: pytest.MonkeyPatch) -> None:
    prompt = lm.prompts.rows([HumanMessage("boots " * 60)], 1000)
    whole = greedy(lm, prompt)
    monkeypatch.setattr("agent.engines.in_process.PREFILL_ROWS", 50)
    greedy(lm, prompt[:1])
    assert greedy(lm, prompt) == whole


def test_abandoned_reply_does_not_spoil_the_next(lm: CausalLM) -> None:
    prompt = lm.prompts.rows(CHAT, 1000)
    expected = greedy(lm, prompt)
    tokens = lm.decode(prompt, 12, FAR)
    next(tokens)
    next(tokens)
    del tokens
    assert greedy(lm, prompt) == expected


def test_deadline_before_the_first_token_and_after(lm: CausalLM) -> None:
    prompt = lm.prompts.rows(CHAT, 1000)
    assert list(lm.decode(prompt, 5, time.monotonic() - 1)) == [GeneratedToken(-1, "deadline")]
    tokens = lm.decode(prompt, 500, time.monotonic() + 2)
    assert next(tokens).finish == ""
    time.sleep(2)
    assert next(tokens).finish == "deadline"


def test_prompt_beyond_the_context_is_refused_with_both_lengths(lm: CausalLM) -> None:
    with pytest.raises(EngineUnavailable, match=r"1020 tokens and a reply of 5 .* 1024"):
        next(lm.decode(lm.table.rows([5] * 1020), 5, FAR))


def test_stream_and_invoke_say_the_same(chat: InProcessChat) -> None:
    chunks = list(chat.stream(CHAT))
    reply = chat.invoke(CHAT)
    assert "".join(str(chunk.content) for chunk in chunks) == reply.content != ""
    assert reply.response_metadata["finish_reason"] == "length"
    assert len(chunks) > 3


def test_a_reply_tells_what_it_cost_once(chat: InProcessChat, lm: CausalLM) -> None:
    chunks = list(chat.stream(CHAT))
    costs = [chunk.usage_metadata for chunk in chunks if chunk.usage_metadata]
    prompt = len(lm.prompts.rows(CHAT, 1000))
    assert costs == [{"input_tokens": prompt, "output_tokens": 12, "total_tokens": prompt + 12}]
    assert chat.invoke(CHAT).usage_metadata == costs[0]
    late = chat.invoke(CHAT, timeout_s=1e-9)
    assert late.response_metadata["finish_reason"] == "deadline"
    assert late.usage_metadata == {"input_tokens": prompt, "output_tokens": 0, "total_tokens": prompt}


def test_stop_and_max_tokens_of_one_call(chat: InProcessChat) -> None:
    text = str(chat.invoke(CHAT).content)
    assert chat.invoke(CHAT, max_tokens=3).content == text[: len(str(chat.invoke(CHAT, max_tokens=3).content))]
    assert chat.invoke(CHAT, stop=[text[4:6]]).content == text[: text.find(text[4:6])]


def test_second_caller_is_told_that_the_model_is_busy(chat: InProcessChat) -> None:
    chat.wait_s = 0.05
    first = chat.stream(CHAT)
    next(first)
    with pytest.raises(EngineBusy, match="busy with another reply"):
        chat.invoke(CHAT)
    first.close()  # type: ignore[attr-defined]
    assert chat.invoke(CHAT).content


def test_caller_waits_while_the_model_is_loading(tiny_folder: Path) -> None:
    may_load = threading.Event()

    def prepare() -> Path:
        may_load.wait(10)
        return tiny_folder

    chat = InProcessChat(model="tiny", prepare=prepare, wait_s=0.05)
    assert not chat.describe().loaded
    with pytest.raises(EngineBusy, match="still loading"):
        chat.invoke(CHAT)
    assert chat.describe().detail == "loading"
    may_load.set()
    chat.warm_up().join()
    assert chat.describe().loaded


def test_model_that_cannot_be_loaded_is_unavailable_and_says_why(tmp_path: Path) -> None:
    asked = []

    def prepare() -> Path:
        asked.append(1)
        return tmp_path / "nothing"

    chat = InProcessChat(model="tiny", prepare=prepare)
    for _ in range(2):
        with pytest.raises(EngineUnavailable, match="tiny could not be loaded"):
            chat.invoke(CHAT)
    assert asked == [1]
    assert "could not be loaded" in chat.describe().detail


def test_replies_to_many_callers_do_not_mix(chat: InProcessChat) -> None:
    questions = [HumanMessage(f"Question {i}") for i in range(4)]
    alone = [chat.invoke([question]).content for question in questions]
    together: dict[int, object] = {}

    def ask(i: int) -> None:
        together[i] = chat.invoke([questions[i]]).content

    threads = [threading.Thread(target=ask, args=(i,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together[i] for i in range(4)] == alone


def test_loading_leaves_the_default_dtype_alone(tiny_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An encoder may be at work in another thread meanwhile."""
    seen: list[torch.dtype] = []
    real = torch.set_default_dtype
    monkeypatch.setattr(torch, "set_default_dtype", lambda dtype: (seen.append(dtype), real(dtype))[1])
    assert CausalLM(tiny_folder).model.dtype is torch.bfloat16
    assert set(seen) <= {torch.float32}


def test_items_are_read_as_rows_and_score_letters(tiny_folder: Path, lm: CausalLM) -> None:
    soft = MixedTokens(lm.table, 4)
    chat = InProcessChat(model="tiny", prepare=lambda: tiny_folder, max_tokens=12, wait_s=30.0, soft_tokens=soft)
    ask = [HumanMessage(content("{item:D1}{history:[D2, D3]}"))]
    scores = chat.letter_logprobs(ask, "ABC", 30.0)
    assert chat._lm
    assert chat.describe().detail == "ready, reads an item as 4 tokens"
    rows = chat._lm.prompts.rows(ask, 1000)
    logits = lm.model(inputs_embeds=rows[None]).logits[0, -1].float().log_softmax(-1)
    ids = [lm.tokenizer(letter).input_ids[0] for letter in "ABC"]
    torch.testing.assert_close(torch.from_numpy(scores), logits[ids].detach(), atol=0.05, rtol=0)
    with pytest.raises(EngineUnavailable, match="scored nothing within 0 s"):
        chat.letter_logprobs([HumanMessage("boots")], "AB", 0.0)


def test_item_tokens_of_another_model_are_refused_and_their_words_are_read(tiny_folder: Path, lm: CausalLM) -> None:
    soft = MixedTokens(lm.table, 4)
    soft.llm = "0" * 64
    chat = InProcessChat(model="tiny", prepare=lambda: tiny_folder, wait_s=30.0, soft_tokens=soft, store="demo")
    chat.warm_up().join()
    assert "train_ilm --store demo" in chat.describe().detail
    words = chat.invoke([HumanMessage("<item D1>")], max_tokens=8).content
    assert chat.invoke([HumanMessage(content("{item:D1}"))], max_tokens=8).content == words


def test_other_choices_come_with_their_log_probabilities(chat: InProcessChat, lm: CausalLM) -> None:
    told = [
        token
        for chunk in chat.stream(CHAT, logprobs=True, top_logprobs=3)
        for token in chunk.response_metadata["logprobs"]["content"]
    ]
    shares = lm.next_logprobs(lm.prompts.rows(CHAT, 1000), FAR)
    assert shares is not None
    best = shares.topk(3).values.tolist()
    assert [each["logprob"] for each in told[0]["top_logprobs"]] == pytest.approx(best, abs=1e-3)
    assert all(token["top_logprobs"][0]["token"] == token["token"] for token in told)
    shares_of = [[each["logprob"] for each in token["top_logprobs"]] for token in told]
    assert all(each == sorted(each, reverse=True) for each in shares_of)
    assert "logprobs" not in next(iter(chat.stream(CHAT))).response_metadata


def test_a_begun_reply_is_gone_on_with(chat: InProcessChat, lm: CausalLM) -> None:
    begun = [*CHAT, AIMessage("We have")]
    rows = lm.prompts.rows(begun, 1000)
    start = ids_of(lm, "Which boots are warm?")
    words = lm.tokenizer("We have", add_special_tokens=False).input_ids
    assert torch.equal(rows, lm.table.rows([*start, *words]))
    assert chat.invoke(begun).content == lm.text_of(generated(lm, [*start, *words]))
