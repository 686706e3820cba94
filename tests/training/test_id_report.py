"""The report of semantic IDs agrees with counts by hand."""

from __future__ import annotations

import numpy as np

from training.id_report import as_text, report


def test_the_report_counts_by_hand() -> None:
    codes = np.array([[0, 0], [0, 0], [0, 1], [1, 1]])
    vectors = np.array([[1, 0], [1, 0], [0.8, 0.6], [0, 1]], dtype=np.float32)
    found = report(codes, 4, vectors)
    assert found.usage == (0.5, 0.5)
    assert (found.unique, found.largest) == (0.5, 2)
    np.testing.assert_allclose(found.cosines[1:], (0.8, 1.0), atol=1e-6)
    assert 0 < found.cosines[0] < 0.6
    assert "used per level: 50%, 50%" in as_text(found)
    assert "largest group: 2" in as_text(found)
