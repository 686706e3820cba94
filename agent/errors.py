"""Everything that can go wrong in a conversation, one class per condition that a caller treats differently."""


class AgentError(Exception):
    """Base of all; the message names the value and the way out, ready to be shown to a person."""


class EngineUnavailable(AgentError):
    """The language model cannot answer: not reachable, too slow, broken off, or it said something unusable."""


class EngineBusy(EngineUnavailable):
    """The language model is loading or answers somebody else, and the caller did not want to wait longer."""


class BadEdit(AgentError):
    """The shopper edited a chip to something that is no value of its kind."""


class EngineMismatch(AgentError):
    """The language model is there, but it is not the one that was configured."""
