"""Words whose spelling in kana or kanji is settled by how they are used.

A formal noun is written in kana after what modifies it (次のとおり), a subsidiary verb after
て (開けておく), という before what it names; elsewhere the same word stands in kanji.
"""

from __future__ import annotations

from .hit_kinds import CHANCE, DOUBTFUL, FREE
from .hit_reading import before_last, to_kana
from .script_runs import HIRAGANA, script

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .hit_reading import Reading
    from .word_context import Word

# Subsidiary verbs (補助動詞) are written in kana after て, their main verbs in kanji.
_SUBSIDIARY = frozenset("置見行来下頂戴貰呉上仕居欲遣良")
_ASKING = frozenset("下頂戴")  # subsidiary after a bare stem or noun, too: お待ち下さい
_SAYING = frozenset("言云謂")
_ABSENT = "無"
_QUOTING = ("と", "って")
# Nouns of position (位置名詞): a phrase that ends in one is literal before a case particle.
_POSITIONS = frozenset("上中下前後内外横側奥間先")
# Formal nouns (形式名詞) are written in kana after what modifies them, else in kanji.
_FORMAL = frozenset("事物所時為訳方上下中内頃程筈故儘毎元際様通先処位")
_MODIFIERS = ("動詞", "形容詞", "助動詞", "連体詞", "形状詞")
_UNVOICED = frozenset("かきくけこさしすせそたちつてとはひふへほ")
_TE = ("て", "で")
_ADNOMINAL, _CASE = "連体詞", "格助詞"


def _pair(hit: Reading, better: str, kanji: frozenset[str]) -> str:
    """Return ``kana`` or ``kanji``, what a rule turns one of these verbs into."""
    if not better:
        return ""
    begin = max(hit.covering[-1].start, hit.at)
    last = hit.context[begin : hit.stop]
    rest = hit.context[hit.at : begin]
    other = better.removeprefix(rest)
    # おいて and 置いて differ in their head alone; おもう and 置く do not.
    if last[:1] in kanji and script(other[:1]) == HIRAGANA:
        return "kana"
    return "kanji" if other[:1] in kanji and script(last[:1]) == HIRAGANA else ""


def as_position(hit: Reading, better: str) -> str:
    """Judge その上 before に: a place, not the conjunction そのうえ."""
    first, last = hit.covering[0], hit.covering[-1]
    if len(hit.covering) < 2 or first.part_of_speech[0] != _ADNOMINAL:
        return FREE
    if hit.surface(last) not in _POSITIONS or not to_kana(hit.form, better):
        return FREE
    following = hit.following.part_of_speech if hit.following else ("", "")
    return CHANCE if following[1] == _CASE else FREE


def as_formal_noun(hit: Reading, better: str) -> str:
    """Judge 通り in 通りを歩く beside 次の通り, 上 in 机の上 beside 確認した上で."""
    surface = hit.surface(hit.covering[-1])
    if len(hit.covering) > 1 or not _is_formal(hit.covering[-1], surface):
        return FREE
    if not to_kana(surface, better):
        return FREE
    if hit.previous is None:
        return DOUBTFUL
    before = hit.previous.part_of_speech[0]
    literal = surface in _POSITIONS and (
        before == _ADNOMINAL or hit.surface(hit.previous) == "の"
    )
    has_modifier = before in _MODIFIERS or hit.surface(hit.previous) == "の"
    if has_modifier:
        return DOUBTFUL if literal else FREE
    # 期待通り is read どおり: right after a noun the first sound is voiced.
    has_voicing = before == "名詞" and hit.previous.part_of_speech[1] != "数詞"
    if has_voicing and better[:1] in _UNVOICED:
        return DOUBTFUL
    return DOUBTFUL if before in ("助詞", "補助記号") else FREE


def _is_formal(word: Word, surface: str) -> bool:
    if word.part_of_speech[0] not in ("名詞", "接尾辞") or surface[:1] not in _FORMAL:
        return False
    return not surface[1:] or (len(surface) == 2 and script(surface[1]) == HIRAGANA)


def as_subsidiary(hit: Reading, better: str) -> str:
    """Judge 置く beside ておく, 下さい beside て下さい."""
    last = hit.covering[-1]
    to = _pair(hit, better, _SUBSIDIARY)
    if not to or last.part_of_speech[0] not in ("動詞", "形容詞"):
        return FREE
    if last.part_of_speech[1] != "非自立可能":
        return FREE
    previous = before_last(hit)
    kanji = hit.surface(last)[:1] if to == "kana" else better[:1]
    after_te = (
        previous is not None
        and hit.surface(previous) in _TE
        and previous.part_of_speech[1] == "接続助詞"
    )
    is_request = (
        previous is not None
        and kanji in _ASKING
        and previous.part_of_speech[0] in ("動詞", "名詞", "接尾辞")
    )
    if to == "kana":
        return FREE if after_te or is_request else DOUBTFUL
    return CHANCE if after_te or is_request else FREE


def as_saying(hit: Reading, better: str) -> str:
    """Judge 言う beside という: a noun follows という, a statement 言う."""
    last = hit.covering[-1]
    to = _pair(hit, better, _SAYING)
    if not to or last.part_of_speech[0] != "動詞":
        return FREE
    previous, following = before_last(hit), hit.following
    if hit.surface(previous) not in _QUOTING:
        return FREE if to == "kanji" else DOUBTFUL
    before_noun = following is not None and (
        following.part_of_speech[0] in ("名詞", "代名詞", "接頭辞")
        or hit.surface(following) == "の"
    )
    if to == "kana":
        return FREE if before_noun else DOUBTFUL
    return CHANCE if before_noun else DOUBTFUL


def as_absence(hit: Reading, better: str) -> str:
    """Judge ない after で or a verb, which is no 無い."""
    if _pair(hit, better, frozenset(_ABSENT)) != "kanji":
        return FREE
    previous = before_last(hit)
    if previous is None:
        return FREE
    if previous.part_of_speech[0] in ("助動詞", "動詞", "形容詞"):
        return CHANCE
    return DOUBTFUL if hit.surface(previous) in ("は", "も", "じゃ") else FREE
