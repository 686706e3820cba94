"""Units and comparatives of English, as shops and shoppers write them; no store's own words."""

from __future__ import annotations

from agent.words import stem


def _units(scale: str, **words: float) -> dict[str, tuple[str, float]]:
    return {word: (scale, factor) for word, factor in words.items()}


PERCENT = "percent"  # the scale of shares
MINUTE = "minute"  # the scale of how long something takes

# Unit (a word, or its stem) -> its scale and what one of it is on that scale.
UNITS: dict[str, tuple[str, float]] = {
    **_units("litre", l=1, litre=1, litres=1, liter=1, liters=1, ltr=1, ml=0.001, cl=0.01, millilitre=0.001),
    **_units("cm", mm=0.1, cm=1, m=100, metre=100, metres=100, meter=100, meters=100, inch=2.54, inches=2.54,
             ft=30.48, foot=30.48, feet=30.48),
    '"': ("cm", 2.54), "″": ("cm", 2.54),
    **_units("gram", g=1, gram=1, grams=1, kg=1000, kilo=1000, kilos=1000, lb=453.6, lbs=453.6, oz=28.35),
    **_units("byte", mb=0.001, gb=1, tb=1000),
    **_units(MINUTE, min=1, mins=1, minute=1, minutes=1, hour=60, hours=60, hrs=60, h=60, days=1440, day=1440),
    **_units("watt", w=1, watt=1, watts=1, kw=1000),
    # A letter that shops write is a unit where a record has it: of a "v neck" there are no volts.
    **_units("v", volt=1, volts=1), **_units("db", decibel=1, decibels=1), **_units("hz", hertz=1),
    **_units("year", year=1, years=1, yr=1, yrs=1, month=1 / 12, months=1 / 12),
    **_units("people", person=1, persons=1, people=1, adult=1, adults=1, player=1, players=1, guest=1, guests=1,
             seater=1, seats=1, seat=1, sleeper=1, kids=1, children=1),
    **_units("mah", mah=1),
    **_units(stem("rating"), star=1, stars=1),
    **_units("megapixel", mp=1, megapixel=1, megapixels=1),
    **_units("degree", c=1, degrees=1, celsius=1),
    **_units(PERCENT, percent=1), "%": (PERCENT, 1),
    "°c": ("degree", 1), "° c": ("degree", 1),
}  # fmt: skip

# Stems of fact names whose bare numbers count people.
PEOPLE_FACTS = frozenset(map(stem, ("seats", "sleeps", "players", "persons", "people", "serves", "occupancy")))

_SIZES = ("capacity", "volume", "size", "length", "diameter", "height", "cups", "measure")  # measure: of a title

_TIMES = ("duration", "playtime", "runtime", "time", "pages")
_SOUND = ("noise", "sound", "loudness", "decibel")
_STRENGTH = ("power", "strength", "wattage", "torque")

# What is compared -> words of the facts that measure it, the telling ones first, and whether more is asked for.
COMPARATIVES: dict[str, tuple[tuple[str, ...], bool]] = {
    "lighter": (("weight",), False), "heavier": (("weight",), True),
    "warmer": (("comfort", "temperature"), False), "cooler": (("comfort", "temperature"), True),
    "bigger": (_SIZES, True), "larger": (_SIZES, True), "smaller": (_SIZES, False),
    "roomier": (("capacity", "volume"), True),
    "longer": (("length", *_TIMES), True), "shorter": (("length", *_TIMES), False),
    "quieter": (_SOUND, False), "louder": (_SOUND, True), "noisier": (_SOUND, True),
    "stronger": (_STRENGTH, True), "weaker": (_STRENGTH, False),
    "thicker": (("thickness",), True), "thinner": (("thickness",), False), "slimmer": (("thickness", "depth"), False),
    "faster": (("speed",), True), "slower": (("speed",), False),
    "taller": (("height",), True), "deeper": (("depth",), True), "shallower": (("depth",), False),
    "wider": (("width", "diameter"), True), "narrower": (("width", "diameter"), False),
}  # fmt: skip

