"""A report of nothing but how often each rule found something."""

from collections import Counter


def lines(findings, files):
    """Yield ``code count`` for each rule, by code."""
    counts = Counter(finding.code for finding in findings)
    for code, count in sorted(counts.items()):
        yield f"{code} {count}\n"
