"""What people call the columns of a glossary, in Japanese and English.

A name is taken apart into a language and a field: ``Term [en]``, ``translation_ja``,
``英語訳``, ``English_word``, ``説明 (日本語)``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple
from unicodedata import normalize

from termbank.text.language_codes import ISO_639_1
from termbank.text.language_syntax import canonical_language, language_fault

# Fields besides those of terms and concepts: source and target of a pair, a form in a
# language that the name tells, the language of a row.
_FIELDS: Final = {
    "source": "source src source_term source_text source_word 原語 原文 見出し語 見出し 用語 "
    "原文用語 用語名 単語 語 語句 語彙 名称 表記 元の語 キーワード ターム term terms word "
    "word_or_phrase entry headword lemma phrase original expression 正式表記 推奨表記 統一表記 正しい表記 標準表記",
    "target": "target tgt target_term target_text translation translated_term translations "
    "訳 訳語 訳文 対訳 翻訳 翻訳語 定訳 訳例 推奨訳 訳文用語 translated equivalent localized localised localization localisation",
    "form": "form 語形",
    "lang": "lang language locale 言語",
    "source_lang": "source_lang source_language src_lang source_locale 原語の言語 原文言語",
    "target_lang": "target_lang target_language tgt_lang target_locale 訳語の言語 訳文言語",
    "reading": "reading yomi kana yomigana furigana pronunciation 読み よみ ヨミ 読み方 "
    "よみがな 読み仮名 読みがな ふりがな フリガナ 振り仮名 かな カナ 発音",
    "status": "status term_status usage_status approval approval_status state ステータス "
    "状態 承認 承認状況 承認状態 使用可否 可否 用語ステータス",
    "term_info": "term_info",
    "part_of_speech": "part_of_speech pos word_class grammar 品詞",
    "term_type": "term_type type 語種 用語タイプ",
    "relation": "relation",
    "definition": "definition definitions def description meaning explanation gloss 定義 説明 "
    "意味 語義 解説 用語説明 用語の説明 内容",
    "definition_source": "definition_source",
    "concept_definition": "concept_definition",
    "context": "context example examples example_sentence term_example usage usage_example "
    "sample 例 例文 用例 使用例 文脈 コンテキスト",
    "note": "note notes comment comments remark remarks memo entry_note translator_comments "
    "term_note 備考 注 注記 注釈 メモ コメント 補足 備考欄 特記事項 留意点",
    "domain": "domain domains subject subject_field entry_domain entry_subject category "
    "categories topic field area 分類 カテゴリ カテゴリー 分野 領域 ジャンル 区分 大分類",
    "concept_id": "concept_id id key キー no number entry_id entry_no entry_number term_id record_id # "
    "№ 番号 連番 項番 通番 通し番号 整理番号 管理番号 用語id",
    "kind": "kind 種類 種別",
    "since": "since",
    "until": "until",
    "reason": "reason 理由",
    "term_source": "reference references citation 出典 典拠 出所 参照元",
    "extra": "extra",
    "concept_status": "concept_status",
    "concept_since": "concept_since",
    "concept_definition_source": "concept_definition_source",
    "concept_extra": "concept_extra",
}


def _key(name: str) -> str:
    return re.sub(r"[\s_\-・/.:]+", "", normalize("NFKC", name)).casefold()


_FIELD_OF: Final = {
    _key(name): field for field, names in _FIELDS.items() for name in names.split()
}
_LANGUAGES: Final = {
    "ja": "japanese ja jp jpn 日本語 和文 日 和 日文 日本語名 日本語表記 jajp",
    "en": "english en eng 英語 英文 英 英字 英語名 英語表記 英名 enus",
    "de": "german de deu ger ドイツ語 独語 独 deutsch",
    "fr": "french fr fra fre フランス語 仏語 仏 français",
    "zh": "chinese zh zho chi 中国語 中文 中 簡体字 簡体字中国語",
    "zh-Hant": "繁体字 繁体字中国語 traditionalchinese",
    "ko": "korean ko kor 韓国語 朝鮮語 韓",
    "es": "spanish es spa スペイン語 西語 español",
    "it": "italian it ita イタリア語 伊語",
    "ru": "russian ru rus ロシア語 露語 露",
    "uk": "ukrainian uk ukr ウクライナ語",
    "pt": "portuguese pt por ポルトガル語 葡語",
    "nl": "dutch nl nld オランダ語 蘭語",
    "pl": "polish pl pol ポーランド語",
    "ar": "arabic ar ara アラビア語",
    "th": "thai th tha タイ語",
    "vi": "vietnamese vi vie ベトナム語",
    "id": "indonesian ind インドネシア語",
    "la": "latin ラテン語",
}
_LANGUAGE_OF: Final = {
    _key(name): lang for lang, names in _LANGUAGES.items() for name in names.split()
}
# Japanese names in which a language and a field are one word: 英訳, 和訳, 日本語訳 …
_JOINED: Final = re.compile(
    r"(日本語|英語|和|英|邦|ドイツ語|独|フランス語|仏|中国語|中|韓国語|韓|スペイン語|ロシア語)"
    r"(?:の)?(.+)"
)
_JOINED_LANGUAGE: Final = {"邦": "ja"}
_FORM_WORDS: Final = frozenset(
    (
        "訳",
        "訳語",
        "訳名",
        "訳文",
        "名",
        "名称",
        "表記",
        "用語",
        "単語",
        "語",
        "語句",
        "版",
        "原語",
    )
)
_KNOWN_CODES: Final = ISO_639_1 | {"ae", "und"}
# Codes that head columns more often than they are words.
_COMMON: Final = frozenset(
    [
        "ar",
        "bg",
        "bn",
        "ca",
        "cs",
        "da",
        "de",
        "el",
        "en",
        "es",
        "et",
        "fa",
        "fi",
        "fr",
        "he",
        "hi",
        "hr",
        "hu",
        "id",
        "it",
        "ja",
        "ko",
        "lt",
        "lv",
        "ms",
        "nb",
        "nl",
        "pl",
        "pt",
        "ro",
        "ru",
        "sk",
        "sl",
        "sr",
        "sv",
        "th",
        "tr",
        "uk",
        "vi",
        "zh",
        "und",
    ]
)
_CODE: Final = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE)
_PARTS: Final = re.compile(r"[\s_\[\]()（）［］【】〔〕<>:：/／|・,-]+")
# Regions as headers write them behind a language, by their codes.
_REGIONS: Final = {
    word: code
    for code, words in {
        "US": ("米", "米国", "アメリカ", "usa", "unitedstates", "america", "american"),
        "GB": ("英", "英国", "イギリス", "uk", "unitedkingdom", "britain", "british"),
        "AU": ("豪", "オーストラリア", "australia"),
        "CA": ("加", "カナダ", "canada"),
        "JP": ("日本", "japan"),
        "CN": ("中国", "中国大陸", "china"),
        "TW": ("台湾", "taiwan"),
        "HK": ("香港", "hongkong"),
        "KR": ("韓国", "korea"),
        "BR": ("ブラジル", "brazil"),
        "PT": ("ポルトガル", "portugal"),
        "MX": ("メキシコ", "mexico"),
        "ES": ("スペイン", "spain"),
        "FR": ("フランス", "france"),
        "DE": ("ドイツ", "germany"),
    }.items()
    for word in words
}
# Words that are column names or plain words more often than codes of languages.
_NOT_CODES: Final = frozenset(("id", "no", "pos", "src", "tgt", "key", "yes", "tag"))
# 備考 (事実のみ), Notes (internal), Context for translation, Comments to translators
_REMARK: Final = re.compile(
    r"(.+?)\s*(?:[(（\[［].*[)）\]］]|(?<=[a-z])\s(?:for|to|of|from|by)\s.+)",
    re.IGNORECASE,
)
_LONGEST: Final = 60  # characters of a name; a longer cell is a text


class Named(NamedTuple):
    """What the name of a column says.

    Attributes:
        field: A field of the tables above, form for a form of ``lang``; empty where the
            name is unknown.
        lang: Language tag, empty where the name tells none.
        sure: Whether the language is spelled as nothing else is: a name, a code of two
            letters in ISO 639, or a code with a region.
    """

    field: str = ""
    lang: str = ""
    sure: bool = True


@lru_cache(maxsize=1 << 12)
def column_meaning(name: str) -> Named:
    """Return what a column holds by its name.

    >>> column_meaning("Term [en]")
    Named(field='form', lang='en', sure=True)
    >>> column_meaning("英訳").lang, column_meaning("備考").field, column_meaning("コメント (日本語)")[:2]
    ('en', 'note', ('note', 'ja'))
    """
    name = normalize("NFKC", name).strip().strip("*＊:：")
    if not name or len(name) > _LONGEST:
        return Named()
    key = _key(name)
    if key in _FIELD_OF:
        return Named(_FIELD_OF[key])
    if not _ends_in_field(name) and (lang := language_of(name)):
        return Named("form", lang, _is_sure(name))
    meaning = _compound_meaning(name) or _with_language(name)
    remark = _REMARK.fullmatch(name)
    if not meaning.field and remark and (field := _FIELD_OF.get(_key(remark[1]))):
        return Named(field)
    return meaning


def language_of(name: str) -> str:
    """Return the language that a name or code stands for, empty where it is none.

    >>> language_of("JA"), language_of("英語"), language_of("en_US"), language_of("plugin")
    ('ja', 'en', 'en-US', '')
    """
    if name.casefold() in _NOT_CODES:
        return ""
    if lang := _LANGUAGE_OF.get(_key(name)):
        region = "-" in name or "_" in name
        return canonical_language(name) if region and _CODE.fullmatch(name) else lang
    if not _CODE.fullmatch(name) or not _is_code_case(name):
        return ""
    tag = name.replace("_", "-")
    primary = tag.partition("-")[0].casefold()
    if len(primary) == 2 and primary not in _KNOWN_CODES:
        return ""
    return canonical_language(tag) if not language_fault(tag) else ""


def _ends_in_field(name: str) -> bool:
    """Say whether what looks like a code names a column: ja_reading, en-note; not nb_NO."""
    subtags = re.split("[-_]", name)[1:]
    return any(len(part) > 2 and _key(part) in _FIELD_OF for part in subtags)


def _is_code_case(name: str) -> bool:
    """Say whether a code is written as codes are: ja, JA, ja-JP, and not jA or Is."""
    primary = re.split("[-_]", name)[0]
    return primary.islower() or primary.isupper()


def _is_sure(name: str) -> bool:
    primary = re.split("[-_]", name)[0].casefold()
    return _key(name) in _LANGUAGE_OF or primary in _COMMON


def _compound_meaning(name: str) -> Named | None:
    """Return what a Japanese compound says: 英語訳 is a form, 日本語定義 a definition."""
    match = _JOINED.fullmatch(name)
    if match is None:
        return None
    lang = _JOINED_LANGUAGE.get(match[1]) or _LANGUAGE_OF[_key(match[1])]
    rest = re.sub(r"[\s()\[\]]", "", match[2])
    if rest in _FORM_WORDS:
        return Named("form", lang)
    field = _FIELD_OF.get(_key(rest), "")
    return Named(_of_language(field), lang) if field else None


def _with_language(name: str) -> Named:
    """Return what a name of several words says, one of them a language."""
    parts = [part for part in _PARTS.split(name) if part]
    for number, part in enumerate(parts):
        rest = "".join(parts[:number] + parts[number + 1 :])
        lang = language_of(part)
        if not lang or not _is_sure(part):
            continue
        if number + 1 < len(parts) and re.fullmatch("[A-Z]{2}", parts[number + 1]):
            region = parts[number + 1]
            if len(parts) > 2 and part.islower():  # Term (en-US) was cut at its hyphen
                rest = "".join(parts[:number] + parts[number + 2 :])
                lang = canonical_language(f"{part}-{region}")
        if language_of(rest) == lang:  # 英語 (English)
            return Named("form", lang)
        region = _REGIONS.get(rest.casefold(), "")  # 英語（米国）, English (UK)
        if region or re.fullmatch("[A-Z]{2}", rest):
            return Named("form", canonical_language(f"{lang}-{region or rest}"))
        field = _FIELD_OF.get(_key(rest), "")
        if field:
            return Named(_of_language(field), lang)
    return Named()


def _of_language(field: str) -> str:
    """Return the field of a column that also names a language: its term is a form."""
    return "form" if field in ("source", "target", "form") else field
