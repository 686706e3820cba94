from __future__ import annotations

import pytest

from agent.negation import LASTING, refused_positions, with_suffixes_apart, without_verbs
from agent.shop import Shop
from agent.words import tokenise


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("no leather", {"leather"}),
        ("I don't want anything with silk or leather", {"silk", "leather"}),
        ("I don't want boots in red", {"boots"}),
        ("not red or blue", {"red", "blue"}),
        ("not red but blue", {"red"}),
        ("without a hood but with long sleeves", {"hood"}),
        ("anything but black", {"black"}),
        ("leather-free boots", {"leather"}),
        ("boots free of leather", {"leather"}),
        ("boots free from leather or silk", {"leather", "silk"}),
        ("boots, no leather, in black", {"leather"}),
        ("no leather, suede or rubber", {"leather", "suede", "rubber"}),
        ("no leather, cotton please", {"leather"}),
        ("nothing in red", {"red"}),
        ("I don't want silk", {"silk"}),
        ("a dress that is not linen", {"linen"}),
        ("no problem, red is great", set()),
        ("no clue what to get her in red", set()),
        ("no more than 60 for a red dress", set()),
        ("not only red", set()),
        ("No, I said blue", set()),
        ("no leather jackets", {"leather"}),
        ("any colour but red", {"red"}),
        ("anything else but red", {"red"}),
        ("anything cheaper but red", set()),
        ("leather is out of the question", {"leather"}),
        ("silk in red, suede is out", {"suede"}),
        ("red is out of stock", set()),
        ("leather is still out", {"leather"}),
        ("leather ones are out", {"leather"}),
        ("leather is ruled out, silk please", {"leather"}),
        ("the red ones are definitely out, blue please", {"red"}),
        ("leather ones are out of stock", set()),
        ("leather still is completely out", {"leather"}),
        ("red is already out of stock", set()),
        ("please leave out leather and suede", {"leather", "suede"}),
        ("not that red linen, something in silk", {"red", "linen"}),
        ("I hate cotton, silk, and nylon", {"cotton", "silk", "nylon"}),
        ("I hate cotton, silk and nylon. any jacket?", {"cotton", "silk", "nylon"}),
        ("no cotton, silk, or nylon", {"cotton", "silk", "nylon"}),
        ("not red, and blue please", {"red"}),
        ("avoid red and anything blue", {"red", "blue"}),
        ("no cotton or anything silk", {"cotton", "silk"}),
        ("avoid leather and anything red", {"leather", "red"}),  # an order goes for all that is joined
        ("hide the red ones and the leather ones", {"red", "leather"}),
        ("exclude red, leather and silk", {"red", "leather", "silk"}),
        ("no red ones and leather ones", {"red", "leather"}),
        ("no red ones and blue please", {"red"}),
        ("hide the red ones and show me silk ones", {"red"}),
        ("hide the red ones, silk please", {"red"}),
        ("skip the red ones and boots please", {"red"}),
        ("skip the red ones and go for silk", {"red"}),
        ("nothing red, anything blue", {"red"}),
        ("no red anything blue", {"red"}),
        ("no red but anything blue", {"red"}),
        ("no red, and anything blue please", {"red"}),
        ("no leather and in black", {"leather"}),
        ("no leather, cotton and in black please", {"leather"}),
        ("no leather and a hood please", {"leather"}),
        ("no leather, silk and a hood", {"leather"}),
        ("any other colour than blue", {"blue"}),
        ("a different colour than blue", {"blue"}),
        ("some colour other than blue", {"blue"}),
        ("no idea what he likes other than boots", set()),
        ("I don't know what to pack other than a dress", set()),
        ("not sure, any colour other than red", {"red"}),
        ("I don't know, but any colour other than blue", {"blue"}),
        ("not sure what I want, linen rather than silk", {"silk"}),
        ("another fabric than silk or linen", {"silk", "linen"}),
        ("any other brand than Marlow", {"marlow"}),
        ("another one. rather blue than red", set()),
        ("can't decide between leather and suede", set()),
        ("I can't really choose between red and blue", set()),
        ("hide anything by Marlow", {"marlow"}),
        ("please hide the red ones", {"red"}),
        ("boots, hold the red", {"red"}),
        ("hold the leather and the suede please", {"leather", "suede"}),
        ("something to hold the red mugs", set()),
        ("could you hold the red one for me", set()),
        ("a red hide rug", set()),
        ("drop anything in silk", {"silk"}),
        ("a drop shoulder red dress", set()),
        ("omit linen and silk", {"linen", "silk"}),
        ("filter out red", {"red"}),
        ("stop showing me red", {"red"}),
        ("stop, show me red", set()),
        ("don't show me anything by Marlow", {"marlow"}),
        ("don't show me anything in silk", {"silk"}),
        ("I'd rather not see red ones", {"red"}),
        ("I don't see red", set()),
        ("no show me red", set()),
        ("why not red?", set()),
        ("don't you have anything in red?", set()),
        ("aren't there red ones?", set()),
        ("don't hide the red ones", set()),
        ("don't exclude red", set()),
        ("I don't want to hide, red please", set()),
        ("no sorry blue", set()),
        ("no actually blue", set()),
        ("no make it blue", set()),
        ("not actually blue", {"blue"}),
        ("no blue", {"blue"}),
        ("nothing against leather", set()),
        ("can we leave silk out?", {"silk"}),
        ("leave the red and the blue ones out for now", {"red", "blue"}),
        ("let's leave suede aside, blue please", {"suede"}),
        ("please take out nylon", {"nylon"}),
        ("could you take the linen ones out", {"linen"}),
        ("you should rule silk out", {"silk"}),
        ("don't leave the red ones out", set()),
        ("please don't leave out leather", set()),
        ("something in red to take out", set()),
        ("a red jacket I can leave out in the rain", set()),
        ("a dress with a cut out red back", set()),
    ],
)
def test_scope(text: str, refused: set[str], shop: Shop) -> None:
    tokens = tokenise(text)
    mentions = shop.vocabulary.mentions(tokens, text)
    positions = refused_positions(tokens, mentions)
    named = {tokens[m.start].text for m in mentions if m.start in positions}
    assert named == refused


