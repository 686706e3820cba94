"""The constructions that show an intent, in one table; the first that matches wins, so their order matters."""

from __future__ import annotations

from agent.discounts import BIGGEST
from agent.utterance import Intent

ORDERS_IT = (
    r"(?:buy|order|purchase) (?:it|this|that|them|these|those|number|#|"
    r"the (?:\w+ ){0,2}?(?:one|ones|first|second|third|fourth|fifth|sixth|last)|both|the two)\b"
)
# What saves cards and which: "add both", "keep the first two", "all of them, please".
_SAVES = r"(?:take|save|add|keep|bookmark|get|buy)"
_SOME_OF = r"(?:two|three|four|both|[2-4]) of"
_ALL_CARDS = r"(?:both|all) of (?:them|these|those)"
_ONE_CARD = r"(?:it|this|that|them|these|those|both|the (?:first|second|third|fourth|fifth|sixth|last))"
_CARD = rf"(?:{_ONE_CARD}(?: (?:one|two|three|four))?|(?:the|all) (?:two|three|four))"
_CARDS = rf"(?:{_ALL_CARDS}|{_CARD}(?:(?:,| and|, and) {_CARD})*)(?: one)?"
_COMPLIMENT = (
    r"(?:these|those|they|that|this|it|all)(?: all)?(?:['’]s| is| are|['’]re| looks?)(?: all| so| very|"
    r" really| quite| pretty)* "
    r"(?:lovely|great|good|nice|perfect|beautiful|gorgeous|helpful|amazing|awesome|cool|super|wonderful|"
    r"fantastic|excellent|brilliant|cute|neat)"
)
THE_REST_SAID = (
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
PATTERNS: tuple[tuple[Intent, str], ...] = (
    (
        Intent.RESET,
        r"\b(?:start (?:over|again|from scratch|fresh)\b(?! with (?:the|my)\b)|new (?:conversation|search)|"
        r"forget (?:everything|all (?:of )?(?:that|this))|reset)\b",
    ),
    (
        Intent.SHOP_POLICY,
        r"\b(?:(?:want|need|speak|talk|like|chat)(?: (?:to|with))* (?:a |an |some ?)?(?:real |live |"
        r"actual )?(?:human|person|agent|manager|employee|someone|somebody)\b(?! (?:who|for|with|in))|"
        r"(?:return|exchange|send back) (?:a|an|the|my|it|this|that|them|these|"
        r"something)\b(?! (?:boots|shoes|dress|lamps?) (?:i|we) (?:saw|had))|send (?:it|them|this) back|"
        r"money back|"
        r"(?:everything|anything|something|it|that|this) for free|"
        r"when (?:will|can|do|does|would) (?:i|it|they|we) (?:get|receive|have|arrive|come)\b|"
        r"shipp?(?:ing|ed)?(?: cost| to| time)?|deliver(?:y|ed|s)?|returns? (?:policy|this|it)|return policy|"
        r"refunds?|warranty|guarantee|"
        r"(?:need|want|must have|have to have) (?:it|this|that|them|these|"
        r"those) (?:(?:here|delivered) )?(?:by|before|until|till|within|in time)\b|coupons?|voucher|"
        r"promo(?:tion)?s?(?: codes?)?|discounts? codes?|discounts? (?:for|if|when|as) (?!the\b|th)\w+|"
        r"(?:(?<!with )(?<!at )(?<!have )(?<!has )(?:a|the|my)|"
        r"(?!(?:with|at|by|percent|cent|any|some|no|good|big|bigger|biggest|highest|largest|best|deepest|"
        r"steepest|greatest|most|have|has|got|the|a|my) )\w+s?['’]?) discount\b(?! on (?:it|this|that|these|"
        r"those|them|the|any)\b)|sales? coming|next sale|"
        r"(?:give|offer|get)(?: me| us| you)?(?: an?| the)? \d+ ?% off|opening hours|"
        r"(?:gift[- ]?)wrap(?:ping|ped)?\b|^\W*wrapped(?=\W*$)|"
        r"(?:be|come|get|have (?:it|this|that|them|these|those)) wrapped|"
        r"(?:can you |please |could you )?wrap (?:it|them|this|these)(?: up)?(?: please)?(?=\W*$)|"
        # What a shop does for its customers: "do you wrap gifts?", "could you engrave it?"
        r"(?:do|can|could|will|would) you (?:also |even |please )?(?:(?:gift[- ]?)?wrap|engrave|monogram|"
        r"personali[sz]e|customi[sz]e|alter|tailor|repair|restock|assemble|install|rent|lease|accept|insure|"
        # "Can you assemble an outfit?" is asked of who talks.
        r"price[- ]?match)\b(?![^.,!?]*\b(?:outfits?|looks?|search|results|suggestions|recommendations|choices)\b)|"
        r"(?:how|where) (?:do|can|could|to) (?:i )?(?:order|pay|check ?out)|"
        r"(?:to (?:the )?|^\W*)check ?out(?=\W*$)|pay (?:by|with|for)|payment|gift card|track my order)\b",
    ),
    (
        Intent.RECALL,
        r"\b(?:remind me (?:of )?(?:what|which|my)|"
        r"(?:show me )?(?:what|which (?:ones?|things)) (?:(?:did|do|have) i|"
        r"i(?:'ve)?) (?:have )?(?:so far )?(?:like|save|favou?rite|say|said|tell|told|note|rule|"
        r"exclude)d?\b(?! about)|"
        r"what (?:(?:do|did|have) you|you(?:'ve)?) (?:know about me|noted?|remember(?:ed)?|written down)|"
        r"what (?:did|have) you (?:show(?:n|ed)?|recommend(?:ed)?|suggest(?:ed)?)\b|"
        r"(?:show (?:me )?|what(?:'s| is) (?:on|in) )(?:my (?:wish ?)?list|my favou?rites|"
        r"my saved (?:items|things|ones)|the things i (?:liked|saved))|"
        r"(?:how much (?:is|are|does|would) |what (?:is|does|would) )(?:(?:everything|all)(?: that['’]?s|"
        r" that is)? (?:on|in) )?my (?:wish ?)?list(?: cost| come to| worth| be)*(?: in total|"
        r" altogether)?\W*$|"
        r"(?:what(?:'s| is| would be) (?:the|my) (?:total|sum)|"
        r"total (?:price|cost|sum|amount)\b(?! (?:under|below|of|up|max|at most|less))|"
        r"what(?:['’]s| is) (?:all )?(?:that|it|this|those|these|everything|the lot)(?: all)? (?:together|"
        r"altogether|in total)|how much (?:all )?(?:together|altogether|in total)\b|"
        r"how much (?:is |are |for )?all of (?:it|them|this|that)\W*$|"
        r"how much (?:is|are|for|does) (?:everything|all|the things?|what) (?:that )?(?:i|we)(?:['’]ve|"
        r" have)? (?:saved?|liked?|picked|chosen|kept)\b|"
        r"everything (?:that )?(?:i|we)(?:['’]ve| have)? (?:saved|liked|picked|chosen|kept|looked at|"
        r"seen)\b(?=.*\b(?:cost|total|together|how much)\b)|"
        r"(?:^\W*(?:(?:and|so|ok(?:ay)?)\W+)*(?:(?:the|my|grand) )*(?:total|sum|"
        r"(?:everything|all of (?:it|them|that)) (?:together|in total))(?: so far| please)*\W*$)|"
        r"how much (?:is|are|do|would|does) (?:that|it|this|they|these|those|"
        r"all(?: of (?:it|them|this|that))?|everything|both|the (?:two|three|list))(?: cost| come to|"
        r" be)? (?:all )?(?:together|altogether|in (?:total|all))\b)|"
        r"what(?:['’]s| is| are)(?: left of)? my (?:current )?(?:filters?|criteria|conditions|preferences|"
        r"constraints|requirements|budget)\b|(?:did|have) you (?:note|noted|written down|remember(?:ed)?|get|"
        r"got) (?:it|that|this|all (?:of )?(?:that|this)|(?:the|my) \w+)\W*$|"
        r"what (?:are|do) you (?:avoid|leav|exclud|rul)(?:e|ing)?(?: out)?(?: for me| so far)?\W*$|"
        r"what am i (?:avoiding|looking for)\b|"
        r"what (?:do|have) i (?:have in mind|ask(?:ed)? (?:you )?for|(?:set|chosen|told you))\b|"
        r"(?:recap|sum(?:mari[sz]e| up))\b(?! (?:the|this|its) (?:record|item|product|review)))",
    ),
    (
        Intent.ARRIVALS,
        r"\b(?:what(?:'s| is) new\b|new(?:est)? (?:arrivals?|in\W*$|stuff|things|items|products|collection)|"
        r"(?:any|anything|something) new\W*$|"
        r"(?:just|recently|newly) (?:arrived|added|in\W*$)|"
        r"latest (?:arrivals?|collection|things|items|products|additions))|"
        r"^\W*(?:the )?newest(?: ones?)?\W*$",
    ),
    (
        Intent.ABOUT,
        r"\b(?:(?:ignore|disregard|forget) (?:all |your |the |any |my )*(?:previous |prior |"
        r"above )?(?:instructions?|rules|prompts?)|system prompt|"
        r"you are now (?!out\b)\w+|developer mode|jailbreak)\b",
    ),
    (
        Intent.COMPLAIN,
        r"\b(?:not what i (?:asked|wanted|said|meant|want)|"
        r"(?:this|that|it)(?:['’]s| is) (?:wrong|nonsense|rubbish|useless|ridiculous)|"
        r"you(?:['’]re| are) (?:useless|stupid|no help|not listening|wrong|terrible)|"
        r"are you (?:even )?(?:blind|deaf|kidding|joking|serious|stupid|dumb|drunk|listening)\b|"
        r"what a (?:joke|mess|farce|disaster|waste of time)\b|"
        r"(?:your|this|the) (?:\w+ )?(?:search|results?|suggestions?|recommendations?) (?:sucks?|stinks?|"
        r"(?:is|are) (?:\w+ )?(?:rubbish|useless|terrible|awful|bad|a joke|garbage|crap))\b|"
        r"why (?:are|do|did|would) you (?:show(?:ing)?|suggest(?:ing)?|recommend(?:ing)?|give|giving)|"
        r"(?:you )?(?:did|do)(?:n'?t| not) (?:listen|understand)|useless bot|you (?:suck|stink)|"
        r"(?:shut|screw|f\w*ck) (?:up|you|off)|what the (?:hell|f\w*ck)|"
        r"(?:idiot|moron|dumbass|stupid (?:bot|machine|thing))\b|this (?:sucks|is a joke)|"
        r"(?:shop|store|bot|chat|site|assistant) is (?:rubbish|useless|terrible|awful|bad|a joke))\b",
    ),
    (
        Intent.CHOICES,
        CHOOSING,
    ),
    (
        Intent.BROWSE,
        r"\b(?:what (?:products? |items |things )?(?:do|can) you (?:have|sell|offer|carry|stock)"
        r"(?: (?:then|here|though|instead|at all|in here))*\W*$|"
        r"what (?:kinds?|sorts?|types?) of (?:things|products|stuff|items)|"
        r"what(?:'s| is) (?:there|in (?:the|your) (?:shop|store))|"
        r"i (?:do not|don'?t) (?:really )?know what (?:i|to)\b|"
        r"show me (?:everything|what you have|around)|just (?:looking|browsing))",
    ),
    (
        Intent.ADVICE,
        r"\b(?:(?:which|what(?! (?:sizes?|colou?rs?)\b))(?: (?:one|ones|"
        r"of (?:them|these|those|the (?:first |last )?(?:two|three))|\w+))? (?:would|should|do) (?:you|"
        r"i) (?:\w+ )?(?:take|pick|choose|go (?:for|with)|buy|get|recommend|suggest|advise|prefer|"
        r"like (?:best|most|more))\b|"
        rf"which (?:one |{_OF_THEM} )?(?:would|should) (?:you|i) (?:give|keep|wear)\b|"
        r"what(?: would|['’]?d) you do(?: here| if you were me| in my (?:place|shoes|position))?(?=\W*$)|"
        rf"which (?:one |{_OF_THEM} )?(?:do|does|would) (?:most |other )?(?:people|others|shoppers|customers|buyers|"
        r"everyone|everybody) (?:like|love|prefer|rate|recommend|buy|choose|go for)(?: (?:the )?(?:best|most))?"
        r"(?=\W*$)|"
        r"(?:what(?:'s| is|'d be| would be)|which(?: one)? (?:is|would be)) your (?:\w+ )?(?:pick|favou?rite|"
        r"recommendation|choice|advice)|"
        rf"which (?:one |{_OF_THEM} )?is (?:the )?(?:best|nicest|better)(?: one)?(?=\W*$)|"
        r"(?:just|only) (?:(?:show|give) me )?(?:the )?(?:best )?one(?: option| suggestion| item)?"
        r"(?:,? please)?(?=\W*$)|"
        r"not sure (?:what|which(?: one)?)(?: to| i should) (?:pick|choose|take|get|buy)|"
        r"help me (?:to )?(?:choose|decide|pick)|(?:i )?can(?:'t|not) (?:decide|choose)|"
        r"(?:choose|pick|decide) (?:one )?for me)\b",
    ),
    (
        Intent.WHY,
        r"^\W*(?:(?:and|but|so|ok(?:ay)?|h+m+)\W+)*why(?: exactly)?"
        r"(?: (?:not|isn['’]?t|aren['’]?t|wasn['’]?t)(?= \w))?(?: (?:(?:is|are|do you like|"
        r"d(?:o|id) you (?:pick|choose|list)) )?(?:this|these|those|that|them|it|"
        r"number \w+|the \w+)(?: (?:one|ones|two|three))?(?: (?:first|here|at the top|on top|"
        r"your (?:\w+ )?(?:pick|choice)))?)?\W*$|"
        r"^\W*(?:(?:and|but|so|ok(?:ay)?|h+m+)\W+)*(?:(?:the|number|your) )?(?:first|second|third|fourth|"
        r"fifth|sixth|last|top)(?: one)?\W+why\W*$",
    ),
    (Intent.SEARCH, rf"\bwhich (?:one |{_OF_THEM} )?(?:is|are|has|have) {BIGGEST.pattern}"),
    (
        Intent.COMPARE,
        r"\b(?:compare|comparison|(?:these|those|they|all of (?:these|them|those))(?: all)? (?:look|are|seem)"
        r"(?: all| pretty much| kind of| just| exactly)* (?:the same|alike|identical)(?: to me)?(?=\W*$)|"
        r"what do (?:they|these|those|both)(?: (?:all|both|two|three))? have in common|"
        r"differences? between|what(?:'s| is| are) the differences?|versus|vs\.?|"
        r"how (?:do|does|are|is) .{1,40}(?:differ|different)\b|"
        rf"which (?:one |{_OF_THEM} )?(?:is|are|would be|has|do you)(?! (?:x*[sl]|m|\d+)\b)|"
        rf"which (?:one|{_OF_THEM}) \w+s\b|"
        r"which(?: \w+){0,3} (?:better|cheaper|warmer)(?: one)?, .* or )\b",
    ),
    (
        Intent.SOMETHING_ELSE,
        r"\b(?:something (?:else|(?:completely |totally |entirely |very |quite |a bit )?different)|"
        r"anything else|what else|(?:some|any|the|see|show)? ?(?:other|different|more|further|"
        r"additional) (?:options?|ones?|choices?|suggestions?|results?|ideas?|items?|products?|styles?)|"
        r"show (?:me )?(?:some )?more\b(?! (?:like|of (?:this|that)))|another one|"
        r"none of (?:these|those|them)|not (?:\w+ )?sure about (?:any of )?(?:these|those|them)(?=\W*$)|"
        r"(?:keep (?:showing|giving|suggesting)|showed|showing|shown) (?:me )?(?:the )?same (?:ones?|things?|stuff|"
        r"items?|products?)(?: again| over and over)*(?=\W*$)|(?:have|['’]ve) (?:already )?seen (?:these|those|them)"
        r"(?: already| before)?(?=\W*$)|"
        r"^\W*(?:(?:no|nah|nope|oh|hm+|sorry)\W+)*not (?:this|that|it)(?: please)?\W*$|"
        r"^\W*neither(?: of (?:them|these|those))?\W*$|"
        r"not (?:these|those|any of (?:these|those))|"
        r"(?:don'?t|do not) like (?:any|these|those|them|it)\b|keep looking|try again|others(?: please)?\W*$|"
        + THE_REST_SAID
        + r"|next(?: ones?| page)?(?:,? please)?$|(?:these|those|they|all of (?:them|these))(?:'re| are| all|"
        r" look| just| so| too| really| pretty| all)+ (?:ugly|hideous|awful|horrible|boring|terrible|dull|"
        r"gross|meh)\b|^\W*(?:nah|no|meh|ugh|hm+)\W+(?:so |too |all )?(?:boring|ugly|dull|meh)\b|"
        r"(?<!tell me )(?<!know )(?<!\bor )more(?: please)?[.!?]*$)",
    ),
    (
        Intent.MORE_LIKE,
        r"\b(?:(?:more|others?|something|anything|similar|some|one|ones|exactly|just|looks?|find|"
        r"but) (?:items? )?(?:just )?(?:like|similar to) (?:this|that|these|it|the|number|#|my)|"
        r"similar (?:ones?|items?|to)|"
        r"same (?:style|one|thing|look|but|as)|in the style of|"
        r"like (?:this|that|the one|the photo|in the (?:photo|picture))\b|the same\b|"
        r"does it (?:also )?come in (?!(?:any )?(?:other|different|more|another)\b)(?=\w)|"
        r"(?:go )?back to (?:the|my) (?:photo|picture|image)\b|"
        r"the (?:one|ones|thing|item|same) (?:in|on|from) (?:the|my) (?:photo|picture|image)\b|"
        r"do (?:you have|they have) (?:it|this|that|them) in (?!stock|store)(?=\w)|"
        r"(?:this|that|it|one)(?: one)?,? but |(?:this|that|it|same)(?: one)? in (?!stock|store|the|"
        r"size chart)\w+)",
    ),
    (
        Intent.DETAILS,
        r"\b(?:(?:have|got|carry) (?:it|this|that|them|the \w+(?: one)?) (?:in stock|available)|"
        r"(?:tell|show|give) me (?:more |the |some )?(?:about|details?|info)|(?:tell me|know) more\b|"
        r"(?:more|full) (?:details?|info(?:rmation)?)|details|more about|"
        r"what(?:'s| is| are) (?:it|this|that|the .{1,30}) made (?:of|from)|"
        r"what (?:material|sizes?|colou?rs?|brand)|(?:any )?other colou?rs?\W*$|"
        r"which (?:sizes?|colou?rs?|material)|how much (?:is|does|are|for)|what does it cost|"
        r"is (?:it|this|that|the .{1,30}?) (?:in stock|available|made|machine|waterproof|washable|still)|"
        r"how (?:do|should|can|must|to) (?:(?:i|you|one|we) )?(?:(?:hand|machine)[- ])?(?:wash|clean|care|dry|"
        r"iron|look after|take care)|(?:wash(?:ing)?|care|cleaning) (?:instructions?|guide|label)s?|"
        r"(?:the |its )?(?:rating|reviews?) (?:of|for)|"
        r"discounts? on (?:it|this|that|these|those|them|the \w+)\b|how is it rated|"
        r"is (?:it|this|that|the \w+(?: one)?) |are (?:they|these|those) |"
        r"(?:does|can|will|would|has|could) (?:it|this|that|they|these|those|"
        r"the [\w ]{1,24}?(?:one|ones|first|second|third|last))\b|"
        r"(?:^\W*|[.!?,;] ?|\b(?:and|so|but|ok|hm) )do(?:es)? (?:any of )?(?:they|these|those|them)\b|"
        r"(?:is|are) any of (?:these|those|them)\b|"
        r"how (?:heavy|big|large|long|tall|wide|deep|thick|high|old|many|loud)\b|"
        # "Can I put it in the oven?", "may I tumble dry these?"; "can I see it in red?" wants another
        r"(?:can|could|may|should|do|must) (?:i|we|one) (?:(?:hand|machine|tumble|safely)[- ])?(?:put|use|wash|"
        r"wear|iron|dry|clean|leave|fold|hang|heat|store|fill|charge|plug|pack|freeze|boil|mount|adjust) "
        r"(?:it|this|that|them|these|those|the (?:first|second|third|fourth|fifth|sixth|last))\b"
        r"(?!.*\b(?:list|favou?rites|saved|cart|basket|trolley|bag)\b)|"
        r"how much (?:does|do|can|will|would)|what(?:'s| is| are) (?:the|its|their) (?!nearest|closest|"
        r"cheapest|best|most|latest|newest|difference|biggest|smallest|lowest|highest)|"
        r"is there (?:a|an|any) \w+ (?:in|on|with) (?:it|this|that))",
    ),
    (
        Intent.REJECT,
        r"\b(?:not (?:the|this|that) (?:\w+ )?(?:one|1st|first|second|third)|"
        r"(?:don'?t|do not) (?:like|want) (?:the|this|that|number|#)|"
        r"(?:hide|remove|exclude|omit|skip|drop|lose|reject|dislike|hate) (?:the|this|that|number|#)|"
        r"(?:it|this|that|(?:the|this|that|number|#) ?(?:\w+ ){0,3}?(?:one|first|second|third|fourth|fifth|"
        r"sixth|last|\d))(?:'s| is| looks?) (?:so |too |really |pretty |kinda |just |a bit )*(?:ugly|hideous|"
        r"awful|horrible|boring|terrible|dull|gross|meh))\b",
    ),
    (
        Intent.LIKE,
        r"\b(?:(?:i )?(?:really )?(?:like|love|adore) (?:the|this|that|number|it)\b|save (?:the|this|that|it)|"
        r"(?:add|put) .{0,60}(?:wish ?list|my list|favou?rites|saved|"
        r"(?:(?:my|the|a) )?(?:shopping )?(?:cart|basket|trolley)|my (?:shopping )?bag)|"
        + ORDERS_IT
        + r"|^\W*(?:(?:ok(?:ay)?|good|great|perfect|fine|yes|then|and)\W+)*"
        rf"(?:(?:{_SAVES} {_CARDS}|{_SOME_OF} {_ONE_CARD}(?: one)?)(?:,? (?:then|please))*|{_ALL_CARDS},? please)\W*$"
        + r"|^\W*(?:and )?(?:the|that|this|both|number) [\w ]{0,30}(?:on|to|in|into|"
        r"onto) my (?:wish ?)?list(?: please)?\W*$"
        + r"|(?:i|we)(?:['’]ll| will| shall)? take (?:it|the|this|that|these|those|them|both|number)|"
        # "I'll go for that one then", "ok, we will have it"; of what is described more is said: "I'll go for red".
        rf"(?:i|we)(?:['’]ll| will| shall|['’]m going to| am going to)(?: just| definitely)? "
        rf"(?:(?:go|stick|stay) (?:for|with)|have|take) {_CARD}(?: one)?(?:,? (?:then|please|thanks))*\W*$|"
        r"(?:i|we)(?:['’]ll| will| shall) have (?:the|this|that|both) (?:\w+ )?(?:one|ones|first|second|third|"
        r"last))",
    ),
    (
        Intent.ABOUT,
        r"(?:\bwho are you\b|\bwhat are you\b|\bwho (?:made|built|created|programmed|owns) you\b|"
        r"\b(?:what(?:'s| is) )?your name\b|\bwhat can you (?:do|help)|\bhow (?:does this|do you) work|"
        r"\bhelp\b[.!?]*$|\bare you (?:a )?(?:human|bot|robot|real|ai)\b)",
    ),
    (
        Intent.THANK,
        r"^\W*(?:(?:(?:many |ok(?:ay)?,? |great,? |perfect,? |no,? )?thank(?:s| you)|cheers|thx|bye|goodbye|"
        rf"that'?s all|see you|good night)\b|{_COMPLIMENT}\W+(?:thank(?:s| you)|cheers|thx)\b)",
    ),
    (
        Intent.CHAT,
        r"^\W*(?:(?:hi|hello|hey|so|and|lol|ha(?:ha)+|ok(?:ay)?|well|oh)\W+)*(?:how (?:are|r) (?:you|u|"
        r"ya)(?: doing| today| feeling)*|how(?:'s| is| are|['’]re) (?:it going|life|"
        r"your (?:day|morning|evening|week)(?: going| been)?|"
        r"everything|things)(?: going| today)?|how(?:['’]s| has) your (?:day|morning|evening|week) been|"
        r"what'?s up|how do you do|(?:it(?:'s| is) )?nice (?:to meet you|weather|day)[\w ]{0,12}|"
        r"do you like (?:your job|me|it here)|good (?:bot|job))\W*$",
    ),
    (
        Intent.PAUSE,
        r"^\W*(?:(?:lol|lmao|rofl|ha(?:ha)*|hehe|ok(?:ay)?|kk?|h+m+|m+h*m+|u+m+|u+h+|e+r+m*|a+h+|o+h+|wow|"
        r"whoa|cool|nice|great|good|fine|sure|alright|all right|i see|got it|right|well|interesting|yes|yeah|"
        r"yep|yup|no|nah|nope|"
        rf"{_COMPLIMENT}|i love (?:these|those|them|all of them)|nice one|"
        r"either(?: one| of them)? (?:is|would be|works)(?: fine| ok(?:ay)?| good)?|no (?:problem|worries)|"
        r"let me (?:think|see)(?: about it)?|(?:one|just a|wait a|hang on a|give me a) (?:moment|second|sec|"
        r"minute)|wait|hang on|maybe|perhaps|not sure|i(?:'m| am) not sure|(?:i )?(?:don'?t|do not) know|"
        r"dunno|idk|whatever|so|then|"
        r"i(?:['’]m| am) (?:so |just |very |really |too )*(?:bored|tired|hungry|sleepy|exhausted|shattered|"
        r"knackered|stressed)(?: today| tonight| now| out| already)*|"
        r"(?:(?:i(?:['’]ve| have) )?(?:got )?)?no (?:idea|clue)(?: (?:about|on|of) (?:the |my |a )?(?:budget|price|"
        r"size|colou?r|brand)s?)?(?: (?:yet|really|sorry))*|"
        r"haha|awesome|perfect|lovely|sweet)\b[\s.,!…?-]*)+$",
    ),
    (
        Intent.GREET,
        r"^\W*(?:h+i+|hell+o+|he+y+|good (?:morning|afternoon|evening|day)|howdy|hiya|greetings|"
        r"yo)\b[\w\s,]{0,12}[.!?]*$",
    ),
)
