"""Chat spelling written out: "u" is "you", "whats" is "what's", "which one's" is "which one is".

Only spellings that are nothing else in English; where the next word decides ("ill take it"), it is looked at.
"""

from __future__ import annotations

import re

_WRITTEN_OUT = {
    "ur": "your", "pls": "please", "plz": "please", "thx": "thanks",
    "whats": "what's", "wheres": "where's", "whos": "who's", "hows": "how's", "thats": "that's", "theres": "there's",
    "dont": "don't", "doesnt": "doesn't", "didnt": "didn't", "isnt": "isn't", "arent": "aren't", "wasnt": "wasn't",
    "wont": "won't", "cant": "can't", "couldnt": "couldn't", "shouldnt": "shouldn't", "wouldnt": "wouldn't",
    "im": "I'm", "ive": "I've", "youre": "you're", "theyre": "they're", "shes": "she's", "hes": "he's",
    "mens": "men's", "womens": "women's", "mums": "mum's", "moms": "mom's", "dads": "dad's", "ladys": "lady's",
    "wanna": "want to", "gonna": "going to", "gimme": "give me", "lemme": "let me", "gotta": "got to",
    "sth": "something", "smth": "something", "somethin": "something", "anythin": "anything", "nothin": "nothing",
    "wat": "what", "wats": "what's", "wht": "what", "lookin": "looking", "sumthing": "something",
    "sumthin": "something", "actualy": "actually", "actully": "actually",
    "hav": "have", "wud": "would", "cud": "could", "wid": "with",
    "thanx": "thanks", "tnx": "thanks", "ty": "thank you", "coz": "because", "bcoz": "because",
    "cuz": "because", "bday": "birthday", "tho": "though", "abt": "about", "rly": "really",
    "blk": "black", "sz": "size", "atleast": "at least", "atmost": "at most", "upto": "up to", "alot": "a lot",
    "aswell": "as well", "infact": "in fact", "teh": "the", "gud": "good", "yh": "yeah", "havent": "haven't",
    "hasnt": "hasn't", "werent": "weren't", "youll": "you'll", "youve": "you've", "itll": "it'll",
}  # fmt: skip
_WORD = re.compile(rf"(?<![\w'’-])(?:{'|'.join(_WRITTEN_OUT)})(?![\w'’-])", re.IGNORECASE)
_BY_THE_NEXT = tuple(
    (re.compile(pattern, re.IGNORECASE), meant)
    for pattern, meant in (
        # "A U bolt" and "u-shaped" have a letter.
        (
            r"(?<![\w'’-])u(?![\w'’-])(?! (?:bolt|bend|lock|shape|shaped|turn|channel|joint|profile|pipe|clip|hook|"
            r"bracket|nail|pin|pillow|cushion|tube|trap|bar|section|iron)s?\b)",
            "you",
        ),
        (r"\bill (?=take|have|go|buy|get|keep|try|think)\b", "I'll "),
        (r"\bid (?=like|love|prefer|rather|want|need|go|take)\b", "I'd "),
        (
            # "Its nice shape" belongs to it.
            r"\bits (?=(?:for|too|not|a|an|ok|okay|alright|fine|my|his|her|been|the|really|very|so)\b|"
            r"(?:good|great|nice|cool|lovely|perfect|amazing|ugly|expensive)\b(?! \w))",
            "it's ",
        ),
        # As in a hunt.
        (r"^\W*(?:now )?(?:(?:we|you)(?: are|['’]re) )?getting (?:warmer|hotter)\W*$", "getting closer"),
        (r"\bdiff(?:erence)? (?:btw|btwn|between|b/w)\b", "difference between"),
        (r"(?<=\d) n (?=\d)", " and "),
        (r",? or (?:something|anything) (?:like|close to|similar to) (?:it|that|this)\b", ""),
        (r"\b((?:which|the|this|that)(?: \w+)?)['’]s (?=\w+er\b|best|more|better|nicer)", r"\1 is "),
    )
)


def written_out(text: str) -> str:
    """The same text without chat spelling.

    >>> written_out("u have it in stock? whats it made of"), written_out("ill take it, its for my mum")
    ("you have it in stock? what's it made of", "I'll take it, it's for my mum")
    """
    text = _WORD.sub(lambda match: _WRITTEN_OUT[match.group().lower()], text)
    for pattern, meant in _BY_THE_NEXT:
        text = pattern.sub(meant, text)
    return text
