"""Kinds, statuses, actions and columns in the reader's language."""

from __future__ import annotations

from termbank.messages import language

_JAPANESE = {
    "person": "人名",
    "place": "地名",
    "organization": "組織名",
    "product": "製品名",
    "event": "出来事",
    "term": "用語",
    "preferred": "推奨",
    "admitted": "許容",
    "deprecated": "非推奨",
    "forbidden": "使用禁止",
    "proposed": "提案",
    "same": "同じ語",
    "different": "別の語",
    "related": "関連",
    "ask": "確認待ち",
    "prefer": "推奨",
    "admit": "許容",
    "deprecate": "非推奨",
    "retire": "非推奨",
    "reject": "除外",
    "address": "接続先",
    "identity": "識別子",
    "role": "役割",
    "number": "番号",
    "concept": "概念",
    "decision": "決定",
    "concepts": "概念",
    "definitions": "定義",
    "terms": "語形",
    "decisions": "決定",
    "status": "状態",
    "kind": "種類",
    "domain": "分野",
    "reading": "読み",
    "reason": "理由",
    "note": "注記",
    "relation": "関係",
    "source": "出典",
    "text": "本文",
    "since": "開始",
    "until": "終了",
    "term_type": "語形の種類",
    "who": "決めた人",
    "when": "日時",
    "why": "理由",
    "spelling": "表記",
    "short-name": "略称",
    "abbreviation": "略語",
    "acronym": "頭字語",
    "renamed": "改称",
    "synonym": "同義語",
    "composition": "複合",
    "form": "語形",
    "surface": "語形",
    "mentions": "回数",
    "documents": "文書数",
    "score": "得点",
    "path": "文書",
    "line": "行",
    "start": "開始位置",
    "end": "終了位置",
}


def label(word: str) -> str:
    """Return what a value is called in the reader's language; others stay.

    One word fits a table's cell, so it is said in one language: English only where
    that was asked for.
    """
    return word if language() == "en" else _JAPANESE.get(word, word)
