"""Everything that can go wrong below the retrievers, one class per condition that a caller treats differently."""


class StoreError(Exception):
    """Base of all; the message names the value and the way out, ready to be shown to a person."""


class SourceError(StoreError):
    """A file or folder that was given for import cannot be read as what it claims to be."""


class StoreNotFound(StoreError):
    """No store of that name; the message lists the stores that exist."""


class VectorMismatch(StoreError):
    """Stored vectors come from another encoder or catalog: what is wrong, and the command that rebuilds them."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem}; {remedy}")
        self.problem = problem
        self.remedy = remedy


class WeightsError(StoreError):
    """A model file could not be fetched, or is not the one that was pinned."""


class StoreUnavailable(StoreError):
    """Disk full, folder read-only, database locked, or the Chroma server does not answer."""


class TranscriptError(StoreError):
    """A session, turn or vote that cannot be: unknown id, reason or stars; the message has what is possible."""
