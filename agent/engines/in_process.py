"""A small causal language model in this process, as a LangChain chat model.

The prompt is always a matrix of embedding rows: text is looked up in the model's own table first, so a prompt with
rows that are no token at all (an item, a learned task prompt) goes through the same code. The keys and values of the
last prompt are kept, and the next prompt starts where the two differ: the fixed beginning (system prompt, examples)
is computed once.

Decoding is greedy, by a plain loop over ``model.forward``: measured against ``generate`` on two cores it gives the
same tokens, the first one sooner. Where the caller has a draft of the reply, many tokens are checked at once. One
reply at a time; a second caller waits ``wait_s`` and is then told so.

This module does not know what the conversation is about, nor where the model's files come from.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.language_models.chat_models import generate_from_stream
from langchain_core.messages import BaseMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from pydantic import PrivateAttr, SkipValidation
from torch import Tensor
from transformers import AutoModelForCausalLM, AutoTokenizer, DynamicCache
from transformers.utils.logging import disable_progress_bar

from agent.engines import EngineDescription
from agent.engines.drafting import Draft
from agent.engines.pieces import Counted, GeneratedToken, chunk_of, stream_text
from agent.engines.soft_prompt import SoftPrompts
from agent.errors import EngineBusy, EngineMismatch, EngineUnavailable
from retrievers.base import Vectors
from retrievers.llm_identity import table_of
from retrievers.soft_tokens import SoftTokens
from retrievers.torchvision_shim import ensure_torchvision

PREFILL_ROWS = 256  # between two pieces of a long prompt the deadline is looked at

log = logging.getLogger(__name__)


class CausalLM:
    """A loaded model with its tokenizer and the keys and values of the last prompt. Not for two threads at once."""

    def __init__(self, folder: Path) -> None:
        """Load a transformers folder in bfloat16: half of float32's memory traffic, and as fast or faster."""
        ensure_torchvision()
        disable_progress_bar()  # type: ignore[no-untyped-call]
        self.tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        # from_pretrained leaves the model in evaluation mode.
        # Loaded in float32 and halved here: asked for bfloat16, transformers would make it torch's default dtype for
        # the whole process while it loads, and an encoder at work in another thread would fail on mixed dtypes.
        self.model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, local_files_only=True)
        for weights in self.model.parameters():
            weights.data = weights.data.to(torch.bfloat16)
        self.context = int(self.model.config.max_position_embeddings)
        self.table = table_of(self.model.get_input_embeddings())
        self.prompts = SoftPrompts(folder.name, folder, self.tokenizer, self.table)
        self._cache = DynamicCache(config=self.model.config)
        self._rows = self.table.rows([])  # (n, dim) what _cache holds: the last prompt and what followed

    def text_of(self, ids: list[int]) -> str:
        """The words that these ids are, without the marks of the chat template."""
        return str(self.tokenizer.decode(ids, skip_special_tokens=True, clean_up_tokenization_spaces=False))

    def decode(
        self, prompt: Tensor, max_tokens: int, until: float, draft: str = "", others: int = 0
    ) -> Iterator[GeneratedToken]:
        """Greedy continuation of ``prompt``, one token at a time, computed as it is asked for.

        Parameters
        ----------
        prompt
            Embedding rows, ``(n, dim)``, of the model's dtype.
        max_tokens
            Generate at most this many.
        until
            ``time.monotonic()`` after which no further step is begun.
        draft
            Words that the continuation may be alike to; it only comes sooner.
        others
            How many tokens that were less likely each one tells.

        Raises
        ------
        EngineUnavailable
            The prompt leaves no room in the model's context.
        """
        if len(prompt) + max_tokens > self.context:
            raise EngineUnavailable(
                f"A prompt of {len(prompt)} tokens and a reply of {max_tokens} do not fit into the model's context "
                f"of {self.context}; shorten the conversation."
            )
        drafted = Draft(self.tokenizer(draft, add_special_tokens=False).input_ids)
        guess = drafted.ahead()
        count, logits = 0, self._prefill(prompt, guess, until)
        while logits is not None:
            best = _best_tokens(logits, others)
            agreed = next((at for at, id_ in enumerate(guess) if id_ != best[at].id), len(guess))
            self._keep(len(self._rows) - len(guess) + agreed)
            for token in best[: agreed + 1]:
                count += 1
                if token.id == self.tokenizer.eos_token_id or count == max_tokens:
                    yield replace(token, finish="stop" if token.id == self.tokenizer.eos_token_id else "length")
                    return
                yield token
                drafted.add(token.id)
            guess = drafted.ahead()
            logits = self._forward(self.table.rows([token.id, *guess])) if time.monotonic() < until else None
        yield GeneratedToken(-1, "deadline")

    def next_logprobs(self, prompt: Tensor, until: float) -> Tensor | None:
        """Log-probabilities of the first token after ``prompt``, ``(vocabulary,)`` float32; None at ``until``."""
        logits = self._prefill(prompt, (), until)
        return None if logits is None else logits[-1].float().log_softmax(-1)

    def _prefill(self, prompt: Tensor, guess: Sequence[int], until: float) -> Tensor | None:
        """Logits after ``prompt`` and after each of the ids that may follow it, ``(1 + guess, vocabulary)``.

        Computed are only the rows that are new since the last prompt and its reply. None at ``until``.
        """
        shared = min(len(prompt), len(self._rows))
        same = (prompt[:shared] == self._rows[:shared]).all(-1)  # (shared,)
        # The last row runs: it gives the logits.
        self._keep(min(int(same.long().cumprod(0).sum()), len(prompt) - 1))
        while time.monotonic() < until:
            left = prompt[len(self._rows) :]
            if len(left) <= PREFILL_ROWS:
                return self._forward(torch.cat([left, self.table.rows(guess)]), last=1 + len(guess))
            self._forward(left[:PREFILL_ROWS], last=1)
        return None

    def _keep(self, count: int) -> None:
        """Forget all but the first rows."""
        if surplus := len(self._rows) - count:
            self._cache.crop(-surplus)
            self._rows = self._rows[:count]

    @torch.inference_mode()
    def _forward(self, rows: Tensor, last: int = 0) -> Tensor:
        """Append ``rows`` ``(n, dim)`` to the cache; logits ``(n, vocabulary)`` after each or the ``last``."""
        output = self.model(
            inputs_embeds=rows[None], past_key_values=self._cache, use_cache=True, logits_to_keep=last
        )
        self._rows = torch.cat([self._rows, rows])
        logits: Tensor = output.logits[0]
        return logits


