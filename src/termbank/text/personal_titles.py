"""Titles that stand beside personal names, in Japanese and in English."""

from __future__ import annotations

from .kana import SEPARATORS
from .lazy_patterns import LazyPattern

# After personal names only.
_HONORIFICS = (
    r"氏|さん|様|君|夫妻|夫人|一家|家の|容疑者|被告|博士|[公侯伯子男]爵|兄弟|"
    r"[0-9０-９一二三四五六七八九十]+世"
)
# After a person's name, or the name of a country or body that has such an office. 相 is
# short for a minister (外相, 国防相), but not in 相談 or 相互.
_OFFICES = (
    r"首相|大統領|副大統領|[一-龥]{0,3}相(?![互談続当])|[一-龥]{0,4}長官|報道官|"
    r"[一-龥]{0,2}議員|大使(?!館)|監督|選手|投手|捕手|コーチ|[准助名]?誉?教授|医師|弁護士|"
    r"記者|特派員|社長|会長|CEO|将軍|大将|中将|少将|准将|大佐|中佐|少佐|大尉|元帥|提督|"
    r"総?司令官|皇帝|国王|女王|王子|王女|司祭|神父|書記長|補佐官|特使|代表(?!団)|委員長|"
    r"議長|総裁|教皇|法王|知事"
)
_DIGITS = "0123456789０１２３４５６７８９"
HONORIFIC_AFTER_NAME = LazyPattern(
    rf"[{SEPARATORS}]?(?:{_HONORIFICS})",
    begins=SEPARATORS + _DIGITS + "氏さ様君夫一家容被博公侯伯子男兄二三四五六七八九十",
)
TITLE_AFTER_NAME = LazyPattern(
    rf"[{SEPARATORS}]?(?:{_HONORIFICS}|{_OFFICES})",
    begins=SEPARATORS + _DIGITS + "さコC",
    begins_with_kanji=True,
)
# After the name of somebody known to be a person also the ranks of offices, companies,
# schools and ships: 大河内主任, 田中工場長, 佐藤船長.
POSITION_AFTER_NAME = LazyPattern(
    rf"[{SEPARATORS}]?(?:{_HONORIFICS}|{_OFFICES}|"
    r"[一-龥]{0,3}(?:主任|専務|常務|監事|理事|顧問|秘書|支配人|研究員|学芸員|技師|代理|長)"
    r"(?![一-龥]))",
    begins=SEPARATORS + _DIGITS + "さコC",
    begins_with_kanji=True,
)
# Endings of Slavic and some other family names, in katakana.
FAMILY_NAME_ENDING = LazyPattern(
    r"(?:[エオ]フ|[ォェ]フ|ボフ|コフ|ノフ|スキー|エンコ|イン|ヴィチ|ビッチ)$",
    ends="フーコンチ",
)
# A look-up strips these where the glossary has no entry for them.
HONORIFIC = LazyPattern(
    r"(?:前|元|新|現|同|次期)?(?:総理(?:大臣)?|(?:国家)?主席|教皇|法王|上級代表|事務局長|"
    r"事務総長|(?:第一)?書記(?!長)|参謀総長|氏|さん|様|君|夫妻|夫人|副?委員長|副?議長|副?総裁|総書記|"
    r"書記長?|党首|代表|会長|社長|知事|市長|議員|教授|博士|大臣|副?長官|補佐官|次官|局長|部長|"
    r"司令官|顧問|参謀総長|報道官|監督|選手|記者|容疑者|被告|政権)"
)
ENGLISH_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "gen",
        "col",
        "lt",
        "maj",
        "capt",
        "sgt",
        "prof",
        "sen",
        "rep",
        "gov",
        "pres",
        "st",
        "rev",
        "adm",
        "sir",
        "dame",
        "lord",
        "lady",
        "madam",
        "secretary",
        "minister",
        "chairman",
        "speaker",
        "professor",
        "former",
        "late",
    ]
)
