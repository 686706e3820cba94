"""One line of what ``doctor`` reports."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report; ``remedy`` is "" where nothing is to be done."""

    subject: str
    says: str
    remedy: str = ""