def _best_tokens(logits: Tensor, others: int) -> list[GeneratedToken]:  # (n, vocabulary)
    """The likeliest token of each row, and so many after it."""
    total = logits.float().logsumexp(-1, keepdim=True)
    best = logits.argmax(-1, keepdim=True)
    shares = (logits.gather(-1, best) - total)[:, 0].tolist()
    rest, ids = logits.scatter(-1, best, -torch.inf).topk(others)
    following = zip(ids.tolist(), (rest - total).tolist(), strict=True)
    return [
        GeneratedToken(id_, logprob=share, others=tuple(zip(*pair, strict=True)))
        for id_, share, pair in zip(best[:, 0].tolist(), shares, following, strict=True)
    ]


class InProcessChat(BaseChatModel):
    """``CausalLM`` behind LangChain's interface, loaded in the background.

    ``prepare`` gives the folder of the model, making it first if need be; it runs in the background thread, once.
    ``deadline_s``, or ``timeout_s`` of one call, bounds a reply, after which it ends where it is with the finish
    reason "deadline"; ``wait_s``
    bounds the wait for the model to be loaded or free. Slots of a message (``agent/slots.py``) are filled from
    ``soft_tokens``, those of ``store``; where they are for another model, with their words.
    """

    model: str
    prepare: Callable[[], Path]
    max_tokens: int = 160
    deadline_s: float = 10.0
    wait_s: float = 1.0
    soft_tokens: SkipValidation[SoftTokens | None] = None
    store: str = ""

    _lm: CausalLM | None = PrivateAttr(default=None)
    _detail: str = PrivateAttr(default="")
    _failure: str = PrivateAttr(default="")
    _loading: threading.Thread | None = PrivateAttr(default=None)
    _starting: Any = PrivateAttr(default_factory=threading.Lock)
    _speaking: Any = PrivateAttr(default_factory=threading.Lock)

    @property
    def _llm_type(self) -> str:
        return "mercer-in-process"

    def warm_up(self) -> threading.Thread:
        """Begin loading in a background thread, unless that happened already; join the thread to wait for it."""
        with self._starting:
            if self._loading is None:
                self._loading = threading.Thread(target=self._load, name="load-language-model", daemon=True)
                self._loading.start()
            return self._loading

    def _load(self) -> None:
        try:
            lm = CausalLM(self.prepare())
            self._detail = self._take_soft_tokens(lm)
            self._lm = lm
        except (EngineUnavailable, OSError, ValueError) as error:
            self._failure = f"The language model {self.model} could not be loaded: {error}"
            log.warning(self._failure)

    def _take_soft_tokens(self, lm: CausalLM) -> str:
        """Which item tokens the model reads, for ``describe``."""
        if self.soft_tokens is None:
            return "ready, reads items as text"
        try:
            lm.prompts.use(self.soft_tokens, self.store)
        except EngineMismatch as error:
            log.warning("%s", error)
            return f"ready, reads items as text: {error}"
        return f"ready, reads an item as {self.soft_tokens.per_item} tokens"

    def describe(self) -> EngineDescription:
        """What this engine is and whether it is loaded; never waits."""
        now = self._detail if self._lm else "loading" if self._loading else "loads with the first use"
        detail = self._failure or now
        reads_items = self._lm is not None and self._lm.prompts.fits
        return EngineDescription(self.model, "bfloat16", self._lm is not None, detail, reads_items)

    def letter_logprobs(self, messages: Sequence[BaseMessage], letters: Sequence[str], within_s: float) -> Vectors:
        """See ``agent.engines.LetterScorer``."""
        until = time.monotonic() + within_s
        lm = self._claim(min(self.wait_s, within_s))
        try:
            ids = lm.prompts.letter_ids(letters)
            logprobs = lm.next_logprobs(lm.prompts.rows(messages, lm.context - 1), until)
        finally:
            self._speaking.release()
        if logprobs is None:
            raise EngineUnavailable(f"The language model {self.model} scored nothing within {within_s:g} s.")
        scores: Vectors = logprobs[ids].numpy()
        return scores

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return generate_from_stream(self._stream(messages, stop, run_manager, **kwargs))

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        *,
        max_tokens: int | None = None,
        timeout_s: float | None = None,
        prediction: Mapping[str, str] | None = None,
        logprobs: bool = False,
        top_logprobs: int = 1,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        """``prediction`` is a draft in OpenAI's form, ``{"type": "content", "content": words}``.

        With ``logprobs`` each chunk has those of its tokens in that form too, and of the ``top_logprobs`` likeliest.
        """
        until = time.monotonic() + (timeout_s or self.deadline_s)
        lm = self._claim(self.wait_s)
        try:
            most = max_tokens or self.max_tokens
            prompt = lm.prompts.rows(messages, lm.context - most)
            draft = prediction["content"] if prediction else ""
            tokens = Counted(lm.decode(prompt, most, until, draft, top_logprobs - 1))
            for piece in stream_text(tokens, lm.text_of, stop or ()):
                chunk = chunk_of(piece, len(prompt), tokens.count, lm.text_of if logprobs else None)
                if run_manager:
                    run_manager.on_llm_new_token(piece.text, chunk=chunk)
                yield chunk
        finally:
            self._speaking.release()

    def _claim(self, wait_s: float) -> CausalLM:
        """The loaded model, for this caller alone until ``_speaking`` is released."""
        until = time.monotonic() + wait_s
        self.warm_up().join(wait_s)
        if self._failure:
            raise EngineUnavailable(self._failure)
        if self._lm is None:
            raise EngineBusy(f"The language model {self.model} is still loading; try again in half a minute.")
        if not self._speaking.acquire(timeout=max(0.0, until - time.monotonic())):
            raise EngineBusy(f"The language model {self.model} is busy with another reply; try again in a moment.")
        return self._lm
