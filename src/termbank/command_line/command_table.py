"""The commands by name: what each does, and the room its module stands in."""

from __future__ import annotations

# name: (what it does in Japanese, in English); its module is termbank.commands.<name>
COMMANDS = {
    "init": ("プロジェクトを始める", "begin a project: settings and a glossary"),
    "build": ("原稿から用語集を作る", "mine, reconcile and write a glossary"),
    "review": ("ブラウザーで候補を確かめて決める", "decide on proposals in a browser"),
    "add": ("用語を登録する", "add a term"),
    "edit": ("用語を書き換える", "change what is said about a term"),
    "approve": ("提案を承認する", "approve what was proposed"),
    "reject": ("候補を除外する", "reject forms for good"),
    "merge": ("概念を一つにまとめる", "make concepts one"),
    "split": ("概念を分ける", "move forms to a concept of their own"),
    "prefer": ("推奨表記を決める", "make a form the preferred one"),
    "retire": ("表記を非推奨にする", "deprecate a form"),
    "import": ("用語のファイルを取り込む", "merge a file of terms into the glossary"),
    "undo": ("変更を取り消す", "take a change back"),
    "diff": ("二つの用語集を比べる", "show what differs between glossaries"),
    "site": ("用語集をウェブページにする", "write the glossary as web pages"),
    "stats": ("用語集を数える", "count what a glossary holds and lacks"),
    "mine": ("名前と用語を抜き出す", "list names and terms of documents"),
    "join-shards": (
        "分けて抽出した結果を一つにする",
        "make one answer of the shards of a mined collection",
    ),
    "kwic": (
        "語の使われ方を前後の文とともに見る",
        "show every place of a form in context",
    ),
    "reconcile": ("表記ゆれをまとめる", "join variant spellings"),
    "variants": ("表記ゆれを探す", "list words spelled in several ways"),
    "lookup": ("用語を引く", "look a term up"),
    "scan": ("文章の中の用語を探す", "find all terms in a text"),
    "check": ("表記の統一を調べる", "check files against a glossary"),
    "rule": ("検査規則の説明を読む", "show the page of a rule"),
    "config": ("有効な設定を見る", "show the settings that hold here"),
    "brief": (
        "翻訳の前に要点をまとめる",
        "say what a translator of a document needs first",
    ),
    "verify": ("訳文を原文と用語集に照らす", "check a translation against its source"),
    "mcp": (
        "AI エージェント用サーバーを動かす",
        "serve agents (Model Context Protocol)",
    ),
    "serve": (
        "チームのために HTTP で用語を引けるようにする",
        "serve terms, checks and memory to a team over HTTP",
    ),
    "backup": (
        "使用中のプロジェクトを丸ごと写す",
        "copy a project whole while it is used",
    ),
    "token": (
        "サーバーのトークンを管理する",
        "make, list and withdraw tokens of the team server",
    ),
    "lsp": ("エディター用サーバーを動かす", "serve editors: diagnostics, fixes, hover"),
    "export": ("用語集を書き出す", "write a glossary in another format"),
    "enrich": ("英語の訳語を提案する", "propose English for concepts without it"),
    "seeds": ("登録した原稿を確かめる", "verify the registered source documents"),
    "convert": ("形式を変換する", "convert a file into another format"),
    "inspect": ("ファイルの中身を調べる", "say what a file holds"),
    "validate": (
        "形式の規則に合うか調べる",
        "check a file against the rules of its format",
    ),
    "memory": ("翻訳メモリを使う", "search, fill and keep a translation memory"),
    "push": (
        "用語集の変更を共有ストアに送る",
        "give a team's store what the files changed",
    ),
    "pull": (
        "共有ストアの変更を用語集に入れる",
        "give the files what a team's store changed",
    ),
    "store": ("共有ストアを作り、管理する", "make and keep a team's store"),
    "completion": ("シェルの補完を設定する", "complete words in the shell"),
    "doctor": ("環境を調べる", "say what is installed and what is missing"),
}

# Commands whose module stands in a room of its own.
ROOMS = dict.fromkeys(
    (
        *("init", "add", "edit", "approve", "reject", "merge", "split", "prefer"),
        *("retire", "import", "undo", "diff", "stats", "review", "site"),
        *("completion", "token", "serve", "backup"),
    ),
    "project.",
) | dict.fromkeys(("push", "pull", "store"), "team.")
ROOMS["join-shards"] = "running."
