"""Any OpenAI-compatible server (vLLM among them) as a LangChain chat model that fails in time and says why.

What LangChain's ``ChatOpenAI`` leaves open is settled here: the address is checked and completed, the model name is
looked up at ``/v1/models``, every reply has a deadline that a silent or a dripping server cannot pass, a reply that
breaks off is an error and not a short reply, one retry and only before the first word, and every failure is an
``EngineUnavailable`` with the address and the way out.

This module knows only the synchronous calls, and nothing about shopping.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx
import openai
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.language_models.chat_models import generate_from_stream
from langchain_core.messages import BaseMessage, HumanMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from langchain_openai import ChatOpenAI
from pydantic import BaseModel, SecretStr, ValidationError

from agent.engines import EngineDescription
from agent.errors import EngineMismatch, EngineUnavailable

CONNECT_SECONDS = 3.0
CHECK_SECONDS = 5.0
RETRY_PAUSE_SECONDS = 0.3
WAY_OUT = "Start it, correct MERCER_LLM_BASE_URL, or unset that to use the small model in this process."

Schema = TypeVar("Schema", bound=BaseModel)


class ServerChat(ChatOpenAI):
    """``ChatOpenAI`` with a deadline of ``timeout_s`` for every reply and with our errors.

    A reply ends with an error when no byte arrives for ``timeout_s`` or when it is unfinished ``timeout_s`` after the
    request; a retry shares the same time.
    """

    address: str
    timeout_s: float
    detail: str = ""

    def describe(self) -> EngineDescription:
        """What this engine is, as found when it was connected; asks nobody."""
        return EngineDescription("server", self.model_name, "", True, self.detail)

    def check(self) -> None:
        """Ask the server now whether it still serves the model; raises ``EngineUnavailable`` or ``EngineMismatch``."""
        key = self.openai_api_key.get_secret_value() if isinstance(self.openai_api_key, SecretStr) else ""
        _choose(list(_served_models(self.address, key)), self.model_name, self.address)

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
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        until = time.monotonic() + kwargs.pop("timeout_s", self.timeout_s)
        try:
            yield from self._stream_once(messages, stop, run_manager, until, **kwargs)
        except _Retriable as failure:
            time.sleep(RETRY_PAUSE_SECONDS)
            try:
                yield from self._stream_once(messages, stop, run_manager, until, **kwargs)
            except _Retriable as again:
                raise self._unavailable(again.cause) from failure.cause

    def _stream_once(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None,
        run_manager: CallbackManagerForLLMRun | None,
        until: float,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        """One request; ``_Retriable`` when it failed before anything was shown and in a way that may pass."""
        left = max(until - time.monotonic(), 0.001)
        timeout = httpx.Timeout(left, connect=min(left, CONNECT_SECONDS))
        shown = finished = False
        try:
            for chunk in super()._stream(messages, stop, run_manager, timeout=timeout, **kwargs):
                shown = shown or bool(chunk.text) or bool(getattr(chunk.message, "tool_call_chunks", ()))
                finished = finished or bool((chunk.generation_info or {}).get("finish_reason"))
                yield chunk
        except (openai.OpenAIError, httpx.HTTPError, ValueError) as error:
            if not shown and _may_pass(error):
                raise _Retriable(error) from error
            raise self._unavailable(error) from error
        if not finished:
            raise EngineUnavailable(f"The language model server at {self.address} ended in the middle of a reply.")

    def _unavailable(self, error: Exception) -> EngineUnavailable:
        return EngineUnavailable(f"The language model server at {self.address} {_explain(error)}")
