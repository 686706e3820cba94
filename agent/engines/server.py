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
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Self, TypeVar
from urllib.parse import urlsplit

import httpx
import openai
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models.chat_models import generate_from_stream
from langchain_core.messages import BaseMessage, HumanMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from langchain_openai import ChatOpenAI
from pydantic import BaseModel, PrivateAttr, SecretStr, SkipValidation, ValidationError

from agent.engines import EngineDescription
from agent.errors import EngineMismatch, EngineUnavailable
from agent.slots import as_text, has_slots, words
from retrievers.base import Vectors
from retrievers.soft_tokens import SoftTokens

if TYPE_CHECKING:
    from agent.engines.prompt_embeds import PromptEmbeds  # brings torch

CONNECT_SECONDS = 3.0
CHECK_SECONDS = 5.0
RETRY_PAUSE_SECONDS = 0.3
WAY_OUT = "Start it, correct MERCER_LLM_BASE_URL, or unset that to use the small model in this process."


class Unreadable(Exception):
    """An answer has not the shape that it should have; the cause is what reading it came upon."""


FAILED = (openai.OpenAIError, httpx.HTTPError, Unreadable)  # how a request ends that brought no answer

Schema = TypeVar("Schema", bound=BaseModel)


class ServerChat(ChatOpenAI):
    """``ChatOpenAI`` with a deadline of ``timeout_s`` for every reply and with our errors.

    A reply ends with an error when no byte arrives for ``timeout_s`` or when it is unfinished ``timeout_s`` after the
    request; a retry shares the same time. A message may have slots (``agent/slots.py``): they go out as rows once
    ``send_rows`` was called, else as text.
    """

    address: str
    timeout_s: float
    context: int | None = None
    detail: str = ""
    soft_tokens: SkipValidation[SoftTokens | None] = None

    _embeds: PromptEmbeds | None = PrivateAttr(default=None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back; it cannot be asked anything afterwards."""
        assert isinstance(self.http_client, httpx.Client)
        self.http_client.close()

    def describe(self) -> EngineDescription:
        """What this engine is, as found when it was connected; asks nobody."""
        reads_items = self._embeds is not None and self._embeds.prompts.fits
        return EngineDescription(self.model_name, "", True, self.detail, reads_items)

    def send_rows(self, embeds: PromptEmbeds) -> None:
        """From now on send messages with slots as rows of embeddings."""
        self._embeds = embeds

    def letter_logprobs(self, messages: Sequence[BaseMessage], letters: Sequence[str], within_s: float) -> Vectors:
        """See ``agent.engines.LetterScorer``; needs ``send_rows``."""
        until = time.monotonic() + within_s
        if self._embeds is None:
            raise EngineUnavailable(f"{self._who()} takes no prompts of rows, so it scores no letters.")
        ids = self._embeds.prompts.letter_ids(letters)
        request = self._embeds.letter_request(messages, ids)
        try:
            return self._embeds.letter_logprobs(request, ids, _timeout(until))
        except FAILED as error:
            raise self.unavailable(error) from error

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
        ask = self._replies(messages, stop, run_manager, **kwargs)
        shown = finished = False
        for last in (False, True):
            try:
                for chunk in ask(_timeout(until)):
                    shown = True
                    finished = finished or "finish_reason" in (chunk.generation_info or {})
                    yield chunk
                break
            except FAILED as error:
                if shown or last or not _may_pass(error):
                    raise self.unavailable(error) from error
                time.sleep(RETRY_PAUSE_SECONDS)
        if not finished:
            raise EngineUnavailable(f"{self._who()} ended in the middle of a reply. {WAY_OUT}")

    def _replies(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None,
        run_manager: CallbackManagerForLLMRun | None,
        **kwargs: Any,
    ) -> Callable[[httpx.Timeout], Iterator[ChatGenerationChunk]]:
        """What asks for the reply once, as often as it is called.

        A server drafts for itself, if at all: a ``prediction`` stays here.
        """
        kwargs.pop("prediction", None)
        if self._embeds and has_slots(messages):
            return partial(self._embeds.stream, self._embeds.reply_request(messages, stop, **kwargs))
        asked = as_text(messages, lambda place: words(place, self.soft_tokens)) if has_slots(messages) else messages
        ask = super()._stream
        return lambda timeout: _read(ask(asked, stop, run_manager, timeout=timeout, **kwargs))

    def unavailable(self, error: Exception) -> EngineUnavailable:
        """Our error for one of ``FAILED``, with the address and the way out."""
        return EngineUnavailable(f"{self._who()} {_explain(error)}")

    def _who(self) -> str:
        return f"The language model server at {self.address}"


def connect_server(
    base_url: str, model: str | None = None, api_key: str = "EMPTY", timeout_s: float = 30.0
) -> ServerChat:
    """Look up what is served at ``base_url`` (with or without ``/v1``) and return a chat model for it, to be closed.

    Parameters
    ----------
    base_url
        Such as ``http://127.0.0.1:8000``.
    model
        The name it must be served under; without one, the first that the server lists.
    api_key
        Sent as bearer token; a server without keys ignores it.
    timeout_s
        Most seconds for one reply, and for any silence in it.

    Raises
    ------
    EngineUnavailable
        Nothing that speaks the OpenAI protocol answers there within a few seconds.
    EngineMismatch
        ``model`` is not served; the message names it and what is.
    """
    address = _complete(base_url)
    served = _served_models(address, api_key)
    chosen = _choose(list(served), model, address)
    return ServerChat(
        model=chosen,
        base_url=address,
        address=address,
        api_key=SecretStr(api_key),
        timeout_s=timeout_s,
        context=served[chosen],
        detail=_detail(address, chosen, served),
        temperature=0.0,
        max_retries=0,  # ServerChat retries itself, within the same deadline
        stream_usage=True,
        http_client=httpx.Client(event_hooks={"request": [_stamp_request], "response": [_bound_response]}),
    )


def structured(
    chat: ServerChat,
    messages: Sequence[BaseMessage],
    schema: type[Schema],
    timeout_s: float,
    max_tokens: int | None = None,
) -> Schema:
    """The model's answer as a validated ``schema``, by a JSON-schema response format, with one second chance.

    ``max_tokens`` ends an answer that would go on and on.

    Raises
    ------
    EngineUnavailable
        The server failed, or both answers were no such object, or ``timeout_s`` passed.
    """
    until = time.monotonic() + timeout_s
    most = {} if max_tokens is None else {"max_tokens": max_tokens}
    model = chat.bind(response_format=_response_format(schema), **most)
    asked = list(messages)
    problem = "no time left"
    for _ in range(2):
        if (left := until - time.monotonic()) <= 0:
            break
        reply = model.invoke(asked, timeout_s=left)
        try:
            return schema.model_validate_json(reply.text)
        except ValidationError as error:
            problem = str(error)
            asked += [reply, HumanMessage(f"That is not valid: {problem}\nAnswer with the JSON object only.")]
    raise EngineUnavailable(f"The language model gave no valid {schema.__name__} within {timeout_s:g} s: {problem}")


@contextmanager
def readable() -> Iterator[None]:
    """Around what sends a request and reads the answer, and nothing else: faults in here count as the server's."""
    try:
        yield
    except (ValueError, AttributeError, LookupError, TypeError) as error:
        raise Unreadable from error


def _read(chunks: Iterator[ChatGenerationChunk]) -> Iterator[ChatGenerationChunk]:
    with readable():
        yield from chunks


def _response_format(schema: type[BaseModel]) -> dict[str, Any]:
    strict = openai.pydantic_function_tool(schema)["function"]["parameters"]
    return {"type": "json_schema", "json_schema": {"name": schema.__name__, "schema": strict, "strict": True}}


def _complete(base_url: str) -> str:
    """The address with scheme checked, no slash at the end, and ``/v1`` unless it names a version itself."""
    address = base_url.strip().rstrip("/")
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise EngineUnavailable(
            f"{base_url!r} is not the address of a language model server; give one like http://127.0.0.1:8000/v1."
        )
    return address if re.search(r"/v\d\w*(/|$)", parts.path) else f"{address}/v1"


def _served_models(address: str, api_key: str) -> dict[str, int | None]:
    """Names at ``/v1/models`` with their context lengths where the server tells."""
    who = f"The language model server at {address}"
    try:
        answer = httpx.get(f"{address}/models", headers={"Authorization": f"Bearer {api_key}"}, timeout=CHECK_SECONDS)
        answer.raise_for_status()
        cards = answer.json()["data"]
        served = {str(card["id"]): card.get("max_model_len") for card in cards}
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise EngineUnavailable(f"{who} {_explain(error)}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise EngineUnavailable(f"{who} does not speak the OpenAI protocol at /models. {WAY_OUT}") from error
    if not served:
        raise EngineMismatch(f"{who} serves no model. {WAY_OUT}")
    return served


def _choose(served: list[str], wanted: str | None, address: str) -> str:
    if wanted and wanted not in served:
        raise EngineMismatch(
            f"The model {wanted!r} is configured, but {address} serves {', '.join(map(repr, served))}. "
            "Set MERCER_LLM_MODEL to one of these, or unset it to take the first."
        )
    return wanted or served[0]


def _detail(address: str, chosen: str, served: Mapping[str, int | None]) -> str:
    """One line for ``doctor``: the address, the context length and what else could be had."""
    others = [name for name in served if name != chosen]
    context = f", context {length}" if (length := served[chosen]) else ""
    return address + context + (f", also serves {', '.join(others)}" if others else "")


def _timeout(until: float) -> httpx.Timeout:
    left = max(until - time.monotonic(), 0.001)
    return httpx.Timeout(left, connect=min(left, CONNECT_SECONDS))


def _may_pass(error: Exception) -> bool:
    """Whether the same request may succeed a moment later; one that used up its time is not sent again."""
    if isinstance(error, openai.APITimeoutError):
        return False
    return isinstance(error, openai.APIConnectionError | openai.InternalServerError | openai.RateLimitError)


def _explain(error: Exception) -> str:
    """The predicate of the sentence that began with the server, and the way out."""
    status = error.response.status_code if isinstance(error, httpx.HTTPStatusError | openai.APIStatusError) else 0
    if status in (401, 403):
        return f"refuses the key (HTTP {status}). Set MERCER_LLM_API_KEY."
    if status:
        return f"answers HTTP {status}: {str(error)[:300]}. See its log."
    if isinstance(error, openai.APITimeoutError | httpx.TimeoutException):
        return f"did not answer in time. {WAY_OUT}"
    if isinstance(error, openai.APIConnectionError | httpx.TransportError):
        return f"is not reachable or broke off ({error.__cause__ or error}). {WAY_OUT}"
    why = error.__cause__ or error
    return f"gave an unusable answer ({type(why).__name__}: {str(why)[:200]}). See its log."


def _stamp_request(request: httpx.Request) -> None:
    request.extensions["until"] = time.monotonic() + request.extensions["timeout"]["read"]


def _bound_response(response: httpx.Response) -> None:
    assert isinstance(response.stream, httpx.SyncByteStream)
    response.stream = _BoundedStream(response.stream, response.request.extensions["until"])


class _BoundedStream(httpx.SyncByteStream):
    """A response body that may drip (keep-alive comments never end a read timeout) but not beyond its time."""

    def __init__(self, body: httpx.SyncByteStream, until: float) -> None:
        self._body = body
        self._until = until

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._body:
            if time.monotonic() > self._until:
                raise httpx.ReadTimeout("the reply was not finished in time")
            yield piece

    def close(self) -> None:
        """Release the connection."""
        self._body.close()