# How large a thing is in one direction -> words of the facts that measure it.
DIMENSIONS: dict[str, tuple[str, ...]] = {
    "wide": ("width", "diameter"), "width": ("width",), "deep": ("depth",), "depth": ("depth",), "long": ("length",),
    "tall": ("height",), "high": ("height",), "height": ("height",), "taller": ("height",), "higher": ("height",),
    "lower": ("height",), "deeper": ("depth",), "shallower": ("depth",), "wider": ("width", "diameter"),
    "narrower": ("width", "diameter"), "longer": ("length",), "shorter": ("length", "height"),
    "heavier": ("weight",), "lighter": ("weight",), "quieter": _SOUND, "louder": _SOUND, "noisier": _SOUND,
    "stronger": _STRENGTH, "weaker": _STRENGTH, "thick": ("thickness",), "thicker": ("thickness",),
    "thinner": ("thickness",), "slimmer": ("thickness", "depth"),
}  # fmt: skip

# Stems of the facts that tell how large a thing is in one direction, and of what says that it is all of the thing.
SIDES = frozenset(map(stem, ("length", "width", "depth", "height", "breadth")))
WHOLE = frozenset(map(stem, ("item", "product", "overall", "total")))

# Comparatives before "than" and a number that ask for more of it, and for less.
MORE_THAN = (
    "more", "bigger", "larger", "greater", "longer", "taller", "higher", "wider", "broader", "deeper", "heavier",
    "louder", "noisier", "stronger", "thicker", "brighter", "better", "older",
)  # fmt: skip
LESS_THAN = (
    "less", "fewer", "smaller", "shorter", "lower", "narrower", "slimmer", "shallower", "lighter", "quieter",
    "weaker", "thinner", "worse", "younger", "newer",
)  # fmt: skip
# Whether it takes less time; of all else more is asked for then, as of a speed.
HURRIED: dict[str, bool] = {"faster": True, "quicker": True, "slower": False}
# A verb before a number -> on which scales that is what it measures, and words of the facts that hold it.
MEASURING_VERBS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "weigh(?:s|ing)?": (("gram",), ("weight",)),
    "hold(?:s|ing)?": (("litre", "gram", "people"), ("capacity", "volume")),
    "tak(?:es?|ing)": ((MINUTE,), ("time", "duration", "playtime", "runtime")),
    "last(?:s|ing)?": ((MINUTE,), ("life", "duration", "time", "playtime", "runtime")),
    "run(?:s|ning)?": ((MINUTE,), ("life", "duration", "time", "runtime")),
    "measur(?:es?|ing)": (("cm",), ()),
}

# What there is too much of, or should be less of -> the comparative that asks for the opposite.
OPPOSITES: dict[str, str] = {
    "heavy": "lighter", "big": "smaller", "large": "smaller", "bulky": "smaller", "huge": "smaller",
    "wide": "narrower", "small": "bigger", "tiny": "bigger", "little": "bigger", "narrow": "wider",
}  # fmt: skip

# How something is that is "too" much so, whatever is measured -> whether more of it is wanted then.
MORE_WANTED: dict[str, bool] = {
    **{word: COMPARATIVES[other][1] for word, other in OPPOSITES.items()},
    **dict.fromkeys(("short", "low", "light", "thin", "weak", "slow", "few"), True),
    **dict.fromkeys(("long", "tall", "high", "deep", "thick", "strong", "loud", "much", "many"), False),
}

# Superlatives that do not tell what is measured: most or least of what is named beside them.
EXTREMES: dict[str, bool] = {
    "best": True, "most": True, "highest": True, "greatest": True, "largest": True, "biggest": True, "longest": True,
    "strongest": True, "worst": False, "least": False, "lowest": False, "smallest": False, "shortest": False,
}  # fmt: skip
# Of these the best has least.
LESS_IS_BETTER = frozenset(map(stem, ("weight", "charging", "charge", "noise", "consumption", "latency", "delay")))
# Nouns that only go on with the name of what is measured: "battery life".
GOES_ON = frozenset(("life", "time", "duration", "capacity", "performance", "hours", "size", "level", "rating"))
