"""The language models that a conversation can speak through, behind LangChain's ``BaseChatModel``.

An engine says what it is with an ``EngineDescription``; everything else is LangChain's interface. This module stays
light: importing it loads no model library.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EngineDescription:
    """What ``doctor`` and the transcripts say about a language model.

    ``dtype`` is "" where the server does not tell, ``loaded`` whether the next reply needs no loading, ``detail``
    anything a person should know: the address, what else is served, why loading failed.
    """

    engine: str
    model: str
    dtype: str
    loaded: bool
    detail: str
