"""Whether a former name in running text is a name to be changed.

キエフ is キーウ today, but キエフ大公国 and chicken Kiev keep the old name, ニコラエフ氏 is
a person, (旧キエフ) tells the former name, and 1943年のキエフ is history. The words around
the name decide, by kinds: no list of places stands here.
"""

from __future__ import annotations

import re

from termbank.records import NamedTuple
from termbank.text.personal_titles import (
    ENGLISH_TITLES,
    FAMILY_NAME_ENDING,
    HONORIFIC_AFTER_NAME,
    TITLE_AFTER_NAME,
)
from termbank.text.term_notes import is_kept_in_quotations, other_senses

from .hit_kinds import CHANCE, DOUBTFUL, FREE
from .script_runs import KANJI, KATAKANA, script

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from .compiled_rules import Target

PERSON = "person"  # the spelling is the name of a person there
# A town that was called otherwise a generation ago is history.
_GENERATION = 25  # years
_AROUND = 60  # code points looked at on either side for a mention of the old name
_BESIDE = 20  # code points that tell the language of the text

_ROLES_JA = re.compile(
    r"(?:[者家手師士員督帝]|ピアニスト|バイオリニスト|ジャーナリスト|アナリスト|"
    r"コーチ|ストライカー)$"
)
# Before a name of something else: a ship, a station, a firm, a work in quotation marks.
_BEARERS_JA = re.compile(
    r"(?:[艦号]|空母|原潜|組織|団体|企業|会社|社|ブランド|バンド|ホテル)$"
)
_TITLE_JA = re.compile(
    r"(?:映画|ドラマ|小説|絵画?|組曲|楽?曲|歌劇?|著書|書籍|作品|番組|ゲーム|漫画|舞台|オペラ|"
    r"バレエ|ドキュメンタリー|原作)[^。]{0,20}[「『][^「」『』。]{0,12}$"
)
# Heads of proper names: polities, wars, treaties, accidents, works, schools.
_HEADS_JA = re.compile(
    r"[・]?(?:の(?:[一二三四五六七八九]つの)?事故|のコサック|の戦い|の大門|の階段|の祈り|の奇跡|の虐殺|の悲劇|大公|[公侯]国|公(?![園開共衆海演])|"
    r"王国|帝国|自治共和国|人民共和国|共和国|ソビエト|総督府|県|軍管区|方面軍|[前]?戦線|作戦|"
    r"攻防戦|攻略戦|包囲戦|防衛戦|会戦|海戦|決戦|条約|協定|議定書|宣言|体制|紛争|戦争|革命|"
    r"[一-龥]{0,4}事故|法(?![廷王律])|学派|楽派|典礼|総主教|府主教|大主教|主教|正教会|コサック|"
    r"級|型|語|文字|風|大隊|師団|連隊)"
)
_PLACE_WORDS_JA = re.compile(
    r"[のにへでをはがともやか、。」』）)！？!?\s]|$|から|まで|など|以外|以北|以南|[市州]|"
    r"郊外|近郊|周辺|中心|中部|北|南|東|西|港|駅|[国際]*空港|地区|地域|地方|方面|在住|出身|"
    r"訪問|入り|到着|滞在|行き|始?発(?!電)|着|当局|知事|住民|上空|沖|防衛|攻撃|攻略|侵攻|占領|"
    r"陥落|奪還|制圧|包囲|爆撃|空爆|砲撃|支局|政権|政府|側|会談|間|[^一-龥ァ-ヺー・]"
)
_SURE_PLACE_JA = re.compile(
    r"[市州](?![のに]?[名価])|郊外|近郊|周辺|中心部|[国際]*空港|地区|港|駅"
)
_BEFORE_PLACE_JA = re.compile(
    r"(?:首都|州都|都市|港町|古都|[東西南北中]部|市街|地域)[の・、]?$"
)
_FORMER_BEFORE_JA = re.compile(
    r"(?:旧|元|前|旧称|旧名|旧社名|旧国名|前身|前身の|ロシア語名|ロシア語で|ロシア名|かつての|"
    r"かつて|当時の|当時|以前の|通称|別名)(?:は|が|で|、|:|：|=|＝)?[「『（(]?$"
)
_FORMER_AFTER_JA = re.compile(
    r"[」』]?(?:[（(](?:現|いま|今|のち|後の|新名|新称|改称)|から(?:改|名称|社名|名前|国名)|"
    r"(?:を|が|は)[^。]{0,8}(?:改称|改名|名称を変更|社名を変更|名を変え)|"
    r"(?:と|って)(?:呼ば|いう名|称し)|の旧表記|は(?:ロシア|旧)[^。]{0,4}名|の旧称|の旧名|の名(?:称|前)?で(?:知ら|呼ば))"
)
_YEAR_JA = re.compile(r"(\d{4})年(?:(\d{1,2})月)?(?:(\d{1,2})日)?|(\d{1,2})世紀")

