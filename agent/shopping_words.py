"""What English shoppers mean by common words, whatever the shop calls its goods.

General knowledge of the language, not of any catalog: near-synonyms of product types, which types a broad
word covers, colour families, words for people. A store's own vocabulary always comes first.
"""

from __future__ import annotations

from agent.words import stem

# Words for the same thing; a shop that uses one of them is found by all of them.
SYNONYMS: tuple[tuple[str, ...], ...] = (
    ("sneaker", "trainer", "tennis shoe", "athletic shoe"),
    ("running shoe", "runner", "sports shoe", "jogging shoe", "trainer"),
    ("trouser", "pant", "slack", "chino"),
    ("sweater", "jumper", "pullover", "knit", "sweatshirt", "cardigan"),
    ("coat", "overcoat", "trench", "trench coat", "parka"),
    ("jacket", "anorak", "windbreaker", "bomber"),
    ("blazer", "sport coat", "suit jacket"),
    ("hoodie", "hooded sweatshirt", "hoody"),
    ("t shirt", "tee", "tshirt", "tee shirt"),
    ("backpack", "rucksack", "knapsack", "daypack"),
    ("trekking pack", "hiking backpack", "trekking backpack", "hiking pack", "trekking rucksack"),
    ("handbag", "purse", "hand bag", "shoulder bag"),
    ("tote", "tote bag", "shopper bag", "shopping bag"),
    ("pump", "heel", "high heel", "stiletto", "court shoe"),
    ("boot", "wellies"),
    ("ankle boot", "bootie"),
    ("flip flop", "thong sandal", "slider"),
    ("cap", "baseball cap", "hat"),
    ("beanie", "knit hat", "winter hat", "hat"),
    ("sunglasses", "shades", "sunnies"),
    ("watch", "wristwatch", "timepiece"),
    ("sofa", "couch", "settee"),
    ("armchair", "easy chair", "lounge chair", "chair"),
    ("cushion", "throw pillow", "scatter cushion", "pillow"),
    ("rug", "carpet", "mat"),
    ("throw", "blanket", "throw blanket"),
    ("plant pot", "flower pot", "planter", "flowerpot", "pot"),
    ("wall clock", "clock"),
    ("table lamp", "desk lamp", "bedside lamp"),
    ("floor lamp", "standing lamp"),
    ("mug", "coffee mug", "coffee cup", "tea cup", "teacup", "cup"),
    ("frying pan", "skillet", "fry pan"),
    ("bowl", "dish"),
    ("sunglasses", "spectacles"),
    ("saucepan", "cooking pot", "sauce pan", "pot"),
    ("cutting board", "chopping board"),
    ("kettle", "tea kettle", "water kettle"),
    ("coffee maker", "coffee machine", "coffee pot"),
    ("water bottle", "drinking bottle", "bottle", "flask"),
    ("camping chair", "folding chair", "camp chair"),
    ("lantern", "camping light", "camp lantern"),
    ("cooler", "cool box", "cooler box", "ice box"),
    ("wallet", "billfold", "card holder"),
    ("scarf", "shawl"),
    ("dress", "gown", "frock"),
    ("legging", "tights"),
    ("swimwear", "swimsuit", "bikini"),
    ("earring", "ear ring"),
    ("necklace", "pendant", "chain"),
    ("perfume", "fragrance", "eau de toilette", "cologne"),
    ("flat", "ballerina", "ballet flat"),
    ("raincoat", "rain jacket", "rain coat"),
    ("sunscreen", "sun cream", "suncream", "sunblock", "sun lotion"),
    ("moisturiser", "moisturizer", "face cream", "day cream"),
    ("headphone", "headset"),
    ("earbud", "earphone"),
    ("mobile phone", "smartphone", "cell phone"),
    ("television", "tv"),
    ("bicycle", "bike"),
    ("bicycle helmet", "bike helmet"),
    ("lead", "leash", "dog lead"),
    ("soft toy", "plush toy", "stuffed animal", "cuddly toy", "teddy bear"),
    ("jigsaw puzzle", "jigsaw"),
    ("suitcase", "trolley case", "travel case"),
    ("hose", "garden hose"),
    ("watch strap", "watch band"),
    ("waist pouch", "waist bag", "waist pack", "belt bag", "fanny pack", "bumbag", "bum bag"),
)

