"""What a message refuses, from its words to what is left of the store."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from agent.state import DialogueState, fold
from store.schemas import Item
from tests.agent.conftest import Talk
from tests.agent.small_store import items, small_shop, small_understanding


def test_a_value_is_refused_in_every_fact_of_the_kind_that_has_it(tmp_path: Path) -> None:
    boots = [replace(i, attributes={**i.attributes, "toe": ("round",)}) for i in items() if i.category == "Boots"]
    mugs = [replace(i, attributes={**i.attributes, "shape": ("round",)}) for i in items() if i.category == "Mugs"]
    shop = small_shop(tmp_path, (*boots, *mugs))
    reads = small_understanding(shop)
    for kind, fact in (("boots", "toe"), ("mugs", "shape")):
        asked = fold(DialogueState(), reads.understand(kind, DialogueState()))
        assert reads.understand("nothing round please", asked).exclude == {fact: ("round",)}
    assert reads.understand("nothing round please", DialogueState()).exclude == {
        "shape": ("round",),
        "toe": ("round",),
    }


def test_a_refused_colour_or_phrase_is_refused_where_other_facts_have_it(tmp_path: Path) -> None:
    lined = {"lining": ("Red", "soft edge")}
    boots = [replace(i, attributes={**i.attributes, **lined}) for i in items() if i.category == "Boots"]
    mugs = [replace(i, attributes={**i.attributes, "rim": ("soft edge",)}) for i in items() if i.category == "Mugs"]
    dresses = [i for i in items() if i.category == "Dresses"]
    reads = small_understanding(small_shop(tmp_path, (*boots, *mugs, *dresses)))
    asked = fold(DialogueState(), reads.understand("boots", DialogueState()))
    refused = reads.understand("no red", asked).exclude
    assert refused["lining"] == ("Red",)
    assert set(reads.understand("no soft edge", asked).exclude) == {"lining", "rim"}


def test_a_wish_for_the_broader_value_does_not_bring_back_a_refused_narrower_one(talk: Talk) -> None:
    state = talk("boots, no vegan leather", "leather please")
    assert state.constraints.include["material"] == ("Leather",)
    assert state.constraints.exclude == {"material": ("Vegan leather",)}
    assert talk("boots, no vegan leather", "vegan leather please").constraints.exclude == {}


def test_a_refused_phrase_is_refused_wherever_a_record_says_it(tmp_path: Path) -> None:
    red = {"color": ("Red",), "material": ("Wool",)}
    own = {**red, "material": ("Suede Brushed®", "Wool"), "style": ("Chelsea",), "shaft": ("short",)}
    plain, *others = (i for i in items() if i.category == "Boots")
    named = replace(plain, item_id="T1", title="Chelsea boot, short laces", attributes=red)
    brushed = replace(plain, item_id="T2", attributes=own)
    cloth = Item("S1", "Cloth", product_type="Care > Suede Brushed", attributes=red)
    shop = small_shop(tmp_path, (named, brushed, *others, cloth))
    reads = small_understanding(shop)
    boots = fold(DialogueState(), reads.understand("boots", DialogueState()))

    def allowed(text: str) -> set[str]:
        state = fold(boots, reads.understand(text, boots))
        return {i for i, may in zip(shop.facts.item_ids, shop.facts.allowed(state.constraints), strict=True) if may}

    assert {"T1", "T2"} <= allowed("nothing fancy")
    assert "T1" not in allowed("no chelsea")  # a value of others, here in the title alone
    assert {"T1", "T2"} & allowed("please leave out suede brushed") == {"T1"}  # the name of a kind as well
    assert {"T1", "T2"} & allowed("nothing short please") == {"T1"}  # a measure of one fact is no word about another


def test_an_everyday_word_that_is_a_value_can_be_refused(tmp_path: Path) -> None:
    cool = [replace(i, attributes={**i.attributes, "climate": ("Cool", "Mild")}) for i in items()[:6]]
    reads = small_understanding(small_shop(tmp_path, tuple(cool)))
    for text in ("cool is out of the question", "no cool", "please leave out cool", "anything but cool"):
        assert reads.understand(text, DialogueState()).exclude == {"climate": ("Cool",)}, text
    assert reads.understand("cool, a red dress", DialogueState()).include == {"color": ("Red",)}


def test_a_word_that_only_descriptions_have_can_be_refused_plainly(tmp_path: Path) -> None:
    zips = [replace(i, description="It has a zip.") if n % 2 else i for n, i in enumerate(items())]
    reads = small_understanding(small_shop(tmp_path, tuple(zips)))
    for text in ("a jacket without zips", "not zipped", "a jacket, no zip please", "no leather and no zip"):
        assert reads.understand(text, DialogueState()).exclude_words, text
    heard = reads.understand("a jacket, not what has a zip I think", DialogueState())
    assert heard.exclude_words == ()


def test_what_is_refused_is_not_missed_where_a_record_denies_it_or_only_has_it_in_a_name(tmp_path: Path) -> None:
    jackets = [item for item in items() if item.category == "Jackets"]
    titles = ("jacket with no hood, grey", "Red Wing jacket, grey", "jacket with a hood, grey")
    brands = ("Marlow", "Red Wing", "Marlow")
    own = [
        replace(jackets[4], item_id=f"N{n}", title=title, brand=brand, attributes={"color": ("Grey",)})
        for n, (title, brand) in enumerate(zip(titles, brands, strict=True))
    ]
    shop = small_shop(tmp_path, (*jackets, *own))
    reads = small_understanding(shop)

    def allowed(text: str) -> set[str]:
        state = fold(DialogueState(), reads.understand(text, DialogueState()))
        mask = shop.facts.allowed(state.constraints)
        return {i for i, may in zip(shop.facts.item_ids, mask, strict=True) if may and i.startswith("N")}

    for text in ("a jacket without a hood", "a hoodless jacket", "jackets, no hoods"):
        assert allowed(text) == {"N0", "N1"}, text
    assert allowed("a jacket, no red") == {"N0", "N1", "N2"}
