"""Why a format cannot take a field or a row, in Japanese.

Writers give the reason in English: under it losses are counted, and JSON gives it. Only
what a person reads goes through :func:`said`.
"""

from __future__ import annotations

from typing import Final

from termbank.messages import say, word

_REASONS: Final = {
    "a comma, quote or line break": "コンマ・引用符・改行があります",
    "a concept without any term": "用語のない概念",
    "a second definition in one language": "同じ言語の二つ目の定義",
    "a second message with one source": "同じ原文の二つ目のメッセージ",
    "already there": "すでにあります",
    "an empty form": "語形が空です",
    "an empty side": "原文か訳文が空です",
    "another language": "ほかの言語",
    "another language, or no pair for it": "ほかの言語か訳語なしのため省略",
    "characters that XML does not allow": "XML で使えない文字",
    "control characters": "制御文字",
    "to be avoided or not approved": "使わない語形か、未承認",
    "no reading in kana": "かなの読みがありません",
    "longer than the input method takes": "入力ソフトの上限より長い",
    "no place in the list of an input method": "単語登録リストに書く場所がありません",
    "another language, or nothing to show for it": "ほかの言語か、見せる内容がありません",
    "no place in a dictionary of Yomitan": "Yomitan の辞書に書く場所がありません",
    "inline codes": "インラインコード",
    "longer than Sudachi takes": "Sudachi で使える長さを超えています",
    "no column in a wide table": "横長の表に列がありません",
    "no date": "日付ではありません",
    "no pair for it": "訳語がないため省略",
    "to be avoided: in the comment only": "使わない語形。コメントにだけ書きます",
    "no place for decisions": "決定を書く場所がありません",
    "no place in a Sudachi dictionary": "Sudachi の辞書に書く場所がありません",
    "no place in the glossary module": "用語集モジュールに書く場所がありません",
    "no translation": "訳文なし",
    "nobody has confirmed it": "未確認の訳 (fuzzy など)",
    "obsolete": "廃止された項目",
    "not unique, or no XML name": "重複しているか、XML の名前として使えません",
    "one form for any number": "数で形の変わらない言語です",
    "other languages than the pair asked for": "指定と違う言語",
    "other languages than the first pair": "最初の対訳と違う言語",
    "points at nothing in the file": "ファイルにないものを指しています",
    "properties that no field takes": "対応する項目のないプロパティ",
    "unknown to TBX v3": "TBX v3 にありません",
    "would be read as a comment": "コメントとして読まれます",
}
_PATTERNS: Final = (
    (r"no column in (.+)", r"\1 に列がありません"),
    (r"no (?:place|name) in (.+)", r"\1 に書く場所がありません"),
    (r"status (.*)", r"状態が \1 のため省略"),
    (r"other languages: (.*)", r"ほかの言語: \1"),
    (r"over ([\d,]+) bytes a side", r"一方が \1 バイトを超えています"),
    (r"already there as (.+)", r"すでに \1 としてあります"),
    (r"the file would pass ([\d,]+) bytes", r"ファイルが \1 バイトを超えます"),
)


def said(reason: str) -> str:
    """Return a reason in the reader's language."""
    return say(_japanese(reason), reason)


def _japanese(reason: str) -> str:
    """Return a reason in Japanese; one nobody put into words stays as it is.

    >>> _japanese("another language"), _japanese("no column in UTX")
    ('ほかの言語', 'UTX に列がありません')
    """
    return _REASONS.get(reason) or word(reason, _PATTERNS) or reason
