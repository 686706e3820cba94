from __future__ import annotations

from dataclasses import replace

import pytest

from agent.shop import Shop
from agent.vocabulary import Vocabulary, in_number
from agent.words import tokenise


@pytest.mark.parametrize(
    ("phrase", "fact", "values"),
    [
        ("dresses", "category", {"Dresses"}),
        ("gown", "category", {"Dresses"}),
        ("trainers", "category", {"Sneakers"}),
        ("shoes", "category", {"Boots", "Sneakers"}),
        ("desk lamp", "category", {"Table Lamps"}),
        ("coffee cup", "category", {"Mugs"}),
        ("footwear", "product_type", {"Footwear"}),
        ("blue", "color", {"Blue"}),
        ("crimson", "color", {"Red"}),
        ("long sleeves", "sleeve", {"long"}),
        ("hooded", "hood", {"hooded"}),
        ("leather", "material", {"Leather"}),
        ("vegan leather", "material", {"Vegan leather"}),
    ],
)
def test_phrases_mean_values_of_the_store(phrase: str, fact: str, values: set[str], shop: Shop) -> None:
    sense = shop.vocabulary.sense(phrase)
    assert sense is not None
    assert (sense.fact, set(sense.values)) == (fact, values)


def test_refusing_a_word_is_wider_than_wanting_it(shop: Shop) -> None:
    blue, leather = shop.vocabulary.sense("blue"), shop.vocabulary.sense("leather")
    assert blue is not None
    assert set(blue.wide) == {"Blue", "Navy"}
    assert leather is not None
    assert set(leather.wide) == {"Leather", "Vegan leather", "Suede"}


def test_an_unknown_column_becomes_words_by_itself() -> None:
    vocabulary = Vocabulary({"warp": {"Slub": 3, "Ring spun": 2}, "waterproof": {"Yes": 4, "No": 1}})
    slub, proof = vocabulary.sense("slub"), vocabulary.sense("waterproof")
    assert slub is not None
    assert (slub.fact, slub.values) == ("warp", ("Slub",))
    assert proof is not None
    assert (proof.fact, proof.values) == ("waterproof", ("Yes",))


def test_a_switch_that_one_item_writes_as_a_number_is_a_switch_still() -> None:
    vocabulary = Vocabulary({"mesh_lining": {"Yes": 4, "No": 3, "1": 1}, "drawers": {"1": 2, "0": 3}})
    lining = vocabulary.sense("mesh lining")
    assert lining is not None
    assert (lining.fact, lining.values) == ("mesh_lining", ("Yes", "1"))
    assert not [m for m in vocabulary.mentions(tokenise("drawers"), "drawers") if m.sense.values == ("1",)]


def test_a_brand_that_is_a_plain_word_needs_a_sign() -> None:
    vocabulary = Vocabulary({"brand": {"Only": 3, "Marlow": 2}})

    def brands(text: str) -> list[str]:
        return [m.sense.values[0] for m in vocabulary.mentions(tokenise(text), text)]

    assert brands("only the cheap ones") == []
    assert brands("something by only") == ["Only"]
    assert brands("a marlow coat") == ["Marlow"]


def test_recipients_are_said_in_the_words_of_the_store(shop: Shop) -> None:
    wife = shop.vocabulary.recipient("wife")
    assert wife is not None
    assert (wife.fact, wife.values) == ("gender", ("Women",))


def test_a_daughter_is_no_boy() -> None:
    groups = Vocabulary({"age_group": {"Kids-Boys": 3, "Kids-Girls": 3, "Kids-Unisex": 2, "Adults-Women": 9}})
    for word, values in (("daughter", {"Kids-Girls", "Kids-Unisex"}), ("son", {"Kids-Boys", "Kids-Unisex"})):
        sense = groups.recipient(word)
        assert sense is not None
        assert set(sense.values) == values


def test_a_number_tells_which_value_of_a_word_is_meant() -> None:
    vocabulary = Vocabulary({"pocket": {"15-inch laptop": 2, "13-inch laptop": 1, "no pocket": 2}})
    laptop = vocabulary.sense("laptop")
    assert laptop is not None
    assert in_number(laptop, "a bag for my 15 inch laptop") == replace(laptop, values=("15-inch laptop",))
    assert in_number(laptop, "a bag for my laptop, under 60") == laptop
    assert in_number(None, "a bag") is None