# Words for whole departments; a department that is called by one of them is found by all.
DEPARTMENTS: tuple[tuple[str, ...], ...] = (
    ("apparel", "clothes", "clothing", "garment", "fashion", "outfit"),
    ("footwear", "shoe"),
    ("toy", "toys & games", "plaything"),
    ("beauty", "cosmetic", "beauty product"),
    ("electronics", "gadget", "electronic"),
    ("pet supplies", "animal", "pet"),
    ("jewellery", "jewelry"),
)

# Kinds that are none of what their last word names.
MISNAMED = frozenset(
    ("sleeping bag", "bean bag", "punching bag", "tea bag", "gift card", "ironing board", "key ring", "napkin ring",
     "dog coat", "table top")
)  # fmt: skip

# A broad word and the types that it covers, looked up among the store's own types.
BROADER: dict[str, tuple[str, ...]] = {
    "shoe": ("sneaker", "boot", "sandal", "pump", "heel", "loafer", "running shoe", "flat", "flip flop", "oxford",
             "slipper", "espadrille", "trainer", "clog"),
    "footwear": ("shoe", "sneaker", "boot", "sandal", "pump", "heel", "loafer", "running shoe", "flat"),
    "bag": ("backpack", "tote", "handbag", "clutch", "duffel", "satchel", "crossbody", "messenger bag",
            "trekking pack", "shoulder bag", "purse", "laptop bag"),
    "top": ("t shirt", "shirt", "blouse", "sweater", "hoodie", "tank", "tunic", "tank top", "camisole"),
    "bottom": ("jean", "trouser", "short", "skirt", "pant", "legging"),
    "outerwear": ("jacket", "coat", "parka", "raincoat", "blazer"),
    "lamp": ("table lamp", "floor lamp", "desk lamp", "pendant lamp", "lantern"),
    "light": ("table lamp", "floor lamp", "lantern", "pendant lamp"),
    "jewellery": ("earring", "necklace", "ring", "bracelet", "bangle", "pendant"),
    "jewelry": ("earring", "necklace", "ring", "bracelet", "bangle", "pendant"),
    "hat": ("beanie", "cap", "sun hat", "hat"),
    "cookware": ("frying pan", "saucepan", "pan", "casserole", "wok", "pot"),
    "pan": ("frying pan", "saucepan"),
    "tableware": ("plate", "bowl", "mug"),
    "chair": ("armchair", "camping chair", "stool"),
    "board": ("cutting board",),
    "sit on": ("chair", "armchair", "camping chair", "sofa", "stool", "bench"),
    "sleep in": ("sleeping bag", "tent", "pyjama", "nightwear"),
    "drink from": ("mug", "water bottle", "glass"),
    "cook with": ("frying pan", "saucepan", "wok", "casserole", "kitchen knife"),
}  # fmt: skip

# Colour names outside of the dozen basic ones, and the basic colour that people would call them.
COLOUR_FAMILY: dict[str, str] = {
    "navy": "blue", "cobalt": "blue", "indigo": "blue", "azure": "blue", "denim": "blue", "sky": "blue",
    "teal": "green", "turquoise": "blue", "aqua": "blue", "cyan": "blue", "royal": "blue",
    "burgundy": "red", "maroon": "red", "crimson": "red", "scarlet": "red", "wine": "red", "ruby": "red",
    "rust": "orange", "terracotta": "orange", "coral": "orange", "apricot": "orange", "peach": "orange",
    "olive": "green", "khaki": "green", "forest": "green", "sage": "green", "emerald": "green", "mint": "green",
    "lime": "green", "moss": "green", "pine": "green",
    "rose": "pink", "blush": "pink", "fuchsia": "pink", "magenta": "pink", "salmon": "pink",
    "lilac": "purple", "lavender": "purple", "violet": "purple", "plum": "purple", "mauve": "purple",
    "aubergine": "purple", "mustard": "yellow", "ochre": "yellow", "lemon": "yellow", "amber": "yellow",
    "cream": "white", "ivory": "white", "ecru": "white", "bone": "white",
    "sand": "beige", "camel": "brown", "tan": "brown", "cognac": "brown", "chocolate": "brown", "coffee": "brown",
    "taupe": "brown", "bronze": "brown", "mocha": "brown", "walnut": "brown", "oak": "brown",
    "charcoal": "grey", "slate": "grey", "graphite": "grey", "anthracite": "grey", "steel": "grey", "gray": "grey",
}  # fmt: skip

