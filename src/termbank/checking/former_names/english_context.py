"""What a former name in letters stands for in English: a person, a longer name, an old name."""

from __future__ import annotations

import re

from termbank.checking.engine.hit_kinds import CHANCE, FREE
from termbank.text.personal_titles import ENGLISH_TITLES

from .english_evidence import (
    names_a_thing,
    names_a_work,
    place_or_doubt,
    tells_of_the_past,
)
from .name_context import AROUND, PERSON, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .name_context import Context

_WORD_BEFORE = re.compile(r"([A-Za-zÀ-ž][\wÀ-ž.'’&-]*[,:;]?)[ \u00a0]$")
_WORD_AFTER = re.compile(r"[ \u00a0]([A-Z][\w'’.-]*)")
# Capitalised words that are no part of the name after them.
_OPENERS = words("""
    In At On From To Near Outside Inside Around Over Above Below Toward Towards
    Through Across Into Via For By With Without Since Until Before After During
    Between Beyond Against Like Unlike The A An This That These Those Its Their His
    Her Our And But Or Nor So Yet As If When While Where Because Although Though
    Both Neither Either Even Only Once Then Now Today Yesterday Tomorrow Meanwhile
    However Central Downtown Greater Inner Outer Northern Southern Eastern Western
    North South East West Of Is Was Has Had Will Can Could Would Should Why How What
    Who Nearby Monday Tuesday Wednesday Thursday Friday Saturday Sunday January
    February March April May June July August September October November December
""")
_ADMINISTRATIVE = words("""
    Region Oblast City Province District Raion Mayor Governor Airport Port Metro
    Police Residents Officials Authorities Time International
""")
_OFFICES = words("""
    President Prime Foreign Defense Defence Minister Mayor Governor Secretary
    Chancellor Ukrainian Russian American
""")
_HEADS_OF = words("""
    Battle Siege Gate Prince Princess Duke Duchy Grand Principality Treaty Union
    Bishop Archbishop Metropolitan Patriarch Council Synod Kingdom Voivode Hospodar
    Saint Lady Massacre School Fall
""")
_NOBLE = words("""
    king queen tsar voivode hospodar hetman prince princess duke duchess duchy
    principality
""")
_PLACES_OF = words("""
    City Mayor Port Region Oblast Governor Town Capital Outskirts Center Centre
    Suburb Suburbs Streets President Government Parliament Republic
""")
_PLACE_BEFORE = re.compile(
    r"(?:\b(?:in|at|from|to|near|outside|around|toward|towards|over|through|into|reached|"
    r"on|central|downtown|occupied|besieged|nearby)|(?:city|town|port|region|capital|outskirts|mayor|suburbs?|streets|residents|people|"
    r"parts?|centre|center|north|south|east|west) of) $",
    re.IGNORECASE,
)
# What a sentence may open with before "of" and a place; a bare name there is a person's.
_PARTS_OF = words("""
    Most Much Half Part Some All Many None Few Out Outside North South East West Ahead
    Instead Because People Control Capture Centre Center Side One Two Three Neither
""")
_COMMON_ENDING = re.compile(r"(?:ing|tion|sion|ment|ness|ity|ure|(?<![iaus])s)$")
_JOINED = re.compile(r"\b([A-Z][a-z]+)[-‐‑–]$")
_PLACE_AFTER = re.compile(r" (?:region|oblast|province|city|airport)\b", re.I)
_FORMER_BEFORE = re.compile(
    r"(?:\b(?:formerly|previously)|\b(?:known as|called|named|spelled|"
    r"renamed from|rebranded from|former|the old|used to be|what was|n[eé]e?|ex-|then-)"
    r"|\b(?:name|spelling)(?: of| was)?)"
    r"[,:]? ?(?:the )?[\"“'‘(]?$",
    re.IGNORECASE,
)
_FORMER_AFTER = re.compile(
    r"[\"”'’)]?,? ?(?:\((?:now|today|currently|renamed|since)\b"
    r"|which (?:(?:has|had|was|is|would) )?(?:since |now |later )?(?:been |be )?"
    r"(?:renamed|rebranded|called|known)|(?:is )?now (?:known|called|X\b)"
    r"|(?:(?:was|has been|had been) )?(?:later )?(?:renamed|rebranded)|changed its name|became\b"
    r"|as [^.,]{0,20}(?:known|calls? it|called)"
    r"|(?:is|was) (?:the|a|its) (?:[\w-]+ )?(?:name|spelling|form|version|transliteration|word))",
    re.IGNORECASE,
)
# Lower-case words right before a name in apposition: the cruiser Kiev, coach Nikolayev.
_APPOSITION = re.compile(
    r"\b(?:cruiser|carrier|battleship|destroyer|submarine|ship|vessel|coach|manager|pianist|"
    r"composer|historian|author|player|goalkeeper|striker|captain|singer|actor|actress|"
    r"director|writer|poet|scientist|cosmonaut|skater|wrestler|boxer|lawmaker|analyst) $"
)
# Adrian and Christian end alike, but are given names.
_NATIONALITY = re.compile(
    r"(?:Ukrain|Russ|Belarus|Roman|Hungar|Bulgar|Georg|Ital|Norweg|Austr|Austral|Ind|Iran|"
    r"Syr|Alban|Serb|Bosn|Croat|Armen|Lithuan|Latv|Eston|Brazil|Canad|Egypt|Palestin)ian|"
    r"(?:Non-|Pro-|Anti-)?[A-Z][a-z]+(?:ese|ish|ean|can|van|-[a-z]+)|German|Czech|Greek|"
    r"French|Dutch|Swiss|Afghan|Iraqi|Israeli|Saudi|Soviet|Nazi"
)
_YEAR = re.compile(r"\b(1[0-9]{3}|20[0-9]{2})\b")


