"""Kinds, statuses, queues and reasons as the pages call them: Japanese, English."""

from __future__ import annotations

from typing import Final

Words = dict[str, tuple[str, str]]

KINDS: Final[Words] = {
    "term": ("用語", "term"),
    "person": ("人名", "person"),
    "place": ("地名", "place"),
    "organization": ("組織名", "organization"),
    "product": ("製品・作品名", "product"),
    "event": ("行事・事件名", "event"),
    "wanted": ("用語の希望", "term wanted"),
    "wrong": ("誤りの指摘", "something is wrong"),
    "question": ("質問", "question"),
    "missed": ("見つからなかった検索", "look-up that found nothing"),
}
STATUSES: Final[Words] = {
    "preferred": ("推奨", "preferred"),
    "admitted": ("許容", "admitted"),
    "deprecated": ("非推奨", "deprecated"),
    "forbidden": ("使用禁止", "forbidden"),
    "proposed": ("提案", "proposed"),
}
QUEUES: Final[Words] = {
    "spelling": ("表記をまとめる", "Spellings to join"),
    "concept": ("新しい用語", "New terms"),
    "english": ("英語の提案", "English proposed"),
    "finding": ("対訳の指摘", "Findings"),
    "request": ("希望と指摘", "Requests"),
}
RELATIONS: Final[Words] = {
    "spelling": ("表記の違い", "spelling"),
    "short-name": ("略称", "short name"),
    "abbreviation": ("略語", "abbreviation"),
    "acronym": ("頭字語", "acronym"),
    "renamed": ("改称", "renamed"),
    "synonym": ("同義語", "synonym"),
    "composition": ("複合", "composition"),
}
REASONS: Final[Words] = {
    "width": ("全角と半角", "width"),
    "middle-dot": ("中黒の有無", "middle dot"),
    "long-vowel": ("長音の有無", "long vowel"),
    "doubling": ("促音の有無", "doubled consonant"),
    "small-kana": ("小書きの仮名", "small kana"),
    "v-b": ("ヴとバ行", "v or b"),
    "vowel": ("母音の違い", "vowel"),
    "sound": ("近い音", "similar sound"),
    "okurigana": ("送り仮名", "okurigana"),
    "particle": ("助詞の有無", "particle"),
    "script": ("文字の種類", "script"),
    "reading": ("読みが同じ", "same reading"),
    "dictionary": ("辞書で同じ語", "one word in the dictionary"),
    "synonyms": ("辞書で同義語", "synonyms in the dictionary"),
    "edit": ("似た綴り", "similar spelling"),
    "third-form": ("第三の表記を介して", "by way of a third form"),
    "name-part": ("名前の一部", "part of a name"),
    "honorific": ("敬称の有無", "honorific"),
    "table": ("対応表による", "from a table"),
    "bracketed": ("括弧で併記", "written in brackets beside it"),
}
ACTIONS: Final[Words] = {
    "accept": ("承認", "accepted"),
    "approve": ("承認", "approved"),
    "reject": ("除外", "rejected"),
    "split": ("分割", "split"),
    "merge": ("統合", "merged"),
    "prefer": ("推奨", "preferred"),
    "admit": ("許容", "admitted"),
    "retire": ("非推奨", "retired"),
    "add": ("追加", "added"),
    "edit": ("編集", "edited"),
    "import": ("取り込み", "imported"),
    "build": ("抽出", "built"),
    "enrich": ("訳語の提案", "English proposed"),
    "undo": ("取り消し", "undone"),
}
