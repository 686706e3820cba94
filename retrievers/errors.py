"""What can go wrong in retrieval, one class per condition that a caller treats differently."""

from __future__ import annotations


class RetrievalError(Exception):
    """Base of all; the message names the value and the way out, ready to be shown to a person."""


class PhotoError(RetrievalError):
    """A file that was given as a photo cannot be used as one; the message is one friendly sentence."""


class EncoderError(RetrievalError):
    """The encoder that was asked for does not exist, or its files do not load."""


class GeneratorError(RetrievalError):
    """A generator's file is damaged or belongs to another store or encoder; the message says how to train anew."""


class LanguageModelUnavailable(RetrievalError):
    """A language model that was asked about candidates, or for keywords, gave nothing usable in the time it had."""


class BehaviourError(RetrievalError):
    """A file of behaviour vectors is damaged or of another store or encoder; the message says how to make it anew."""


class ItemTokensError(RetrievalError):
    """Item tokens, or the language model that they are made for, cannot be read or do not go together."""
