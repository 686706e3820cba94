"""The plot is well-formed, small, and puts more time to the right and better figures higher."""

from __future__ import annotations

from xml.etree import ElementTree

from training.curve_plot import Series, draw

NS = "{http://www.w3.org/2000/svg}"


def circles(svg: str) -> list[tuple[float, float]]:
    return [(float(c.attrib["cx"]), float(c.attrib["cy"])) for c in ElementTree.fromstring(svg).iter(f"{NS}circle")]


def test_points_lie_where_their_figures_say() -> None:
    series = [Series("budget", [(0.0, {"mrr": 0.5}), (1.0, {"mrr": 0.7}), (100.0, {"mrr": 0.6})])]
    svg = draw("3 queries, <shop>", series, ("mrr",))
    nothing, one, hundred = circles(svg)
    assert nothing[0] < one[0] < hundred[0]
    assert one[1] < hundred[1] < nothing[1]  # y grows downwards
    assert len(svg) < 5_000


def test_one_panel_for_each_measure_and_one_line_for_each_curve() -> None:
    flat = [(1.0, {"mrr": 0.5, "ndcg@10": 0.5})]
    drawn = ElementTree.fromstring(draw("flat", [Series("a", flat), Series("b", flat)], ("mrr", "ndcg@10")))
    assert len(list(drawn.iter(f"{NS}polyline"))) == 4