BASIC_COLOURS = frozenset(
    ("black", "white", "red", "blue", "green", "yellow", "orange", "pink", "purple", "brown", "grey", "beige",
     "gold", "silver", "multicolour")
)  # fmt: skip

# Words for many materials, and words in the names of those that they cover.
MATERIAL_FAMILY: dict[str, tuple[str, ...]] = {
    "wood": ("oak", "walnut", "beech", "pine", "teak", "acacia", "mahogany", "birch", "spruce", "maple", "ash",
             "cedar", "cherry", "bamboo", "wood"),
    "wooden": ("oak", "walnut", "beech", "pine", "teak", "acacia", "mahogany", "birch", "spruce", "maple", "ash",
               "cedar", "cherry", "bamboo", "wood"),
    "sustainable": ("organic", "recycled"),
    "metal": ("steel", "brass", "aluminium", "aluminum", "iron", "copper", "zinc", "tin", "titanium", "bronze",
              "metal"),
}  # fmt: skip

# How things look that are of no kind's own: of a kind that has no such value they only rank.
LOOKS = frozenset(map(stem, ("classic", "modern", "simple", "elegant", "casual", "basic", "traditional", "vintage")))

# How shops call the fact that says what a thing smells or tastes of.
SCENTS = frozenset(map(stem, ("scent", "fragrance", "aroma", "smell", "flavour", "flavor", "taste")))

# What things are made of: asked for by such a word, another thing is not.
MATERIAL_STEMS = frozenset(
    stem(word)
    for word in """
    cotton wool silk linen leather suede cashmere velvet satin denim canvas nylon polyester viscose rayon acrylic
    fleece corduroy tweed mohair alpaca angora lace chiffon jersey spandex lycra elastane rubber latex plastic
    wood oak pine bamboo cork rattan wicker metal steel iron brass copper aluminium aluminum titanium gold silver
    platinum glass crystal ceramic porcelain stoneware marble granite stone concrete resin down feather fur
    """.split()  # noqa: SIM905
)

# Who it is for -> words that shops use in a gender or department fact.
RECIPIENTS: dict[str, tuple[str, ...]] = {
    "man": ("men", "male", "man", "mens"), "men": ("men", "male", "man", "mens"),
    "male": ("men", "male"), "guy": ("men", "male"),
    "husband": ("men", "male"), "boyfriend": ("men", "male"), "father": ("men", "male"), "dad": ("men", "male"),
    "brother": ("men", "male"), "him": ("men", "male"), "gentleman": ("men", "male"),
    "woman": ("women", "female", "woman", "womens"), "women": ("women", "female", "woman", "womens"),
    "female": ("women", "female"), "lady": ("women", "female"), "ladies": ("women", "female"),
    "wife": ("women", "female"), "girlfriend": ("women", "female"), "mother": ("women", "female"),
    "mum": ("women", "female"), "mom": ("women", "female"), "sister": ("women", "female"), "her": ("women", "female"),
    "boy": ("boys", "boy", "kids"), "girl": ("girls", "girl", "kids"), "kid": ("kids", "boys", "girls", "children"),
    "child": ("kids", "children"), "children": ("kids", "children"), "son": ("boys", "boy", "kids"),
    "daughter": ("girls", "girl", "kids"), "baby": ("baby", "infant", "toddler"),
}  # fmt: skip

# Facts, by a word of their names, whose values go up, and words of the values with how far up they are.
LADDERS: tuple[tuple[str, dict[str, int]], ...] = (
    ("heel", {"flat": 0, "kitten": 1, "low": 1, "block": 2, "mid": 2, "wedge": 2, "platform": 3, "slim": 3,
              "high": 3, "stiletto": 3}),
    ("length", {"micro": 0, "mini": 0, "cropped": 0, "short": 0, "knee": 1, "mid": 2, "midi": 2, "calf": 2,
                "ankle": 3, "long": 3, "maxi": 4, "floor": 4}),
    ("sleeve", {"sleeveless": 0, "no": 0, "cap": 1, "short": 1, "elbow": 2, "quarter": 3, "long": 4}),
)  # fmt: skip

