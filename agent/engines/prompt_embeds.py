"""Prompts of embedding rows for a server: made here, sent to ``/v1/completions`` as vLLM's ``prompt_embeds``.

The server applies no chat template to rows and looks nothing up, so this side needs the served model's tokenizer and
embedding table, from a folder on this machine; the model itself is not loaded. Whether the server takes rows, and
whether that folder holds what it serves, is found out by trying.

Requests go through the client of ``ServerChat``, which bounds their time and explains their failures.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import openai
import torch
from huggingface_hub import try_to_load_from_cache
from huggingface_hub.errors import HFValidationError
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.messages.ai import UsageMetadata
from langchain_core.outputs import ChatGenerationChunk
from openai.types import Completion, CompletionUsage
from openai.types.chat import ChatCompletionStreamOptionsParam
from torch import Tensor
from transformers import AutoConfig, AutoTokenizer

from agent.engines.server import FAILED, ServerChat, readable
from agent.engines.soft_prompt import SoftPrompts
from agent.errors import EngineMismatch, EngineUnavailable
from retrievers.base import Vectors
from retrievers.llm_identity import read_table
from retrievers.torchvision_shim import ensure_torchvision

REPLY_ROOM = 256  # rows of the context that a prompt leaves free where nobody says how long the reply may be
PROBE = "One, two, three, four, five, six,"  # goes on in one way only, so that rounding does not decide
PROBE_TOKENS = 4
PROBE_SECONDS = 20.0
WAY_OUT = (
    "Items go out as text until vLLM is started with --enable-prompt-embeds and MERCER_LLM_FOLDER names the folder "
    "of the model that it serves."
)


Request = dict[str, Any]  # arguments of the client's completions


class PromptEmbeds:
    """One server's model, spoken to in rows. ``context`` is how many rows and new tokens it holds together."""

    def __init__(self, client: openai.OpenAI, model: str, prompts: SoftPrompts, context: int) -> None:
        self._client = client
        self._model = model
        self.prompts = prompts
        self._context = context

    def reply_request(
        self,
        messages: Sequence[BaseMessage],
        stop: list[str] | None,
        max_tokens: int | None = None,
        response_format: Mapping[str, Any] | None = None,
        logprobs: bool = False,
        top_logprobs: int = 0,
    ) -> Request:
        """What asks for the greedy reply; a prompt that is too long is shortened as ``SoftPrompts.rows`` does."""
        rows = self.prompts.rows(messages, self._context - (max_tokens or REPLY_ROOM))
        most = max_tokens or max(self._context - len(rows), 1)
        extra = {} if response_format is None else {"response_format": response_format}
        shares = {"logprobs": top_logprobs} if logprobs else {}
        return self._request(rows, most, extra) | {"stop": stop, **shares}

    def stream(self, request: Request, timeout: Any) -> Iterator[ChatGenerationChunk]:
        """The reply as it comes; closing the iterator ends the request. Errors are the client's own."""
        usage = ChatCompletionStreamOptionsParam(include_usage=True)
        with (
            readable(),
            self._client.completions.create(**request, stream=True, stream_options=usage, timeout=timeout) as answers,
        ):
            for answer in answers:
                yield _chunk(answer)

    def letter_request(self, messages: Sequence[BaseMessage], ids: Sequence[int]) -> Request:
        """What asks for the log-probabilities of these tokens as the first of the reply."""
        rows = self.prompts.rows(messages, self._context - 1)
        extra = {"logprob_token_ids": ids, "return_tokens_as_token_ids": True}
        return self._request(rows, 1, extra) | {"logprobs": len(ids)}

    def letter_logprobs(self, request: Request, ids: Sequence[int], timeout: Any) -> Vectors:
        """``(len(ids),)``; errors of the request are the client's own.

        Raises ``EngineUnavailable`` when the server gives only the likeliest tokens.
        """
        with readable():
            answer = self._client.completions.create(**request, timeout=timeout)
            found = answer.choices[0].logprobs
            shares = found.top_logprobs[0] if found and found.top_logprobs else {}
        names = [f"token_id:{id_}" for id_ in ids]
        if not shares.keys() >= set(names):
            raise EngineUnavailable(
                f"The server of {self._model!r} gives no log-probabilities of chosen tokens; vLLM from 0.32 on does."
            )
        return np.array([shares[name] for name in names], dtype=np.float32)

    def _request(self, rows: Tensor, max_tokens: int, extra: Mapping[str, Any]) -> Request:
        return {
            "model": self._model,
            "prompt": None,
            "max_tokens": max_tokens,
            "temperature": 0.0,
            "extra_body": {"prompt_embeds": encoded(rows, self.prompts.table.dim), **extra},
        }

    def check(self, timeout: Any) -> None:
        """Try whether the server takes rows and goes on from them as from the same words.

        Raises
        ------
        EngineUnavailable
            It refuses rows; the message has its reason.
        EngineMismatch
            It serves another model than the local folder holds; the message names both.
        """
        ids = self.prompts.tokenizer(PROBE, add_special_tokens=False).input_ids
        rows = encoded(self.prompts.table.rows(ids), self.prompts.table.dim)
        try:
            from_rows = self._continue(None, {"prompt_embeds": rows}, timeout)
        except openai.APIStatusError as error:
            raise EngineUnavailable(
                f"The server of {self._model!r} takes no prompt embeddings made with {self.prompts.folder} "
                f"(HTTP {error.status_code}: {str(error.message)[:300]}). {WAY_OUT}"
            ) from error
        from_words = self._continue(PROBE, {"add_special_tokens": False}, timeout)
        if from_rows != from_words:
            raise EngineMismatch(
                f"The server's model {self._model!r} is not the one in {self.prompts.folder}: after "
                f"the same words it goes on {from_words!r}, and {from_rows!r} after that folder's rows. {WAY_OUT}"
            )

    def _continue(self, prompt: str | None, extra: Mapping[str, Any], timeout: Any) -> str:
        with readable():
            answer = self._client.completions.create(
                model=self._model,
                prompt=prompt,
                max_tokens=PROBE_TOKENS,
                temperature=0.0,
                extra_body=extra,
                timeout=timeout,
            )
            return str(answer.choices[0].text)


