"""What the shopper wants to happen, read from the shape of a message.

Patterns over a small closed set of English constructions; the result is an ``Intent``, by which everything later
goes. Order matters: the first pattern that matches wins. What is searched for is not decided here.
"""

from __future__ import annotations

import re

from agent.discounts import BIGGEST, asks_for_biggest, asks_for_discount
from agent.preferences import price_end
from agent.references import denied
from agent.utterance import Intent, Order

_ORDERS_IT = r"(?:buy|order|purchase) (?:it|this|that|them|these|those|number|#|the (?:\w+ ){0,2}?(?:one|ones|first|second|third|fourth|fifth|sixth|last)|both|the two)\b"
# What saves cards and which: "add both", "keep the first two", "all of them, please".
_SAVES = r"(?:take|save|add|keep|bookmark|get|buy|(?:two|three|four|both|[2-4]) of)"
_ALL_CARDS = r"(?:both of (?:them|these|those)|all (?:of (?:them|these|those)|two|three|four))"
_CARD = r"(?:it|this|that|them|these|those|both|the (?:first|second|third|fourth|fifth|sixth|last)(?: (?:one|two|three|four))?|the (?:two|three|four))"
_CARDS = rf"(?:{_ALL_CARDS}|{_CARD}(?:(?:,| and|, and) {_CARD})*)(?: one)?"
_COMPLIMENT = (
    r"(?:these|those|they|that|this|it|all)(?: all)?(?:['’]s| is| are|['’]re| looks?)(?: all| so| very| really| quite| pretty)* "
    r"(?:lovely|great|good|nice|perfect|beautiful|gorgeous|helpful|amazing|awesome|cool|super|wonderful|fantastic|excellent|brilliant|cute|neat)"
)
_THE_REST = (
    r"(?:(?:show|give|see)(?: me)? |(?:what|how) about |^\W*(?:(?:and|ok(?:ay)?|now)\W+)*)(?:all )?"
    r"the rest(?: of (?:them|these|those))?(?: please)?\W*$"
)
_OF_THEM = r"of (?:them|these|those|the (?:first |last )?(?:two|three))"
# What one may choose by in any shop; what else there is in a store, its own facts tell.
_CHOSEN = r"(?:brand|make|label|colou?r|shade|size|material|fabric|pattern|print|style|shape|length|scent)"


def choosing(names: str) -> str:
    """A pattern of "what brands do you have?", the names of what is chosen by in its group ``chosen``."""
    return (
        rf"\b(?:what|which)(?: (?:other|kinds? of|different))? (?P<chosen>{names})s? (?:of )?(?:[\w-]+ ){{0,3}}?"
        r"(?:do you (?:have|carry|sell|stock|offer)|are (?:there|available|possible)|is there|have you (?:got)?|"
        r"can i (?:get|have|choose)|exist)\b(?! (?:it|this|that|them|these|those)\b)"
    )