def test_standing_dislikes_are_told_from_wishes_of_the_moment() -> None:
    assert LASTING.search("I'm vegan, no leather")
    assert LASTING.search("I never wear wool")
    assert not LASTING.search("no leather please")


def test_a_part_that_is_not_there_may_be_said_in_one_word(shop: Shop) -> None:
    def read(text: str) -> list[str]:
        tokens = with_suffixes_apart(tokenise(text), lambda word: shop.vocabulary.sense(word) is not None)
        return [token.text for token in tokens]

    assert read("a hoodless jacket") == ["a", "without", "hood", "jacket"]
    assert read("i don't like hoodless") == ["i", "don't", "like", "hoodless"]
    assert read("no red, hoodless") == ["no", "red", ",", "without", "hood"]
    assert read("a sleeveless dress, effortless") == ["a", "sleeveless", "dress", ",", "effortless"]


def test_a_name_that_ends_on_less_stays_whole() -> None:
    def read(text: str) -> list[str]:
        return [t.text for t in with_suffixes_apart(tokenise(text), {"cord", "cordless drills"}.__contains__)]

    assert read("cordless drills") == ["cordless", "drills"]
    assert read("a cordless lamp") == ["a", "without", "cord", "lamp"]


def test_letters_of_a_model_code_refuse_nothing() -> None:
    assert refused_positions(tokenise("NO15 712A drill"), ()) == frozenset()
    assert refused_positions(tokenise("no 15 please"), ()) != frozenset()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("no visible logos", "no logos"),
        ("without any extra padding", "without any padding"),
        ("I can't stand red", "i can't red"),
        ("visible stitching", "visible stitching"),
    ],
)
def test_what_says_nothing_more_in_a_refusal_is_left_out(text: str, kept: str) -> None:
    assert " ".join(token.text for token in without_verbs(tokenise(text))) == kept
