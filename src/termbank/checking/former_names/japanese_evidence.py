"""Evidence in Japanese that a former place name is a work, a thing, a ruler or history.

A fix is safe only where a place of today is meant. A title in quotation marks, a model
number or a dish is silent; what may be a place of another time stays in doubt.
"""

from __future__ import annotations

from termbank.checking.engine.hit_kinds import DOUBTFUL
from termbank.text.lazy_patterns import LazyPattern

from .name_context import PERSON

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .name_context import Context

_WORKS = (
    r"映画|ドラマ|小説|絵画?|組曲|交響詩|楽?曲|歌劇?|歌|詩集?|著書|書籍|絵本|物語|作品|番組|ゲーム|"
    r"漫画|舞台|戯曲|オペラ|バレエ|アルバム|ドキュメンタリー|ノンフィクション|回想録|ルポ|"
    r"シリーズ|原作|名画|名作|代表作|主題歌"
)
_TITLE = LazyPattern(rf"(?:{_WORKS})[^。]{{0,20}}[「『][^「」『』。]{{0,12}}$")
# A title in quotation marks, with what kind of work it is behind or its maker's verb.
_TITLE_BEHIND = LazyPattern(
    rf"[^「」『』。]{{0,20}}[」』](?:という|と題する|と題した|と題され|の|は[^。]{{0,20}}の|など)?[^。、]{{0,6}}"
    rf"(?:{_WORKS})"
)
_WORK_BEHIND = LazyPattern(
    rf"[」』]?は[^。、]{{0,20}}(?:{_WORKS}|銘柄|ブランド|カクテル|競走馬)(?:の(?:題|名|題名|タイトル))?"
    r"(?:だ|である|です|。|で、)",
    begins="」』は",
)
_MAKING = LazyPattern(
    r"[^。]{0,15}(?:書い|描い|撮っ|作曲|演奏|上演|上映|公開|出版|読[みむん]|流れ|歌[いうっわ]|聴[いかく]|観[たるて]|弾[いきく]|刊行|翻訳)"
)
_BOOK_TITLE = LazyPattern(r"『[^『』。]{0,15}$")
_IN_QUOTATION = LazyPattern(r"「([^「」。]{0,12})$")
_NOUN_PHRASE_END = LazyPattern(
    r"((?:よ|へ|にて|の[^「」。、はがをにで]{1,10}|[一-龥]{1,4}))?」"
)
# Goods and models: キエフ60, but キエフ30日.
_MODEL_NUMBER = LazyPattern(
    r"[-‐ ]?[0-9０-９]+[A-Za-z]{0,2}(?![0-9０-９年月日時分秒人名か箇カヶケ回度件台か所％%キk万千億.,．、])",
    begins="-‐ 0123456789０１２３４５６７８９",
)
_GOODS = LazyPattern(
    r"(?:産の?)?(?:ケーキ|トルテ|カツ|カツレツ|スープ|サラダ|パン|ウォッカ|カメラ|レンズ|"
    r"オーケストラ|バレエ|フィルハーモニー|ワイナリー|学派|楽派|物語|奇譚|美人|猫|犬|種|弁)",
    begins="産ケトカスサパウレオバフワ学楽物奇美猫犬種弁",
)
_GOODS_OF = LazyPattern(
    r"の[^、。はがをにで]{0,4}(?:ワイン|ウォッカ|ビール|カメラ|レンズ|ケーキ|スープ|楽団|学派)",
    begins="の",
)
# What a ruler or saint is called by: キエフのオリガは…公妃.
_NAME_BEHIND = LazyPattern(
    r"の([ァ-ヺー・]{3,}(?:[0-9０-９一二三四五六七八九十]+世)?)(.?)",
    begins="の",
)
_RULERS = LazyPattern(
    r"大公|公妃|公女|王妃|王子|王女|女王|国王|[一二三四五六七八九十\d]世|皇帝|君主|王朝|即位|戴冠|"
    r"治世|年代記|聖人|列聖|府主教|総主教|修道士|中世|世紀"
)
# An era that is over, right before a name.
_PAST_ERA = LazyPattern(
    r"(?:ソ連(?:時代|期)?|帝政(?:時代|期|ロシア)?|中世|戦前|革命前|独ソ戦(?:下|中)?|"
    r"ナチス[^。、]{0,6}|オスマン[^。、]{0,6}|ポーランド領|ハプスブルク[^。、]{0,4})の?$"
)
_SENTENCE_END = LazyPattern("[。！？]")
YEAR = LazyPattern(r"(\d{4})年(?:(\d{1,2})月)?(?:(\d{1,2})日)?|(\d{1,2})世紀")


def names_a_work(context: Context) -> bool:
    """Answer whether a kind of work stands beside a name: 映画「キエフ」."""
    before = context.before
    is_quoted = "「" in before or "『" in before
    titled = is_quoted and _TITLE.search(before)
    return bool(titled or _WORK_BEHIND.match(context.after))


def names_a_thing(context: Context) -> bool:
    """Answer whether a name is a work's, a model's or a dish's: 『オデッサ物語』, キエフ60."""
    before, after = context.before, context.after
    if context.target.kind == "place" and (
        _MODEL_NUMBER.match(after) or _GOODS.match(after) or _PAST_ERA.search(before)
    ):
        return True
    if (
        "『" in before
        and _BOOK_TITLE.search(before)
        and before.count("「") <= before.count("」")
    ):
        return True
    quotation = "「" in before and _IN_QUOTATION.search(before)
    if not quotation:
        return False
    end = after.find("」")
    if _TITLE_BEHIND.match(after):
        return True
    return end >= 0 and bool(
        is_in_noun_phrase(context) and _MAKING.match(after[end + 1 :])
    )


def is_in_noun_phrase(context: Context) -> bool:
    """Answer whether a quotation is a noun with the name in it: 「キエフの鳥の歌」."""
    return bool(
        _IN_QUOTATION.search(context.before) and _NOUN_PHRASE_END.match(context.after)
    )


def tells_of_the_past(context: Context) -> bool:
    """Answer whether a sentence tells of rulers, or of a year or goods named behind."""
    rest = _SENTENCE_END.split(context.after, 1)[0]
    year = YEAR.search(rest)
    since = context.target.since or ""
    earlier = year and (year[4] or year[1] < since[:4])
    return bool(
        context.target.kind == "place"
        and (earlier or _RULERS.search(context.sentence) or _GOODS_OF.match(rest))
    )


def person_behind(context: Context) -> str:
    """Judge キエフのオリガ: a person where the sentence tells of rulers, else in doubt."""
    behind = _NAME_BEHIND.match(context.after)
    if not behind or context.target.kind != "place":
        return ""
    if _RULERS.search(context.sentence):
        return PERSON
    names = [part for part in behind[1].split("・") if part]
    return "" if context.is_known(behind[1]) or len(names) > 1 else DOUBTFUL
