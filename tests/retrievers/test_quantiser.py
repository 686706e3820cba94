"""Every kind of quantiser comes back from its tensors with the same codes."""

from __future__ import annotations

import numpy as np
import pytest

from retrievers.quantiser import FROM_STATE
from retrievers.semantic_ids import IndexMethod
from store.interactions import Visits
from training.index_methods import fit

VECTORS = np.random.default_rng(0).standard_normal((60, 12)).astype(np.float32)
VISITS = Visits(np.repeat(np.arange(20), 3), np.arange(60) % 40)  # twenty items were never visited


@pytest.mark.parametrize("method", IndexMethod)
def test_codes_survive_the_way_through_a_file(method: IndexMethod) -> None:
    quantiser = fit(method, VECTORS, VISITS if method in (IndexMethod.COLLABORATIVE, IndexMethod.HYBRID) else None)
    again = FROM_STATE[method](quantiser.state_dict())
    assert (again.codes(VECTORS) == quantiser.codes(VECTORS)).all()
    assert (again.borrowed(VECTORS) == quantiser.borrowed(VECTORS)).all()