def mentions_old_name(context: Context) -> bool:
    """Answer whether the old name itself is meant: X, formerly Twitter."""
    before, after = context.before[-AROUND:], context.after[:AROUND]
    return bool(_FORMER_BEFORE.search(before) or _FORMER_AFTER.match(after))


def is_place(context: Context) -> bool:
    """Answer whether the words beside a name say that it is a place's."""
    return bool(
        _PLACE_BEFORE.search(context.before) or _PLACE_AFTER.match(context.after)
    )


def year_of_sentence(context: Context) -> str:
    """Return the last year of the sentence; empty for none."""
    years = _YEAR.findall(context.sentence)
    return str(years[-1]) if years else ""


def name_use(context: Context) -> str:
    """Judge Yuri Nikolaev, Dynamo Kiev, Great Gate of Kiev, Odessa Steps."""
    if _APPOSITION.search(context.before):
        return PERSON
    compound = _JOINED.search(context.before)  # Midland-Odessa, but Moscow-Kiev
    in_compound = compound and not context.is_known(compound[1])
    if in_compound or _goes_on(context.before, context.after):
        return CHANCE
    if names_a_work(context) or names_a_thing(context):
        return CHANCE
    use_there = _after_word(context)
    if use_there != FREE or context.target.kind != "place":
        return use_there
    if is_place(context) and not tells_of_the_past(context):
        return FREE
    return place_or_doubt(context)


def _after_word(context: Context) -> str:
    """Judge a name by the word before it: Yuri, Dynamo, of, Monday."""
    match = _WORD_BEFORE.search(context.before)
    if not match:
        return FREE
    word, head = match[1], context.before[: match.start()]
    if word.lower() == "of":
        return _after_of(head)
    if not word[:1].isupper() or word.endswith(("'s", "’s", "s'", ",", ":", ";")):
        return FREE
    if word.endswith("."):
        bare = word.rstrip(".")
        initials = len(bare.replace(".", "")) <= 2 and bare.isupper()
        return PERSON if bare.lower() in ENGLISH_TITLES or initials else FREE
    return FREE if _modifies(word, head) else PERSON


def _goes_on(before: str, after: str) -> bool:
    """Answer whether a longer proper name goes on behind: Odessa Steps, Kiev-Pechersk."""
    if re.match(r"[-‐‑–][A-Z]", after):
        return True
    follower = _WORD_AFTER.match(after)
    if not follower or follower[1].rstrip(".'’s") in _ADMINISTRATIVE:
        return False
    return not (follower[1] in _OFFICES and _PLACE_BEFORE.search(before))


def _modifies(word: str, head: str) -> bool:
    """Answer whether a capitalised word before a name is none: In, Monday, Ukrainian."""
    opens = not head.strip() or bool(re.search(r"[.!?:;\n“\"]\s*$", head))
    adjective = _NATIONALITY.fullmatch(word) or word.endswith("-era")
    verbal = opens and re.search(r"(?:ed|ing|ly)$", word)
    return bool(word in _OPENERS or adjective or verbal)


def _after_of(head: str) -> str:
    """Judge Great Gate of Kiev, not mayor of Kiev."""
    match = _WORD_BEFORE.search(head)
    word = match[1] if match else ""
    if word in _HEADS_OF or word in _NOBLE:
        return CHANCE
    if not word[:1].isupper() or word in _PLACES_OF or word in _OPENERS:
        return FREE
    opens = match is None or not head[: match.start()].strip()
    common = word in _PARTS_OF or _COMMON_ENDING.search(word)
    return FREE if opens and common else CHANCE
