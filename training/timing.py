"""Times and memory as the benches tell them; knows nothing of what was measured."""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterable

import numpy as np


def percentiles(seconds: Iterable[float]) -> dict[str, float]:
    """``ms_p50`` and ``ms_p95``, in milliseconds."""
    p50, p95 = np.percentile([*seconds], [50, 95]) * 1000
    return {"ms_p50": round(float(p50), 2), "ms_p95": round(float(p95), 2)}


def peak_memory_mb() -> int:
    """The most memory that this process ever held resident, in MiB."""
    kibibytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(kibibytes // (1024 * 1024 if sys.platform == "darwin" else 1024))