def test_a_broad_kind_below_a_department_for_people_is_its_narrow_kinds() -> None:
    paths = ("Women > Tops > Tees", "Men > Tops > Tees", "Men > Tops > Hoodies", "Gear > Bags", "Gear > Watches")
    levels = ("Women", "Men", "Tops", "Tees", "Hoodies", "Gear", "Bags", "Watches")
    kinds = ("Tees", "Hoodies", "Bags", "Watches")
    vocabulary = Vocabulary(
        {"product_type": dict.fromkeys((*paths, *levels), 1), "category": dict.fromkeys(kinds, 1)}
    )
    tops, gear, women = vocabulary.sense("tops"), vocabulary.sense("gear"), vocabulary.sense("women")
    assert tops
    assert gear
    assert women
    assert (tops.fact, set(tops.values)) == ("category", {"Tees", "Hoodies"})  # so that women's tops are both
    assert (women.fact, women.values) == ("product_type", ("Women",))
    assert (gear.fact, gear.values) == ("product_type", ("Gear",))


def test_a_gift_is_not_what_stands_under_free_gifts() -> None:
    vocabulary = Vocabulary({"category": {"Free Gifts": 3, "Mugs": 5}})
    assert vocabulary.sense("gift") is None
    assert vocabulary.sense("free gift") is not None


def test_a_value_says_more_than_a_word_of_one_and_the_fact_of_most_items_more_than_others() -> None:
    vocabulary = Vocabulary(
        {
            "display": {"Formal Wear": 90, "Formal Shoes": 40},
            "occasion": {"Formal": 3},
            "usage": {"Formal": 80, "Casual": 200},
        }
    )
    formal = vocabulary.sense("formal")
    assert formal
    assert (formal.fact, formal.values) == ("usage", ("Formal",))


def test_the_material_of_a_part_is_said_with_the_part() -> None:
    vocabulary = Vocabulary({"material": {"Leather": 9}, "strap_material": {"Leather": 4, "Steel": 2}})
    strap, leather = vocabulary.sense("leather strap"), vocabulary.sense("leather")
    assert strap
    assert leather
    assert (strap.fact, strap.values) == ("strap_material", ("Leather",))
    assert leather.fact == "material"


def test_a_colour_that_only_a_part_has_is_said_of_that_part() -> None:
    vocabulary = Vocabulary({"color": {"Red": 3, "Navy": 2}, "case": {"gold": 2, "steel": 2}})
    gold, blue = vocabulary.sense("gold"), vocabulary.sense("blue")
    assert gold
    assert blue
    assert (gold.fact, gold.values) == ("case", ("gold",))
    assert (blue.fact, blue.values) == ("color", ("Navy",))


def test_who_refuses_a_material_refuses_what_is_nothing_else_and_who_wants_it_gets_itself() -> None:
    materials = {"Leather": 9, "Suede": 4, "Faux suede": 2, "Leather mix": 1, "Canvas": 5}
    vocabulary = Vocabulary({"material": materials, "pattern": {"Leather": 1, "Suede": 1}})
    leather, suede = vocabulary.sense("leather"), vocabulary.sense("suede")
    assert leather
    assert suede
    assert (leather.fact, leather.values) == ("material", ("Leather", "Leather mix"))
    assert set(leather.wide) == {"Leather", "Leather mix", "Suede"}
    assert "Leather" not in suede.wide


def test_trainers_are_for_running_too() -> None:
    words = Vocabulary({"category": {"Sneakers": 2, "Running Shoes": 3, "Boots": 1}})
    for word, kinds in {"trainers": {"Sneakers", "Running Shoes"}, "sneakers": {"Sneakers"}}.items():
        meant = words.sense(word)
        assert meant is not None
        assert set(meant.values) == kinds


def test_what_one_has_is_what_a_thing_for_those_prone_to_it_is_for() -> None:
    words = Vocabulary({"acne-prone skin": {"yes": 2}, "dry skin": {"yes": 3}, "category": {"Serum": 5}})
    acne = words.sense("acne")
    assert acne is not None
    assert (acne.fact, acne.values) == ("acne-prone skin", ("yes",))
    assert words.sense("dry") is None


def test_a_number_of_things_is_no_word_of_a_value() -> None:
    vocabulary = Vocabulary({"category": {"Mugs": 9}, "handle": {"two handles": 3, "loop handle": 5, "no handle": 2}})
    said = [[m.sense.fact for m in vocabulary.mentions(tokenise(text))] for text in ("two mugs", "two handles")]
    assert said == [["category"], ["handle"]]
