"""TB406 rule-left-behind: a rule of a rule list that could not be brought over.

Why: a rule that nobody runs looks like a text without faults. Each one is named with its
line and reason: an expression that cannot be read, a form that another rule of the list
expects or spells otherwise, an imported file that is absent, a pattern that RE2 does not
know.

日本語:
    取り込めなかったルールがある。
    理由: 実行されないルールがあると、誤りのない文章に見えてしまう。読み取れない正規表現、リストの別のルールが推奨している語形や別の直し方をしている語形、見つからない imports のファイル、RE2 で扱えないパターンを、行番号と理由を付けて示す。
"""

from __future__ import annotations

from termbank.messages import say
from termbank.types import Finding, Span


class RuleLeftBehind:
    """The finding for a rule of a rule list that could not be brought over."""

    code = "TB406"
    name = "rule-left-behind"

    def finding(self, path: str, line: int, rule: str, reason: str) -> Finding:
        """Return the finding.

        Args:
            path: The rule list.
            line: Of the rule, from 1.
            rule: As the list spells it.
            reason: Why it was left behind.
        """
        rule_text = f" {rule}" if rule else ""
        message = f"{say('使えない規則', 'rule left behind')}{rule_text}: {reason}"
        return Finding(self.code, Span(0, 0), message, None, path, line, 1, "warning")


RULE = RuleLeftBehind()
