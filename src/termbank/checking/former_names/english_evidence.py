"""Evidence in English that a former place name is a place, a work or a thing called so.

A fix is safe only where the words beside the name say that a place is meant: a
preposition, a verb after it, a possessive. What only may be a place stays in doubt.
"""

from __future__ import annotations

import re
from itertools import takewhile

from termbank.checking.engine.hit_kinds import DOUBTFUL, FREE

from .name_context import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .name_context import Context

_LOWER_AFTER = re.compile(r"[ \u00a0]([a-z][\w'’-]*)")
_LOWER_WORDS_AFTER = re.compile(r"(?:[ \u00a0][a-z][a-z-]*){1,3}")
_LOWER_BEFORE = re.compile(r"\b([a-z][\w'’-]*) $")
_MODEL_NUMBER = re.compile(
    r"[ -]?(?:\d+[A-Z]{0,2}\b(?! (?:years|days|months|hours|people|percent|times|km|miles"
    r"|kilometers|kilometres))(?![.,:]\d)|[IVX]+\b)"
)
# Kinds of things that bear a place's name without being there: firms, goods, works, ships.
_THINGS = words("""
    winery brewery distillery vineyard wine wines brut vodka champagne beer cognac
    brand label camera cameras lens lenses watch watches radio motorcycle motorcycles
    tractor tractors car cars truck trucks tank tanks cruiser carrier destroyer battleship
    frigate submarine class album song single film movie novel opera ballet symphony suite
    sonata concerto painting poem cake cakes cutlet cutlets torte dish recipe salad soup
    bread strain virus meteorite culture school dialect manuscript psalter breed variety
    orchestra chess gambit variation defense defence opening font typeface
""")
# The album Odessa; Odessa is a board game; Odessa, a thriller.
_WORKS = (
    r"album|song|single|film|movie|thriller|novel|book|opera|ballet|symphony|suite|painting|"
    r"poem|play|musical|(?:mini)?series|documentary|memoir|game|cruiser|carrier|destroyer|"
    r"battleship|frigate|submarine|yacht|brand|code ?name|band|magazine|newspaper|store|"
    r"restaurant|hotel|actress|actor|singer|cocktail|horse|racehorse|software|font|app"
)
_WORK_BEFORE = re.compile(
    rf"\b(?:{_WORKS}),?(?: called| titled| entitled| named| known as)? [\"“‘'*_]?$",
    re.IGNORECASE,
)
_WORK_BEHIND = re.compile(
    rf"(?: (?:is|was)|,) (?:an?|the) [^.,;]{{0,40}}\b(?:{_WORKS})\b", re.IGNORECASE
)
# A title in brackets begins with a capital in the middle of a sentence.
_BRACKETED_TITLE = re.compile(r"\w \((?:In|The|A|An|At|On|From|Of|To) [^()]*$")
_QUOTATION = re.compile(r"[“\"‘]([^“”\"]*)$")
_QUOTATION_END = re.compile(r"([^“”\"]*?)[,.]?[”\"’]")
_LONGEST_TITLE = 60  # code points
_SHORT_WORD = 4  # letters: of, the and from may stay small in a title
# Words of sentences about another time than ours.
_PAST = re.compile(
    r"\b(?:medieval|tsarist|imperial|Soviet-era|Nazi|Wehrmacht|Red Army|Bolsheviks?|Mongols?|"
    r"Cossacks?|Ottomans?|Habsburgs?|Rus'?|pogroms?|tsars?|czars?|grand prince|grand duke|"
    r"princess of|voivode|hospodar|hetman|crowned|reigned|baptized|centur(?:y|ies)|"
    r"World War|dynasty)\b",
    re.IGNORECASE,
)
# A name alone before one of these is the subject of a sentence: a place that acts.
_VERBS = words("""
    is was has had will would can could may might must should does did said says saw
    went came became fell took lost won held kept gave got made met sent began broke cut
    let put set sought told thought bought brought paid stood led hit built and or but
    also still now never itself alone on in at for by with to as while where when after
    before since until if because because despite
""")
_VERB_ENDING = re.compile(r"(?:ed|[^s]s)$")
_ADVERBS = words("""
    again overnight yesterday today early late twice directly hard once last this next
    tomorrow tonight every alone too instead itself several many
""")
_PLURAL_VERB = re.compile(r"[ \u00a0](?:are|were|have|do)\b")
_OF_A_PLACE = words("""
    region oblast province district city airport port metro station mayor governor
    government authorities administration regime residents officials police council
    suburb suburbs outskirts time office bureau time embassy side leadership military
    officials troops forces army hospital university
""")
# What one does to a place; other verbs end in -ed or -ing.
_ACTS_ON = words("""
    leave leaves left reach reaches visit visits enter enters hit hits strike strikes
    struck bomb bombs shell shells attack attacks defend defends hold holds held seize
    seizes take takes took retake retakes retook control controls claim claims flee flees
    fled quit quits see saw rock rocks shake shook shakes support supports arm arms help
    helps urge urges tell tells told give gives gave force forces push pushes accuse
    accuses said say says think thinks believe want wants warn warns back backs blame blames let made make keep keeps kept liberate free save lose
    lost capture surround between against with for by via like than and or both about
    behind beyond past across within since until of that but while because if whether
    given not only so as when where after before whereas though although
""")


