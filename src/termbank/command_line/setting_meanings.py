"""What each setting and environment variable means, in both languages."""

from __future__ import annotations

from typing import Final

# Key of termbank.toml: in Japanese, in English.
SETTINGS: Final = {
    "glossaries": (
        "用語集のパス。先に書いたものが優先。builtin は付属の用語集",
        "paths of glossaries, an earlier one wins; builtin is the shipped one",
    ),
    "dictionary": (
        "Sudachi の辞書: small、core、full。空なら入っている最大のもの",
        "Sudachi dictionary: small, core or full; empty for the largest installed",
    ),
    "profile": (
        "推奨表記の選び方: majority、kokuji、jis、jtf、authority:A,B",
        "how the preferred form is chosen: majority, kokuji, jis, jtf, authority:A,B",
    ),
    "check": ("termbank check の設定", "settings of termbank check"),
    "check.select": (
        "使う規則。番号かその先頭。空なら既定の規則、ALL ならすべて",
        "rules to run: codes or beginnings; empty for the default set, ALL for all",
    ),
    "check.ignore": (
        "使わない規則。番号かその先頭",
        "rules left out: codes or beginnings",
    ),
    "check.exclude": (
        "検査しないファイルのパターン",
        "patterns of files never checked",
    ),
    "check.per_file_ignores": (
        "ファイルのパターンごとに、使わない規則",
        "rules left out, by pattern of files",
    ),
    "check.baseline": ("既知の指摘のファイル", "file of known findings"),
    "check.quotations": (
        "check は引用も直す。warn は指摘だけする",
        "check: quotations are fixed too; warn: they are only reported",
    ),
    "check.long_vowel": (
        "語末の長音: keep (サーバー)、drop (サーバ)。空なら方針なし (TB203)",
        "final long vowel: keep or drop; empty for no policy (TB203)",
    ),
    "check.spacing": (
        "和文と欧文の間: none (空けない)、space (空ける)。空なら多数派 (TB213)",
        "between Japanese and Latin: none or space; empty for the majority (TB213)",
    ),
    "check.exceptions": (
        "語形ごとに、直さずに残すもっと長い語形",
        "longer forms that stay as they are, by form",
    ),
}
VARIABLES: Final = {
    "TERMBANK_MESSAGES": (
        "メッセージの言語: ja、en、both。なければ端末の言語",
        "language of messages: ja, en or both; else that of the terminal",
    ),
    "TERMBANK_GLOSSARY": (
        "設定の用語集より先に使う、自分の用語集",
        "a glossary of your own, before those of the settings",
    ),
    "TERMBANK_MEMORY": (
        "翻訳メモリのフォルダー。なければ tm",
        "folder of the translation memory; else tm",
    ),
    "TERMBANK_STORE": (
        "チームで使う共有ストアのアドレス",
        "address of the store that a team shares",
    ),
    "TERMBANK_TRUSTED": (
        "リポジトリーの外にあっても、設定から読んでよいフォルダー (PATH と同じ書き方)",
        "folders outside the repository that settings may name (written as in PATH)",
    ),
    "TERMBANK_CACHE": (
        "作り直せるデータの置き場所。削除してよい",
        "folder of what can be made again; may be deleted",
    ),
    "TERMBANK_STATE": (
        "共有ストアを使うとき、この機械に残す印やトークンの置き場所",
        "folder of marks and tokens that stay on this machine beside a team's store",
    ),
    "TERMBANK_PERMISSIVE": (
        "1 なら、継承条件 (CC BY-SA) のあるモデルを使わない",
        "1: models under a share-alike licence (CC BY-SA) are not used",
    ),
    "TERMBANK_TRACEBACK": (
        "1 なら、エラーの詳細を表示する。不具合の報告に",
        "1: faults show their traceback, for a report",
    ),
    "TERMBANK_SHARED": (
        "原稿と評価データのフォルダー。開発者のテスト用",
        "folder of source documents and evaluation data, for tests",
    ),
    "NO_COLOR": ("空でなければ色を使わない", "no colours where it is not empty"),
}