CHOOSING = choosing(_CHOSEN)
_PATTERNS: tuple[tuple[Intent, str], ...] = (
    (
        Intent.RESET,
        r"\b(?:start (?:over|again|from scratch|fresh)\b(?! with (?:the|my)\b)|new (?:conversation|search)|forget (?:everything|all (?:of )?(?:that|this))|reset)\b",
    ),
    (
        Intent.SHOP_POLICY,
        r"\b(?:(?:want|need|speak|talk|like|chat)(?: (?:to|with))* (?:a |an |some ?)?(?:real |live |actual )?(?:human|person|agent|manager|employee|someone|somebody)\b(?! (?:who|for|with|in))|"
        r"(?:return|exchange|send back) (?:a|an|the|my|it|this|that|them|these|something)\b(?! (?:boots|shoes|dress|lamps?) (?:i|we) (?:saw|had))|send (?:it|them|this) back|money back|"
        r"(?:everything|anything|something|it|that|this) for free|when (?:will|can|do|does|would) (?:i|it|they|we) (?:get|receive|have|arrive|come)\b|shipp?(?:ing|ed)?(?: cost| to| time)?|deliver(?:y|ed|s)?|returns? (?:policy|this|it)|return policy|refunds?|warranty|guarantee|"
        r"(?:need|want|must have|have to have) (?:it|this|that|them|these|those) (?:(?:here|delivered) )?(?:by|before|until|till|within|in time)\b|coupons?|voucher|promo(?:tion)?s?(?: codes?)?|discounts? codes?|discounts? (?:for|if|when|as) (?!the\b|th)\w+|(?:(?<!with )(?<!at )(?<!have )(?<!has )(?:a|the|my)|(?!(?:with|at|by|percent|cent|any|some|no|good|big|bigger|biggest|highest|largest|best|deepest|steepest|greatest|most|have|has|got|the|a|my) )\w+s?['’]?) discount\b(?! on (?:it|this|that|these|those|them|the|any)\b)|sales? coming|next sale|(?:give|offer|get)(?: me| us| you)?(?: an?| the)? \d+ ?% off|opening hours|(?:gift[- ]?)wrap(?:ping|ped)?\b|^\W*wrapped(?=\W*$)|(?:be|come|get|have (?:it|this|that|them|these|those)) wrapped|(?:can you |please |could you )?wrap (?:it|them|this|these)(?: up)?(?: please)?\W*$|(?:how|where) (?:do|can|could|to) (?:i )?(?:order|pay|check ?out)|(?:to (?:the )?|^\W*)check ?out\W*$|pay (?:by|with|for)|payment|gift card|track my order)\b",
    ),
    (
        Intent.RECALL,
        r"\b(?:remind me (?:of )?(?:what|which|my)|(?:show me )?(?:what|which (?:ones?|things)) (?:(?:did|do|have) i|i(?:'ve)?) (?:have )?(?:so far )?(?:like|save|favou?rite|say|said|tell|told|note|rule|exclude)d?\b(?! about)|"
        r"what (?:(?:do|did|have) you|you(?:'ve)?) (?:know about me|noted?|remember(?:ed)?|written down)|what (?:did|have) you (?:show(?:n|ed)?|recommend(?:ed)?|suggest(?:ed)?)\b|(?:show (?:me )?|what(?:'s| is) (?:on|in) )(?:my (?:wish ?)?list|my favou?rites|my saved (?:items|things|ones)|the things i (?:liked|saved))|"
        r"(?:how much (?:is|are|does|would) |what (?:is|does|would) )(?:(?:everything|all)(?: that['’]?s| that is)? (?:on|in) )?my (?:wish ?)?list(?: cost| come to| worth| be)*(?: in total| altogether)?\W*$|"
        r"(?:what(?:'s| is| would be) (?:the|my) (?:total|sum)|total (?:price|cost|sum|amount)\b(?! (?:under|below|of|up|max|at most|less))|"
        r"what(?:['’]s| is) (?:all )?(?:that|it|this|those|these|everything|the lot)(?: all)? (?:together|altogether|in total)|how much (?:all )?(?:together|altogether|in total)\b|how much (?:is |are |for )?all of (?:it|them|this|that)\W*$|how much (?:is|are|for|does) (?:everything|all|the things?|what) (?:that )?(?:i|we)(?:['’]ve| have)? (?:saved?|liked?|picked|chosen|kept)\b|everything (?:that )?(?:i|we)(?:['’]ve| have)? (?:saved|liked|picked|chosen|kept|looked at|seen)\b(?=.*\b(?:cost|total|together|how much)\b)|"
        r"(?:^\W*(?:(?:and|so|ok(?:ay)?)\W+)*(?:(?:the|my|grand) )*(?:total|sum|(?:everything|all of (?:it|them|that)) (?:together|in total))(?: so far| please)*\W*$)|how much (?:is|are|do|would|does) (?:that|it|this|they|these|those|all(?: of (?:it|them|this|that))?|everything|both|the (?:two|three|list))(?: cost| come to| be)? (?:all )?(?:together|altogether|in (?:total|all))\b)|"
        r"what(?:['’]s| is| are)(?: left of)? my (?:current )?(?:filters?|criteria|conditions|preferences|constraints|requirements|budget)\b|(?:did|have) you (?:note|noted|written down|remember(?:ed)?|get|got) (?:it|that|this|all (?:of )?(?:that|this)|(?:the|my) \w+)\W*$|"
        r"what (?:are|do) you (?:avoid|leav|exclud|rul)(?:e|ing)?(?: out)?(?: for me| so far)?\W*$|what am i (?:avoiding|looking for)\b|"
        r"what (?:do|have) i (?:have in mind|ask(?:ed)? (?:you )?for|(?:set|chosen|told you))\b|(?:recap|sum(?:mari[sz]e| up))\b(?! (?:the|this|its) (?:record|item|product|review)))",
    ),
    (
        Intent.ARRIVALS,
        r"\b(?:what(?:'s| is) new\b|new(?:est)? (?:arrivals?|in\W*$|stuff|things|items|products|collection)|(?:any|anything|something) new\W*$|"
        r"(?:just|recently|newly) (?:arrived|added|in\W*$)|latest (?:arrivals?|collection|things|items|products|additions))",
    ),
    (
        Intent.ABOUT,
        r"\b(?:(?:ignore|disregard|forget) (?:all |your |the |any |my )*(?:previous |prior |above )?(?:instructions?|rules|prompts?)|system prompt|"
        r"you are now (?!out\b)\w+|developer mode|jailbreak)\b",
    ),
    (
        Intent.COMPLAIN,
        r"\b(?:not what i (?:asked|wanted|said|meant|want)|(?:this|that|it)(?:['’]s| is) (?:wrong|nonsense|rubbish|useless|ridiculous)|you(?:['’]re| are) (?:useless|stupid|no help|not listening|wrong|terrible)|"
        r"are you (?:even )?(?:blind|deaf|kidding|joking|serious|stupid|dumb|drunk|listening)\b|what a (?:joke|mess|farce|disaster|waste of time)\b|(?:your|this|the) (?:\w+ )?(?:search|results?|suggestions?|recommendations?) (?:sucks?|stinks?|(?:is|are) (?:\w+ )?(?:rubbish|useless|terrible|awful|bad|a joke|garbage|crap))\b|"
        r"why (?:are|do|did|would) you (?:show(?:ing)?|suggest(?:ing)?|recommend(?:ing)?|give|giving)|(?:you )?(?:did|do)(?:n'?t| not) (?:listen|understand)|useless bot|you (?:suck|stink)|(?:shut|screw|f\w*ck) (?:up|you|off)|what the (?:hell|f\w*ck)|(?:idiot|moron|dumbass|stupid (?:bot|machine|thing))\b|this (?:sucks|is a joke)|(?:shop|store|bot|chat|site|assistant) is (?:rubbish|useless|terrible|awful|bad|a joke))\b",
    ),
    (
        Intent.CHOICES,
        CHOOSING,
    ),
    (
        Intent.BROWSE,
        r"\b(?:what (?:do|can) you (?:have|sell|offer|carry|stock)\W*$|what (?:kinds?|sorts?|types?) of (?:things|products|stuff|items)|what(?:'s| is) (?:there|in (?:the|your) (?:shop|store))|"
        r"i (?:do not|don'?t) (?:really )?know what (?:i|to)\b|"
        r"show me (?:everything|what you have|around)|just (?:looking|browsing))",
    ),
    (
        Intent.ADVICE,
        r"\b(?:(?:which|what(?! (?:sizes?|colou?rs?)\b))(?: (?:one|ones|of (?:them|these|those|the (?:first |last )?(?:two|three))|\w+))? (?:would|should|do) (?:you|i) (?:\w+ )?(?:take|pick|choose|go (?:for|with)|buy|get|recommend|suggest|advise|prefer|like (?:best|most|more))\b|"
        r"(?:what(?:'s| is|'d be| would be)|which(?: one)? (?:is|would be)) your (?:\w+ )?(?:pick|favou?rite|recommendation|choice|advice)|"
        rf"which (?:one |{_OF_THEM} )?is (?:the )?(?:best|nicest|better)(?: one)?\W*$|"
        r"(?:just|only) (?:(?:show|give) me )?(?:the )?(?:best )?one(?: option| suggestion| item)?(?: please)?\W*$|"
        r"not sure (?:what|which(?: one)?)(?: to| i should) (?:pick|choose|take|get|buy)|"
        r"help me (?:to )?(?:choose|decide|pick)|(?:i )?can(?:'t|not) (?:decide|choose)|(?:choose|pick|decide) (?:one )?for me)\b",
    ),
    (
        Intent.WHY,
        r"^\W*(?:(?:and|but|so|ok(?:ay)?|h+m+)\W+)*why(?: exactly)?(?: (?:(?:is|are|do you like|d(?:o|id) you (?:pick|choose|list)) )?(?:this|these|those|that|them|it|the \w+)(?: (?:one|ones|two|three))?(?: (?:first|here|at the top|on top|your (?:\w+ )?(?:pick|choice)))?)?\W*$|"
        r"^\W*(?:(?:and|but|so|ok(?:ay)?|h+m+)\W+)*(?:(?:the|number|your) )?(?:first|second|third|fourth|fifth|sixth|last|top)(?: one)?\W+why\W*$",
    ),
    (Intent.SEARCH, rf"\bwhich (?:one |{_OF_THEM} )?(?:is|are|has|have) {BIGGEST.pattern}"),
    (
        Intent.COMPARE,
        r"\b(?:compare|comparison|differences? between|what(?:'s| is| are) the differences?|versus|vs\.?|how (?:do|does|are|is) .{1,40}(?:differ|different)\b|"
        rf"which (?:one |{_OF_THEM} )?(?:is|are|would be|has|do you)(?! (?:x*[sl]|m|\d+)\b)|which (?:one|{_OF_THEM}) \w+s\b|"
        r"which(?: \w+){0,3} (?:better|cheaper|warmer)(?: one)?, .* or )\b",
    ),
    (
        Intent.SOMETHING_ELSE,
        r"\b(?:something (?:else|(?:completely |totally |entirely |very |quite |a bit )?different)|anything else|what else|(?:some|any|the|see|show)? ?(?:other|different|more|further|additional) (?:options?|ones?|choices?|suggestions?|results?|ideas?|items?|products?|styles?)|"
        r"show (?:me )?(?:some )?more\b(?! (?:like|of (?:this|that)))|another one|none of (?:these|those|them)|^\W*(?:(?:no|nah|nope|oh|hm+|sorry)\W+)*not (?:this|that|it)(?: please)?\W*$|^\W*neither(?: of (?:them|these|those))?\W*$|not (?:these|those|any of (?:these|those))|"
        r"(?:don'?t|do not) like (?:any|these|those|them|it)\b|keep looking|try again|others(?: please)?\W*$|"
        + _THE_REST
        + r"|next(?: ones?| page)?(?:,? please)?$|(?:these|those|they|all of (?:them|these))(?:'re| are| all| look| just| so| too| really| pretty| all)+ (?:ugly|hideous|awful|horrible|boring|terrible|dull|gross|meh)\b|^\W*(?:nah|no|meh|ugh|hm+)\W+(?:so |too |all )?(?:boring|ugly|dull|meh)\b|(?<!tell me )(?<!know )(?<!\bor )more(?: please)?[.!?]*$)",
    ),
    (
        Intent.MORE_LIKE,
        r"\b(?:(?:more|others?|something|anything|similar|some|one|ones|exactly|just|looks?|find|but) (?:items? )?(?:just )?(?:like|similar to) (?:this|that|these|it|the|number|#|my)|similar (?:ones?|items?|to)|"
        r"same (?:style|one|thing|look|but|as)|in the style of|like (?:this|that|the one|the photo|in the (?:photo|picture))\b|the same\b|does it (?:also )?come in (?!(?:any )?(?:other|different|more|another)\b)(?=\w)|(?:go )?back to (?:the|my) (?:photo|picture|image)\b|do (?:you have|they have) (?:it|this|that|them) in (?!stock|store)(?=\w)|(?:this|that|it|one)(?: one)?,? but |(?:this|that|it|same)(?: one)? in (?!stock|store|the|size chart)\w+)",
    ),
    (
        Intent.DETAILS,
        r"\b(?:(?:have|got|carry) (?:it|this|that|them|the \w+(?: one)?) (?:in stock|available)|(?:tell|show|give) me (?:more |the |some )?(?:about|details?|info)|(?:tell me|know) more\b|(?:more|full) (?:details?|info(?:rmation)?)|details|more about|what(?:'s| is| are) (?:it|this|that|the .{1,30}) made (?:of|from)|"
        r"what (?:material|sizes?|colou?rs?|brand)|(?:any )?other colou?rs?\W*$|which (?:sizes?|colou?rs?|material)|how much (?:is|does|are|for)|what does it cost|is (?:it|this|that|the .{1,30}?) (?:in stock|available|made|machine|waterproof|washable|still)|"
        r"how (?:do|should|can|must|to) (?:(?:i|you|one|we) )?(?:(?:hand|machine)[- ])?(?:wash|clean|care|dry|iron|look after|take care)|(?:wash(?:ing)?|care|cleaning) (?:instructions?|guide|label)s?|(?:the |its )?(?:rating|reviews?) (?:of|for)|discounts? on (?:it|this|that|these|those|them|the \w+)\b|how is it rated|is (?:it|this|that|the \w+(?: one)?) |are (?:they|these|those) |"
        r"(?:does|can|will|would|has|could) (?:it|this|that|they|these|those|the [\w ]{1,24}?(?:one|ones|first|second|third|last))\b|(?:^\W*|[.!?,;] ?|\b(?:and|so|but|ok|hm) )do(?:es)? (?:any of )?(?:they|these|those|them)\b|(?:is|are) any of (?:these|those|them)\b|how (?:heavy|big|large|long|tall|wide|deep|thick|high|old|many|loud)\b|"
        r"how much (?:does|do|can|will|would)|what(?:'s| is| are) (?:the|its|their) (?!nearest|closest|cheapest|best|most|latest|newest|difference|biggest|smallest|lowest|highest)|is there (?:a|an|any) \w+ (?:in|on|with) (?:it|this|that))",
    ),
    (
        Intent.REJECT,
        r"\b(?:not (?:the|this|that) (?:\w+ )?(?:one|1st|first|second|third)|(?:don'?t|do not) (?:like|want) (?:the|this|that|number|#)|(?:hide|remove|exclude|omit|skip|drop|lose|reject|dislike|hate) (?:the|this|that|number|#)|(?:it|this|that|(?:the|this|that|number|#) ?(?:\w+ ){0,3}?(?:one|first|second|third|fourth|fifth|sixth|last|\d))(?:'s| is| looks?) (?:so |too |really |pretty |kinda |just |a bit )*(?:ugly|hideous|awful|horrible|boring|terrible|dull|gross|meh))\b",
    ),
    (
        Intent.LIKE,
        r"\b(?:(?:i )?(?:really )?(?:like|love|adore) (?:the|this|that|number|it)\b|save (?:the|this|that|it)|(?:add|put) .{0,60}(?:wish ?list|my list|favou?rites|saved|(?:(?:my|the|a) )?(?:shopping )?(?:cart|basket|trolley)|my (?:shopping )?bag)|"
        + _ORDERS_IT
        + rf"|^\W*(?:(?:ok(?:ay)?|good|great|perfect|fine|yes|then|and)\W+)*(?:{_SAVES} {_CARDS}(?:,? (?:then|please))*|{_ALL_CARDS},? please)\W*$"
        + r"|^\W*(?:and )?(?:the|that|this|both|number) [\w ]{0,30}(?:on|to|in|into|onto) my (?:wish ?)?list(?: please)?\W*$"
        + r"|(?:i|we)(?:['’]ll| will| shall)? take (?:it|the|this|that|these|those|them|both|number)|(?:i|we)(?:['’]ll| will| shall) have (?:the|this|that|both) (?:\w+ )?(?:one|ones|first|second|third|last))",
    ),
    (
        Intent.ABOUT,
        r"(?:\bwho are you\b|\bwhat are you\b|\bwho (?:made|built|created|programmed|owns) you\b|\b(?:what(?:'s| is) )?your name\b|\bwhat can you (?:do|help)|\bhow (?:does this|do you) work|\bhelp\b[.!?]*$|\bare you (?:a )?(?:human|bot|robot|real|ai)\b)",
    ),
    (
        Intent.THANK,
        rf"^\W*(?:(?:(?:many |ok(?:ay)?,? |great,? |perfect,? |no,? )?thank(?:s| you)|cheers|thx|bye|goodbye|that'?s all|see you|good night)\b|{_COMPLIMENT}\W+(?:thank(?:s| you)|cheers|thx)\b)",
    ),
    (
        Intent.CHAT,
        r"^\W*(?:(?:hi|hello|hey|so|and|lol|ha(?:ha)+|ok(?:ay)?|well|oh)\W+)*(?:how (?:are|r) (?:you|u|ya)(?: doing| today| feeling)*|how(?:'s| is) (?:it going|your day|life|everything)|"
        r"what'?s up|how do you do|(?:it(?:'s| is) )?nice (?:to meet you|weather|day)[\w ]{0,12}|i(?:'m| am) (?:so |just |very )?(?:bored|tired|hungry|sleepy)|"
        r"do you like (?:your job|me|it here)|good (?:bot|job))\W*$",
    ),
    (
        Intent.PAUSE,
        r"^\W*(?:(?:lol|lmao|rofl|ha(?:ha)*|hehe|ok(?:ay)?|kk?|h+m+|m+h*m+|u+m+|u+h+|e+r+m*|a+h+|o+h+|wow|whoa|cool|nice|great|good|fine|sure|alright|all right|i see|got it|right|well|interesting|yes|yeah|yep|yup|no|nah|nope|"
        rf"{_COMPLIMENT}|i love (?:these|those|them|all of them)|nice one|either(?: one| of them)? (?:is|would be|works)(?: fine| ok(?:ay)?| good)?|no (?:problem|worries)|"
        r"let me (?:think|see)(?: about it)?|(?:one|just a|wait a|hang on a|give me a) (?:moment|second|sec|minute)|wait|hang on|maybe|perhaps|not sure|i(?:'m| am) not sure|(?:i )?(?:don'?t|do not) know|dunno|idk|whatever|so|then|"
        r"haha|awesome|perfect|lovely|sweet)\b[\s.,!…?-]*)+$",
    ),
    (
        Intent.GREET,
        r"^\W*(?:h+i+|hell+o+|he+y+|good (?:morning|afternoon|evening|day)|howdy|hiya|greetings|yo)\b[\w\s,]{0,12}[.!?]*$",
    ),
)
_COMPILED = tuple((intent, re.compile(pattern, re.IGNORECASE)) for intent, pattern in _PATTERNS)
_BY = r"(?:sort|order)(?:ed)? (?:\w+ )?by (?:the )?"
_FALLING, _RISING = r"(?:price[: ]*)?high(?:est)? to low(?:est)?", r"(?:price[: ]*)?low(?:est)? to high(?:est)?"
_BY_RATING = _BY + r"(?:ratings?|reviews?|stars)"
_ORDERS: tuple[tuple[Order, re.Pattern[str]], ...] = (
    (Order.DEAREST, re.compile(rf"\b{_FALLING}\b", re.I)),
    (
        Order.CHEAPEST,
        re.compile(
            rf"\b(?:{_BY}price|{_RISING}|cheapest|(?:as )?cheap(?:ly)? as (?:possible|you have|it gets)|cheaper is better|the cheaper,? the better|least expensive|lowest[- ]price[d]?|most affordable)\b",
            re.I,
        ),
    ),
    (Order.DEAREST, re.compile(r"\b(?:most expensive|priciest|most luxurious|dearest)\b", re.I)),
    (
        Order.TOP_RATED,
        re.compile(
            rf"\b(?:{_BY_RATING}|(?:best|better|top|highest|higher)[- ](?:rated|reviewed|rating)|rated (?:the )?(?:best|highest)|(?:best|better|most) (?:reviews|ratings)|best[- ]?sell(?:ers?|ing)|(?:most )?popular)\b",
            re.I,
        ),
    ),
)
_DENIED = {Order.CHEAPEST: Order.NOT_CHEAPEST, Order.DEAREST: Order.NOT_DEAREST}
CHEAPER = re.compile(
    r"\b(?:(?<!the )cheaper(?! is better)|less expensive|more affordable|lower price[d]?|too (?:expensive|pricey|dear|costly|much money|much(?=\W*$))|(?:over|above|beyond) (?:my|our|the) budget|costs? less|less pricey)\b(?! than \D{0,3}\d)|"
    # Of a card: "something for less than the second one", which may be blanked.
    r"(?:^\W*|\b(?:something|anything|ones?|for|costing|pay(?:ing)?|spend(?:ing)?|priced|but) )less than(?= (?:the|that|this|number|#)|\s{2}|\s*$)",
    re.I,
)
DEARER = re.compile(
    r"\b(?:more expensive|pricier|more premium|higher[- ]end|fancier|more luxurious|costs? more)\b(?! than \D{0,3}\d)",
    re.I,
)
ORDERING = re.compile(
    rf"\b(?:{_ORDERS_IT}|(?:two|three|four|[2-4]) of (?:it|this|that|them|these|those)\b|(?:cart|basket|trolley|my (?:shopping )?bag)\W*$)",
    re.I,
)
ON_SALE = re.compile(
    r"\b(?P<no>(?:not|n['’]?t|no)(?: necessarily| only| just| currently| be| have to be)* )?(?:(?:are |is |which are |that are )?(?:currently )?(?:on (?:sale|offer|special)|in (?:a|the|your) sale|"
    r"marked down|reduced(?= (?:to clear|prices?|items?|ones?|things)\b|\W*$)|(?:price|prices) (?:reduced|cut))|"
    r"discounted|bargains?|clearance|sale (?:items?|things|section|prices?|pieces)|"
    r"(?:any|some|your|the|good|best|great|have|got|special|current|today['’]?s|what|there) (?:an? )?(?:sales?|(?:special )?offers|deals|discounts|reductions)|(?:any|some) (?:discount|reduction)"
    r"(?: on| now| today| right now| currently)*)\b",
    re.I,
)
NOT_SOLD_OUT = re.compile(
    r"\b(?:not|no|nothing|without|hide|exclude|skip|omit|except|n['’]t)(?: (?:the|any|all|that(?:['’]s| is| are)|is|are|ones?|items?)){0,3} "
    r"sold[- ]out(?: (?:ones?|items?|things|products))?\b",
    re.I,
)
IN_STOCK = re.compile(
    r"\b(?:in stock|available (?:now|today)|only available|that (?:is|are|'s) available|sold out items out)\b|"
    + NOT_SOLD_OUT.pattern,
    re.I,
)
CORRECTION = re.compile(
    r"\b(?:i (?:actually )?meant|i mean|what i meant (?:is|was)|sorry,? (?:i want|not)|i(?:'d| had) [^,.;]+ in mind)\b|"
    r"\bmake (?:it|that|this) (?=(?:an?|some)\b)|\binstead\b(?! of)",
    re.I,
)
RETURN_TO = re.compile(r"\b(?:back to|return to|again the|go back|about the) ", re.I)
ANOTHER = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|great|good|fine|thanks|thank you)\W+)*(?:and|also|plus|next)\b|\balso (?:need|want|looking|like)",
    re.I,
)
WANTS = re.compile(
    r"\b(?:(?:do )?you (?:have|got|sell|carry|stock)|have you got|(?<!\w )got|looking for|searching for|i(?:'m| am) after|i (?:also )?(?:need|want)|^(?:(?:hi|hello|hey|ok(?:ay)?|so|yo)\W+)*(?:need|want)|(?<=[.!?,;] )(?:need|want)|i(?:'d| would) like|i (?:actually )?meant|i mean|"
    r"show me|find me|give me|get me|any|got any|shopping for|in the market for|let'?s see|what about|how about|now|then)\s+"
    r"(?:(?:some|any|a|an|the|new|nice|good|great|pair of|your|also|me|to (?:buy|see|get|find))\s+)*(?P<thing>[^,.!?;]+)",
    re.IGNORECASE,
)
ALSO = re.compile(
    r"^\W*(?:or|also|and also|plus)\b|^\W*(?:(?:and|yes|ok(?:ay)?|maybe)\W+)*[\w-]+(?: [\w-]+){0,2} (?:too|as well)\W*$|"
    r"\b(?:is|are|would be) (?:also )?(?:fine|ok|okay|good) (?:too|as well)\b",
    re.IGNORECASE,
)
SORTED = re.compile(rf"\b(?:{_FALLING}|{_RISING}|{_BY}price|{_BY_RATING})\b", re.I)
SAME_BRAND = re.compile(
    r"\b(?:(?:the )?same (?:brand|maker|make|label|designer)|(?:more|others?|else|anything|something) (?:\w+ )?(?:from|by|of) (?:this|that|their|the same) (?:brand|maker|label))\b",
    re.I,
)
OTHER_BRAND = re.compile(
    r"\b(?:(?:not|no|without|anything but|except|any but) (?:from |by |of )?(?:that|this|the same|their) (?:brand|maker|make|label)|"
    r"(?<!what )(?<!which )(?:another|(?:a )?different|(?:any )?other) (?:brand|maker|label)s?)\b",
    re.I,
)
THE_REST = re.compile(_THE_REST, re.I)
# "Save the first and show me more": the saving is done beside what else is asked.
SAVED_BESIDE = re.compile(
    r"\b(?:save|keep|bookmark|(?:i|we)(?:['’]ll| will| shall)? take|i like|add) (?=(?:the|this|that|it|them|these|those|both|number|#|my)\b|\d)",
    re.I,
)
ALLOW = re.compile(
    r"\b(?:(?:is|are|would be)|(?:it'?s|i'?m)) ?(?:actually |also |now )?(?:fine|ok|okay|allowed|all right|alright|acceptable|good)\b|\b(?:i )?don'?t mind\b|\bafter all\b",
    re.I,
)


def read_intent(text: str) -> Intent:
    """The intent that the shape of a message shows; SEARCH when none of the constructions is there."""
    return next((intent for intent, pattern in _COMPILED if pattern.search(text)), Intent.SEARCH)


def read_sale(text: str) -> bool | None:
    """Whether only what is on sale is wanted; False where that is denied, None where nothing is said of it."""
    match = ON_SALE.search(text)
    if match is None:
        return asks_for_discount(text) or None
    return not match["no"]


def _order(order: Order, text: str, named: re.Match[str]) -> Order:
    """The order that was named, or its denial: "not the cheapest" leaves the cheapest out."""
    return _DENIED.get(order, Order.BEST) if denied(text[: named.start()]) else order


def read_order(text: str) -> Order:
    """How the shopper wants matches sorted ("the cheapest ..."), BEST when not said."""
    if asks_for_biggest(text):
        return Order.MOST_REDUCED
    named = next((_order(order, text, m) for order, pattern in _ORDERS if (m := pattern.search(text))), None)
    end = price_end(text)
    if named or end is None:
        return named or Order.BEST
    return Order.DEAREST if end["top"] else Order.CHEAPEST