def names_a_work(context: Context) -> bool:
    """Answer whether a name stands in the title of a work: the album Odessa."""
    before = context.before
    if _WORK_BEFORE.search(before) or _WORK_BEHIND.match(context.after):
        return True
    if _BRACKETED_TITLE.search(before):
        return True
    opening = _QUOTATION.search(before)
    closing = _QUOTATION_END.match(context.after)
    if not opening or not closing:
        return False
    beside = opening[1] + closing[1]
    return len(beside) <= _LONGEST_TITLE and _is_title(beside, opening[1])


def _is_title(beside: str, head: str) -> bool:
    """Answer whether all long words of a quotation are capitalised, around the name."""
    long = [word for word in re.findall(r"[\w'’]+", beside) if len(word) > _SHORT_WORD]
    opens = not head or head[:1].isupper()
    return (
        opens
        and all(word[:1].isupper() for word in long)
        and not beside.endswith(("!", "?"))
    )


def names_a_thing(context: Context) -> bool:
    """Answer whether a name is that of goods, a firm or a school: the Kiev camera."""
    if _MODEL_NUMBER.match(context.after):
        return not context.before.rstrip().endswith((",", "in", "near", "from", "to"))
    followers = _LOWER_WORDS_AFTER.match(context.after)
    before_the_verb = takewhile(
        lambda word: word not in _VERBS, followers[0].split() if followers else []
    )
    return any(word in _THINGS for word in before_the_verb)


def tells_of_the_past(context: Context) -> bool:
    """Answer whether the sentence tells of princes, sieges or an era that is over."""
    return bool(_PAST.search(context.sentence))


def place_or_doubt(context: Context) -> str:
    """Return ``free`` where a place is meant for certain, else ``doubtful``."""
    follower = _LOWER_AFTER.match(context.after)
    behind = follower[1] if follower else ""
    if tells_of_the_past(context):
        return DOUBTFUL
    if context.after.startswith(("'s ", "’s ")) or behind in _OF_A_PLACE:
        return FREE
    leader = _LOWER_BEFORE.search(context.before)
    ahead = leader[1] if leader else ""
    goes_on = behind and behind not in _ADVERBS and not _acts(context.after)
    if goes_on or ahead in ("a", "an"):
        return DOUBTFUL
    has_governor = ahead in _ACTS_ON or ahead.endswith(("ed", "ing", "s"))
    return FREE if has_governor or ahead in ("", "the") else DOUBTFUL


def _acts(after: str) -> bool:
    """Answer whether a verb stands behind a name; cutlets in "cutlets are" is none."""
    follower = _LOWER_AFTER.match(after)
    if not follower:
        return False
    if follower[1] in _VERBS:
        return True
    plural = _PLURAL_VERB.match(after, follower.end())
    return bool(_VERB_ENDING.search(follower[1]) and not plural)
