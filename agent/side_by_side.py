"""Questions to a language model that wait side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from langchain_core.messages import BaseMessage

AT_ONCE = 8  # requests to a server, which batches them

Answer = TypeVar("Answer")


def side_by_side(
    ask: Callable[[list[BaseMessage]], Answer],
    asked: Sequence[list[BaseMessage]],
    at_once: int = AT_ONCE,
    within_s: float | None = None,
) -> list[Answer]:
    """All answers, in order; after the first failure nothing more is asked.

    Raises ``TimeoutError`` after ``within_s`` seconds, whatever ``ask`` is at by then: it ends by itself.
    """
    pool = ThreadPoolExecutor(at_once)
    try:
        return list(pool.map(ask, asked, timeout=within_s))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
