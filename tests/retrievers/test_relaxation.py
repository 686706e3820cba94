"""The order in which constraints are let go."""

from retrievers.relaxation import relaxations
from store.schemas import Constraints

ASKED = Constraints(
    include={"category": ("Coats",), "color": ("Red",), "size": ("M",)},
    exclude={"brand": ("Acme",)},
    exclude_words=("wool",),
    exclude_items=("a",),
    price_max=50.0,
    in_stock=True,
)


def test_fewest_first_then_price_stock_and_facts_in_order() -> None:
    names = [relaxed.names for relaxed in relaxations(ASKED)]
    assert names[:5] == [("price_max",), ("in_stock",), ("color",), ("size",), ("price_max", "in_stock")]
    assert len(names) == len(set(names)) == 15


def test_what_is_named_is_gone_and_all_else_stays() -> None:
    for relaxed in relaxations(ASKED):
        kept = relaxed.constraints
        assert (kept.exclude, kept.exclude_words, kept.exclude_items) == (
            ASKED.exclude,
            ASKED.exclude_words,
            ASKED.exclude_items,
        )
        assert (kept.price_max is None) == ("price_max" in relaxed.names)
        assert kept.in_stock == ("in_stock" not in relaxed.names)
        assert list(kept.include) == [name for name in ASKED.include if name not in relaxed.names]
        assert "category" in kept.include


def test_nothing_to_let_go() -> None:
    assert list(relaxations(Constraints(include={"category": ("Coats",)}, exclude={"color": ("Red",)}))) == []