# Said of one measure of a thing, such a word says nothing about the others: "nothing short" may have short sleeves.
DIMENSIONS = frozenset(
    """short long small medium large big tall high low wide narrow slim thin thick deep light dark heavy regular
    mini midi maxi""".split()  # noqa: SIM905
)

# Facts that describe a mood more than a thing: they filter only where something passes, else they only rank.
SOFT_FACTS = frozenset(
    """
    season occasion usage activity style climate mood fit features fashion_type
    """.split()  # noqa: SIM905
)

# Facts that nobody talks about by value; they would only bring false matches.
SILENT_FACTS = frozenset(
    """
    id care availability item_group_id link gtin mpn sku stock rating rating_count style_family variant
    article_number year landing_page description catalog_add_date handle_id url price title vendor_id status
    published tags_raw image_alt_text shipping_weight barcode
    """.split()  # noqa: SIM905
)

STOPWORDS = frozenset(
    """
    a an the this that these those it its is are am be been being was were do does did have has had having i me my
    mine we us our you your he she they them their and or but nor so if then than as at by for from in into of off
    on onto out over to up with within without about around please thanks thank hi hello hey ok okay yes no not
    any some something anything nothing different everything one ones thing things stuff item items product
    products option options kind sort type show find get give need want wants wanted would could should can may
    might will shall let like love looking look search searching see buy purchase recommend suggest suggestion
    help prefer rather maybe perhaps also too very really quite just only still actually instead again more most
    less least much many few lot lots other another else new same similar such there here what which who whom
    whose when where why how all both each every now today soon right well good great nice best better fine
    perfect cool awesome sure dear friend someone somebody make makes made making go goes going come comes coming
    put take try tell know think thinking hope wear wearing use using keep change changed switch i'm i'd i'll i've
    it's that's don't doesn't didn't isn't aren't won't can't couldn't wouldn't shouldn't there's let's what's
    who's you're we're they're cannot hmm um uh wow oh ah pls plz under below above between max maximum min
    minimum budget price priced cost costs cheap cheaper cheapest expensive dollar dollars usd eur gbp inr euro
    euros pound pounds rupee rupees buck bucks rs spend colour color colours colors size sizes sized available
    availability stock back first second third last next person people bit little kinda somewhat feel feeling day
    way photo picture image pic attached upload uploaded im ive id dont doesnt didnt isnt arent wont cant thats
    whats theres lets ill youre got carry sell offer store shop none neither either except besides apart
    afterwards however though forget after before never always free hate hates dislike avoid compare comparison
    ignore remove drop anyway honestly basically literally during since until while cheers pair couple set sth
    smth idea ideas clue clues common
    already sorry mind ask question changes anymore mean means meant said say says asked showing
    actually rather bit wrong ideally preferably possible possibly
    fourth fifth sixth seventh eighth
    lol haha hehe lmao omg tbh btw imo hm hmmm yeah yep nope nah meh ugh wait
    pricey costly dearest priciest boring ugly hideous awful horrible dull gross
    leave leaving aside
    completely totally entirely exclude omit filter hide lose stop because oops thought thoughts allow allowed
    accept accepted took include skip
    decide choose remember whether against must ought
    matching rated brand brands version versions alternative alternatives variant variants
    """.split()  # noqa: SIM905 -- a page of words reads better than a list of strings
)
STOP_STEMS = frozenset(map(stem, STOPWORDS))

# Why something is given, which tells neither a kind of thing nor what it is like.
GIFT_STEMS = frozenset(
    map(stem, ("gift", "present", "birthday", "surprise", "anniversary", "christmas", "xmas", "valentine"))
)

# Occasions that one says with an article.
COUNTED_OCCASIONS = frozenset(
    ("party", "wedding", "guest", "interview", "picnic", "holiday", "date", "trip", "ceremony", "festival", "concert",
     "barbecue", "funeral", "baptism", "gift", "housewarming")
)  # fmt: skip

# Properties that shoppers ask for by one word. Where no record says the word, that is worth saying aloud.
PROPERTY_STEMS = frozenset(
    stem(word)
    for word in """
    waterproof windproof breathable washable dimmable rechargeable wireless foldable folding vegan
    organic recycled sustainable handmade lightweight portable adjustable reversible stretchy insulated unscented
    hypoallergenic refillable microwaveable ovenproof induction shatterproof stackable magnetic
    touchscreen bluetooth reflective padded lined quilted
    """.split()  # noqa: SIM905
)