def encoded(rows: Tensor, dim: int) -> str:
    """Rows as vLLM reads them: base64 of ``torch.save`` of ``(n, dim)`` bfloat16.

    Raises ``EngineUnavailable`` for rows of another shape or without finite numbers: none leaves this program.
    """
    if rows.ndim != 2 or rows.shape[1] != dim or not len(rows) or not rows.isfinite().all():
        raise EngineUnavailable(
            f"A prompt of {tuple(rows.shape)} numbers, some of them perhaps not finite, is not sent: it must be rows "
            f"of {dim} finite ones."
        )
    file = io.BytesIO()
    torch.save(rows.detach().to(torch.bfloat16).contiguous().clone(), file)
    return base64.b64encode(file.getvalue()).decode("ascii")


def local_folder(served: str, configured: Path | None, models_dir: Path) -> Path | None:
    """Where this machine has the served model: as configured, in Mercer's models, in the hub's cache; else None."""
    if configured:
        return configured
    own = (models_dir / served).resolve()
    if own.is_relative_to(models_dir.resolve()) and (own / "config.json").is_file():
        return own
    try:
        cached = try_to_load_from_cache(served, "config.json")
    except HFValidationError:  # the name is no name of the hub
        return None
    return Path(cached).parent if isinstance(cached, str) else None


def read_prompts(served: str, folder: Path) -> tuple[SoftPrompts, int]:
    """Tokenizer and table of the model in ``folder``, and its context length.

    Raises ``EngineUnavailable`` or ``ItemTokensError`` for a folder without them.
    """
    ensure_torchvision()
    try:
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        context = int(AutoConfig.from_pretrained(folder, local_files_only=True).max_position_embeddings)
    except (OSError, ValueError) as error:
        raise EngineUnavailable(
            f"The tokenizer of {served!r} cannot be read from {folder}: {error}. {WAY_OUT}"
        ) from error
    return SoftPrompts(served, folder, tokenizer, read_table(folder)), context


def enable(chat: ServerChat, folder: Path | None) -> SoftPrompts:
    """Let ``chat`` send rows to its server, after trying whether that works; gives where its prompts are made.

    Raises
    ------
    EngineUnavailable, EngineMismatch, ItemTokensError
        It does not; ``chat`` goes on sending items as text.
    """
    if folder is None:
        raise EngineUnavailable(f"The files of {chat.model_name!r} are not on this machine. {WAY_OUT}")
    prompts, context = read_prompts(chat.model_name, folder)
    embeds = PromptEmbeds(chat.root_client, chat.model_name, prompts, chat.context or context)
    try:
        embeds.check(PROBE_SECONDS)
    except FAILED as error:
        raise chat.unavailable(error) from error
    chat.send_rows(embeds)
    return prompts


def _chunk(answer: Completion) -> ChatGenerationChunk:
    if not answer.choices:  # the last: what it cost
        usage = _cost(answer.usage) if answer.usage else None
        return ChatGenerationChunk(message=AIMessageChunk(content="", usage_metadata=usage))
    finish: str | None = answer.choices[0].finish_reason  # None until the last, whatever the client's types say
    end: dict[str, Any] = {"finish_reason": finish} if finish else {}
    message = AIMessageChunk(content=answer.choices[0].text, response_metadata=end)
    return ChatGenerationChunk(message=message, generation_info=(end | _logprobs(answer)) or None)


def _cost(usage: CompletionUsage) -> UsageMetadata:
    return UsageMetadata(
        input_tokens=usage.prompt_tokens, output_tokens=usage.completion_tokens, total_tokens=usage.total_tokens
    )


def _logprobs(answer: Completion) -> dict[str, Any]:
    """Log-probabilities of a completion in the form that chat completions have them."""
    found = answer.choices[0].logprobs
    if found is None or not found.tokens:
        return {}
    told = zip(found.tokens, found.token_logprobs or (), found.top_logprobs or (), strict=True)
    content = [
        {"token": token, "logprob": share, "top_logprobs": [{"token": t, "logprob": s} for t, s in top.items()]}
        for token, share, top in told
    ]
    return {"logprobs": {"content": content}}
