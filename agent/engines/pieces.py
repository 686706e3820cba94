"""A reply as it comes: tokens to pieces of text, and pieces to what LangChain streams.

Log-probabilities go along in OpenAI's form, each token with the other choices that the model had in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from langchain_core.messages import AIMessageChunk
from langchain_core.messages.ai import UsageMetadata
from langchain_core.outputs import ChatGenerationChunk

UNFINISHED = "\N{REPLACEMENT CHARACTER}"  # a character whose last byte is not generated yet decodes to this

Decode = Callable[[list[int]], str]


@dataclass(frozen=True, slots=True)
class GeneratedToken:
    """One generated token; ``finish`` is "" or why it is the last: "stop", "length" or "deadline" (then id is -1).

    ``others`` are the likeliest after it, ids with natural-log probabilities.
    """

    id: int
    finish: str = ""
    logprob: float = 0.0
    others: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """The next text to show; ``finish`` as in ``GeneratedToken``, set on the last piece, whose text may be empty.

    ``tokens`` are those that came since the piece before.
    """

    text: str
    finish: str = ""
    tokens: tuple[GeneratedToken, ...] = field(default=(), compare=False)


def stream_text(tokens: Iterable[GeneratedToken], decode: Decode, stop: Sequence[str]) -> Iterator[Piece]:
    """Pieces of text as tokens arrive, cut before the first stop string.

    Text that may still become a stop string or a whole character is held back until it is decided.
    """
    ids: list[int] = []
    waiting: list[GeneratedToken] = []
    shown = 0
    for token in tokens:
        ids += [token.id] if token.id >= 0 else []
        waiting.append(token)
        text = decode(ids)
        cuts = [at for word in stop if (at := text.find(word)) >= 0]
        finish = "stop" if cuts else token.finish
        end = min(cuts) if cuts else len(text) - (0 if finish else _undecided(text, stop))
        if end > shown or finish:
            yield Piece(text[shown:end], finish, tuple(waiting))
            shown, waiting = end, []
        if finish:
            return


def _undecided(text: str, stop: Sequence[str]) -> int:
    """How many characters at the end may yet turn out to be part of something else."""
    if text.endswith(UNFINISHED):
        return len(text) - len(text.rstrip(UNFINISHED))
    begun = [n for word in stop for n in range(1, len(word)) if text.endswith(word[:n])]
    return max(begun, default=0)


class Counted:
    """Tokens as they come, and how many came so far."""

    def __init__(self, tokens: Iterable[GeneratedToken]) -> None:
        self._tokens = tokens
        self.count = 0

    def __iter__(self) -> Iterator[GeneratedToken]:
        for token in self._tokens:
            self.count += token.id >= 0
            yield token


def chunk_of(piece: Piece, asked: int, said: int, decode: Decode | None) -> ChatGenerationChunk:
    """A piece for LangChain; the last has what the reply cost, ``asked`` rows of prompt and ``said`` tokens.

    With ``decode`` it also has the log-probabilities of its tokens.
    """
    told: dict[str, Any] = {}
    if decode:
        told = {"logprobs": {"content": [_shares(token, decode) for token in piece.tokens if token.id >= 0]}}
    if not piece.finish:
        return ChatGenerationChunk(message=AIMessageChunk(content=piece.text), generation_info=told or None)
    ended = {"finish_reason": piece.finish}
    cost = UsageMetadata(input_tokens=asked, output_tokens=said, total_tokens=asked + said)
    message = AIMessageChunk(content=piece.text, response_metadata=ended, usage_metadata=cost, chunk_position="last")
    return ChatGenerationChunk(message=message, generation_info=ended | told)


def _shares(token: GeneratedToken, decode: Decode) -> dict[str, Any]:
    top = [{"token": decode([id_]), "logprob": share} for id_, share in ((token.id, token.logprob), *token.others)]
    return {**top[0], "top_logprobs": top}
