"""The bench runs end to end at a small size, and its exact way is right under every filter."""

import pytest

from training.bench_store import main


def test_the_exact_scan_is_always_right(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--items", "400"])
    rows = [line.split(" | ") for line in capsys.readouterr().out.splitlines() if "exact scan" in line]
    assert [row[0].strip("| ") for row in rows] == ["none", "wide (80%)", "narrow (0.4%)"]
    assert all(float(row[4].strip("| ")) == 1.0 for row in rows)
