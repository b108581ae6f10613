"""What a former name stands for in Japanese: a person, a longer name, an old name told."""

from __future__ import annotations

from termbank.checking.engine.hit_kinds import CHANCE, DOUBTFUL, FREE
from termbank.checking.engine.script_runs import KATAKANA, script
from termbank.text.lazy_patterns import LazyPattern
from termbank.text.personal_titles import (
    FAMILY_NAME_ENDING,
    HONORIFIC_AFTER_NAME,
    TITLE_AFTER_NAME,
)
from termbank.text.term_notes import other_senses

from .japanese_evidence import (
    YEAR,
    is_in_noun_phrase,
    names_a_thing,
    names_a_work,
    person_behind,
    tells_of_the_past,
)
from .name_context import AROUND, PERSON

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .name_context import Context

_ROLES = LazyPattern(
    r"(?:[者家手師士員督帝]|ピアニスト|バイオリニスト|ジャーナリスト|アナリスト|"
    r"コーチ|ストライカー)$",
    ends="者家手師士員督帝トチー",
)
_BEARER_OF = LazyPattern(
    r"(?:艦|号|空母|原潜|組織|団体|企業|ブランド|バンド|ホテル|競走馬|愛犬|愛猫|喫茶店|食堂)の$",
    ends="の",
)
# Before a name of something else: a ship, a station, a firm, a work in quotation marks.
_BEARERS = LazyPattern(
    r"(?:[艦号]|空母|原潜|組織|団体|企業|会社|社|ブランド|バンド|ホテル)[「『]?$",
    ends="艦号母潜織体業社ドル「『",
)
# Heads of proper names: polities, wars, treaties, accidents, works, schools.
_HEADS = LazyPattern(
    r"(?:・[ァ-ヺー]+)?・?(?:公会議|大公|[公侯]国|公(?![園開共衆海演])|"
    r"王国|帝国|自治共和国|人民共和国|共和国|ソビエト|総督府|県|軍管区|方面軍|[前]?戦線|作戦|"
    r"攻防戦|攻略戦|包囲戦|防衛戦|会戦|海戦|決戦|条約|協定|議定書|宣言|体制|紛争|戦争|革命|"
    r"[一-龥]{0,4}事故|法(?![廷王律])|学派|楽派|典礼|総主教|府主教|大主教|主教|正教会|コサック|"
    r"級|型|語|文字|風|大隊|師団|連隊)",
    begins="・ソコ",
    begins_with_kanji=True,
)
_HEADS_AFTER_NO = LazyPattern(
    r"(?:・[ァ-ヺー]+)?・?の(?:(?:[一二三四五六七八九]つの)?事故|コサック|戦い|(?:大きな)?大?門|階段|"
    r"祈り|奇跡|虐殺|悲劇|聖母|公会議)",
    begins="・の",
)
_PARTICLES = "のにへでをはがともやか、。」』）)！？!?"
_PLACE_WORDS = LazyPattern(
    r"\s|から|まで|など|以外|以北|以南|[市州]|"
    r"郊外|近郊|周辺|中心|中部|北|南|東|西|港|駅|[国際]*空港|地区|地域|地方|方面|在住|出身|"
    r"訪問|入り|到着|滞在|行き|始?発(?!電)|着|当局|知事|住民|上空|沖|防衛|攻撃|攻略|侵攻|占領|"
    r"陥落|奪還|制圧|包囲|爆撃|空爆|砲撃|支局|政権|政府|側|会談|間|[^一-龥ァ-ヺー・]"
)
_SURE_PLACE = LazyPattern(
    r"[市州](?![のに]?[名価])|郊外|近郊|周辺|中心部|[国際]*空港|地区|港|駅",
    begins="市州郊近周中国際空地港駅",
)
_BEFORE_PLACE = LazyPattern(
    r"(?:首都|州都|都市|港町|古都|[東西南北中]部|市街|地域)[の・、]?$",
    ends="都市町部街域の・、",
)
_FORMER_BEFORE = LazyPattern(
    r"(?:旧|元|前|旧称|旧名|旧社名|旧国名|前身|前身の|ロシア語名|ロシア語で|ロシア名|かつての|"
    r"かつて|当時の|当時|以前の|通称|別名)(?:は|が|で|、|:|：|=|＝)?[「『（(]?$",
    ends="旧元前称名身の語でて時はが、:：=＝「『（(",
)
_FORMER_AFTER = LazyPattern(
    r"[」』社]?(?:[（(](?:当時|現|いま|今|のち|後の|新名|新称|改称)|から(?:改|名称|社名|名前|国名)|"
    r"(?:を|が|は)[^。]{0,8}(?:改称|改名|名称を変更|社名を変更|名を変え)|"
    r"(?:と|って)(?:呼ば|いう名|称し|発音|表記|綴|つづ|音訳|読)|の旧表記|は(?:ロシア|旧)[^。]{0,4}名|の旧称|の旧名|の名(?:称|前)?で(?:知ら|呼ば))",
    begins="」』社（(かをがはとっの",
)
# How a note calls the other sense of a place name that is also a person's.
_FAMILY_NAME = LazyPattern(
    r"姓|苗字|名字|人名|family name|surname|person", ignore_case=True
)


def mentions_old_name(context: Context) -> bool:
    """Answer whether the old name itself is meant: 旧ツイッター, キエフ(現キーウ)."""
    before, after = context.before[-AROUND:], context.after[:AROUND]
    return bool(_FORMER_BEFORE.search(before) or _FORMER_AFTER.match(after))


def is_place(context: Context) -> bool:
    """Answer whether the words beside a name say that it is a place's."""
    return bool(
        _SURE_PLACE.match(context.after) or _BEFORE_PLACE.search(context.before)
    )


def year_of_sentence(context: Context) -> str:
    """Return the last date before the name in its sentence, ISO; empty for none."""
    before = context.before
    sentence = before[max(map(before.rfind, "。！？")) + 1 :]
    if "年" not in sentence and "世紀" not in sentence:
        return ""
    dates = list(YEAR.finditer(sentence))
    if not dates:
        return ""
    year, month, day, century = dates[-1].groups()
    if century:
        return f"{int(century) * 100 - 50:04}"
    return "-".join([year, *(f"{int(part):02}" for part in (month, day) if part)])


def name_use(context: Context) -> str:
    """Judge ニコラエフ氏, ユーリ・ニコラエフ, キエフ大公国, キエフ訪問."""
    before, after = context.before, context.after
    if _is_titled(context):
        return PERSON
    if _HEADS.match(after) or _HEADS_AFTER_NO.match(after) or names_a_thing(context):
        return CHANCE
    for neighbour in (_name_beside(before[::-1])[::-1], _name_beside(after)):
        if neighbour and not context.is_known(neighbour):
            return PERSON if before.endswith(("・", "＝")) else CHANCE
    if _ROLES.search(before):
        return PERSON
    subject = _BEARER_OF.search(before) and after[:1] in tuple("がはをもと")
    if subject or _BEARERS.search(before) or names_a_work(context):
        return CHANCE
    return _place_or_doubt(context)


def _place_or_doubt(context: Context) -> str:
    """Return ``free`` for a place of today, else what it may be instead."""
    if use_behind := person_behind(context):
        return CHANCE if use_behind == PERSON else DOUBTFUL
    if is_in_noun_phrase(context) or tells_of_the_past(context):
        return DOUBTFUL
    after = context.after
    if not after or after[0] in _PARTICLES:
        return FREE
    office = TITLE_AFTER_NAME.match(after)  # of a country: グルジア大統領
    return FREE if office or _PLACE_WORDS.match(after) else DOUBTFUL


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