_WORD_BEFORE = re.compile(r"([A-Za-zÀ-ž][\wÀ-ž.'’&-]*[,:;]?)[ \u00a0]$")
_WORD_AFTER = re.compile(r"[ \u00a0]([A-Z][\w'’.-]*)")
# Capitalised words that are no part of the name after them.
_OPENERS = frozenset(
    [
        "In",
        "At",
        "On",
        "From",
        "To",
        "Near",
        "Outside",
        "Inside",
        "Around",
        "Over",
        "Above",
        "Below",
        "Toward",
        "Towards",
        "Through",
        "Across",
        "Into",
        "Via",
        "For",
        "By",
        "With",
        "Without",
        "Since",
        "Until",
        "Before",
        "After",
        "During",
        "Between",
        "Beyond",
        "Against",
        "Like",
        "Unlike",
        "The",
        "A",
        "An",
        "This",
        "That",
        "These",
        "Those",
        "Its",
        "Their",
        "His",
        "Her",
        "Our",
        "And",
        "But",
        "Or",
        "Nor",
        "So",
        "Yet",
        "As",
        "If",
        "When",
        "While",
        "Where",
        "Because",
        "Although",
        "Though",
        "Both",
        "Neither",
        "Either",
        "Even",
        "Only",
        "Once",
        "Then",
        "Now",
        "Today",
        "Yesterday",
        "Tomorrow",
        "Meanwhile",
        "However",
        "Central",
        "Downtown",
        "Greater",
        "Inner",
        "Outer",
        "Northern",
        "Southern",
        "Eastern",
        "Western",
        "North",
        "South",
        "East",
        "West",
        "Of",
        "Is",
        "Was",
        "Has",
        "Had",
        "Will",
        "Can",
        "Could",
        "Would",
        "Should",
        "Why",
        "How",
        "What",
        "Who",
        "Nearby",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
)
_ADMINISTRATIVE = frozenset(
    [
        "Region",
        "Oblast",
        "City",
        "Province",
        "District",
        "Raion",
        "Mayor",
        "Governor",
        "Airport",
        "Port",
        "Metro",
        "Police",
        "Residents",
        "Officials",
        "Authorities",
        "Time",
        "International",
    ]
)
_OFFICES = frozenset(
    [
        "President",
        "Prime",
        "Foreign",
        "Defense",
        "Defence",
        "Minister",
        "Mayor",
        "Governor",
        "Secretary",
        "Chancellor",
        "Ukrainian",
        "Russian",
        "American",
    ]
)
_HEADS_OF = frozenset(
    [
        "Battle",
        "Siege",
        "Gate",
        "Prince",
        "Princess",
        "Duke",
        "Duchy",
        "Grand",
        "Principality",
        "Treaty",
        "Union",
        "Bishop",
        "Archbishop",
        "Metropolitan",
        "Patriarch",
        "Council",
        "Synod",
        "Kingdom",
        "Voivode",
        "Hospodar",
    ]
)
# How a note calls the other sense of a place name that is also a person's.
_FAMILY_NAME = re.compile(
    r"姓|苗字|名字|人名|family name|surname|person", re.IGNORECASE
)
_NOBLE = frozenset(
    [
        "king",
        "queen",
        "tsar",
        "voivode",
        "hospodar",
        "hetman",
        "prince",
        "princess",
        "duke",
        "duchess",
        "duchy",
        "principality",
    ]
)
_PLACES_OF = frozenset(
    [
        "City",
        "Mayor",
        "Port",
        "Region",
        "Oblast",
        "Governor",
        "Town",
        "Capital",
        "Outskirts",
        "Center",
        "Centre",
        "Suburb",
        "Suburbs",
        "Streets",
        "President",
        "Government",
        "Parliament",
        "Republic",
    ]
)
_PLACE_BEFORE_EN = re.compile(
    r"(?:\b(?:in|at|from|to|near|outside|around|toward|towards|over|through|into|reached|"
    r"on)|(?:city|town|port|region|capital|outskirts|mayor|suburbs?|streets) of) $",
    re.IGNORECASE,
)
_PLACE_AFTER_EN = re.compile(r" (?:region|oblast|province|city|airport)\b", re.I)
_FORMER_BEFORE_EN = re.compile(
    r"(?:\b(?:formerly|previously|once|originally|then|still|also|initially)"
    r"(?: (?:known as|called|named|spelled|written))?|\b(?:known as|called|named|spelled|"
    r"renamed from|rebranded from|former|the old|used to be|what was|n[eé]e?|ex-|then-)|\b(?:name|spelling)(?: of| was)?)"
    r"[,:]? ?(?:the )?[\"“'‘(]?$",
    re.IGNORECASE,
)
_FORMER_AFTER_EN = re.compile(
    r"[\"”'’)]?,? ?(?:\((?:now|today|currently|renamed|since)\b|(?:is )?now (?:known|called|X\b)"
    r"|(?:(?:was|has been|had been) )?(?:later )?(?:renamed|rebranded)|changed its name|became\b"
    r"|as [^.,]{0,20}(?:known|calls? it|called)|(?:is|was) the (?:Russian|Soviet|former|old) name)",
    re.IGNORECASE,
)
# Lower-case words right before a name in apposition: the cruiser Kiev, coach Nikolayev.
_APPOSITION_EN = re.compile(
    r"\b(?:cruiser|carrier|battleship|destroyer|submarine|ship|vessel|coach|manager|pianist|"
    r"composer|historian|author|player|goalkeeper|striker|captain|singer|actor|actress|"
    r"director|writer|poet|scientist|cosmonaut|skater|wrestler|boxer|lawmaker|analyst) $"
)
# What a sense is told by: names of places and peoples, else its long words.
_NAME_CUE = re.compile(r"[A-Z][\w.]{2,}|[ァ-ヺー]{3,}")
_LONG_WORD = re.compile(r"[a-z]{8,}|[一-龥]{2,}|\d{4}")
_SENTENCE_END = re.compile(r"[。！？]|[.!?](?=\s|$)")
_YEAR_EN = re.compile(r"\b(1[0-9]{3}|20[0-9]{2})\b")


class Context(NamedTuple):
    """A former name in its text.

    Attributes:
        before: Text before the name, of the same paragraph.
        after: Text after it, of the same paragraph.
        target: What the glossary says about the name.
        is_known: Answers whether a spelling is a form of the glossary.
    """

    before: str
    after: str
    target: Target
    is_known: Callable[[str], bool]

    @property
    def in_letters(self) -> bool:
        """True for a name in letters."""
        return script(self.target.form[-1]) not in (KANJI, KATAKANA)

    @property
    def in_japanese(self) -> bool:
        """True where Japanese stands beside the name, whatever its own letters."""
        beside = self.before[-_BESIDE:] + self.after[:_BESIDE]
        return not self.in_letters or any("\u3040" < char < "\ufb00" for char in beside)


def name_use(context: Context) -> str:
    """Return what a former name stands for in its text.

    Returns:
        ``free`` for the name that has changed; ``doubtful`` where it may be something
        else; ``person`` for a person of that name; the empty string for a longer name,
        a mention of the former name itself, or history.
    """
    target = context.target
    if is_kept_in_quotations(target.note) and _is_quoted(context.before):
        return CHANCE
    checks = [_as_mention(context), _as_history(context)]
    if context.in_letters:
        apposed = bool(_APPOSITION_EN.search(context.before))
        checks.append(PERSON if apposed else _in_english(context))
    if context.in_japanese:
        checks.append(_in_japanese(context))
    if CHANCE in checks:
        return CHANCE
    if PERSON in checks:
        return PERSON
    senses = other_senses(target.note)
    if senses and (there := _other_sense(senses, context)) != FREE:
        return there
    return DOUBTFUL if DOUBTFUL in checks else FREE


def _other_sense(senses: str, context: Context) -> str:
    """Judge a name whose note gives another sense: ``also: the city in Texas``.

    Silent where the sentence names what the sense is about (Texas); free where a place
    stands beside the name, or where a sense that names another place is nowhere in the
    paragraph; else in doubt.
    """
    named = _NAME_CUE.findall(senses)
    cues = named + _LONG_WORD.findall(senses)
    sentence = _sentence_of(context)
    if any(cue in sentence for cue in cues):
        return CHANCE
    if is_place(context):
        return FREE
    paragraph = context.before + context.after
    elsewhere = context.target.kind == "place" and named
    return (
        FREE if elsewhere and not any(cue in paragraph for cue in named) else DOUBTFUL
    )


def _sentence_of(context: Context) -> str:
    """Return the sentence around a name, without the name."""
    head = _SENTENCE_END.split(context.before)[-1]
    return head + " " + _SENTENCE_END.split(context.after, maxsplit=1)[0]


def is_place(context: Context) -> bool:
    """Answer whether the words beside a name say that it is a place's."""
    if not context.in_japanese:
        return bool(
            _PLACE_BEFORE_EN.search(context.before)
            or _PLACE_AFTER_EN.match(context.after)
        )
    return bool(
        _SURE_PLACE_JA.match(context.after) or _BEFORE_PLACE_JA.search(context.before)
    )


def _is_quoted(before: str) -> bool:
    pairs = ("「」", "『』", "“”")
    return any(before.count(mark[0]) > before.count(mark[1]) for mark in pairs)


def _as_mention(context: Context) -> str:
    """Judge 旧ツイッター, キーウ(キエフ), formerly Twitter: the old name itself is meant."""
    before, after = context.before[-_AROUND:], context.after[:_AROUND]
    marks = (
        (_FORMER_BEFORE_JA, _FORMER_AFTER_JA)
        if context.in_japanese
        else (_FORMER_BEFORE_EN, _FORMER_AFTER_EN)
    )
    if marks[0].search(before) or marks[1].match(after):
        return CHANCE
    if better := context.target.better:
        name = re.escape(better)
        beside = re.search(name + r" ?[（(「『][^）)」』]{0,12}$", before)
        behind = re.match(r" ?[（(][^）)]{0,24}" + name, after)
        change = re.match(
            rf"[^。]{{0,20}}{name}[」』]?(?:に|へ|と)[^。]{{0,6}}(?:変|改|な[っりる])"
            rf"|[^.]{{0,20}}\b(?:into|became|becomes?|to) {name}\b",
            after,
        )
        or_else = re.match(rf",? or (?:as |rather )?{name}\b", after)
        if beside or behind or change or or_else:
            return CHANCE
    return FREE


def _as_history(context: Context) -> str:
    """Judge 1943年のキエフ and 2022年のツイッター買収 by the last year in the sentence."""
    since = context.target.since
    written = _date_in(context)
    if not since or not written or written >= since:
        return FREE
    if since.startswith(written):
        return DOUBTFUL  # the year of the change, no more is said
    old = int(since[:4]) - int(written[:4]) >= _GENERATION
    kept = context.target.kind in ("product", "organization") or old
    return CHANCE if kept else DOUBTFUL


def _date_in(context: Context) -> str:
    if not context.in_japanese:
        sentence = _sentence_of(context)
        years = _YEAR_EN.findall(sentence)
        return str(years[-1]) if years else ""
    sentence = re.split("[。！？]", context.before)[-1]
    found = list(_YEAR_JA.finditer(sentence))
    if not found:
        return ""
    year, month, day, century = found[-1].groups()
    if century:
        return f"{int(century) * 100 - 50:04}"
    return "-".join([year, *(f"{int(part):02}" for part in (month, day) if part)])


def _in_japanese(context: Context) -> str:
    """Judge ニコラエフ氏, ユーリ・ニコラエフ, キエフ大公国, キエフ訪問."""
    before, after = context.before, context.after
    if _is_titled(context):
        return PERSON
    if _HEADS_JA.match(after):
        return CHANCE
    for neighbour in (_name_beside(before[::-1])[::-1], _name_beside(after)):
        if neighbour and not context.is_known(neighbour):
            return PERSON if before.endswith(("・", "＝")) else CHANCE
    if _ROLES_JA.search(before):
        return PERSON
    if _BEARERS_JA.search(before) or _TITLE_JA.search(before):
        return CHANCE
    office = TITLE_AFTER_NAME.match(after)  # of a country: グルジア大統領
    return FREE if office or _PLACE_WORDS_JA.match(after) else DOUBTFUL


def _is_titled(context: Context) -> bool:
    """Answer whether a title makes a person of a name: リボフ首相, not グルジア首相."""
    if HONORIFIC_AFTER_NAME.match(context.after):
        return True
    target = context.target
    can_be_person = _FAMILY_NAME.search(other_senses(target.note))
    can_be_person = can_be_person or FAMILY_NAME_ENDING.search(target.form)
    return bool(can_be_person and TITLE_AFTER_NAME.match(context.after))


def _name_beside(text: str) -> str:
    """Return the katakana run that ・ joins to a name; empty where there is none."""
    if text[:1] not in ("・", "＝"):
        return ""
    end = 1
    while end < len(text) and script(text[end]) == KATAKANA:
        end += 1
    return text[1:end]


def _in_english(context: Context) -> str:
    """Judge Yuri Nikolaev, Dynamo Kiev, Great Gate of Kiev, Odessa Steps."""
    if _goes_on(context.before, context.after):
        return CHANCE
    found = _WORD_BEFORE.search(context.before)
    if not found:
        return FREE
    word, head = found[1], context.before[: found.start()]
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
    return not (follower[1] in _OFFICES and _PLACE_BEFORE_EN.search(before))


def _modifies(word: str, head: str) -> bool:
    """Answer whether a capitalised word before a name is none: In, Monday, Ukrainian."""
    opens = not head.strip() or bool(re.search(r"[.!?:;\n“\"]\s*$", head))
    adjective = re.search(r"(?:ian|ese|ish|ean|can|-[a-z]+)$", word)
    verbal = opens and re.search(r"(?:ed|ing|ly)$", word)
    return bool(word in _OPENERS or adjective or verbal)


def _after_of(head: str) -> str:
    """Judge Great Gate of Kiev, not mayor of Kiev."""
    found = _WORD_BEFORE.search(head)
    word = found[1] if found else ""
    if word in _HEADS_OF or word in _NOBLE:
        return CHANCE
    opens = found is None or not head[: found.start()].strip()
    named = word[:1].isupper() and word not in _PLACES_OF and word not in _OPENERS
    return CHANCE if named and not opens else FREE
