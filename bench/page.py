"""The page of benchmarks and its charts, made from the kept figures alone."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_ROW: Final = 26  # height of a bar with its label, pixels
_LABEL: Final = 340  # width kept for labels, pixels
_WIDTH: Final = 400  # width of the longest bar, pixels
_OURS: Final = "#2f6f8f"
_PEER: Final = "#b0b0b0"


def write_page(results: dict[str, Any], folder: Path) -> None:
    """Write ``benchmarks.md`` beside the folder, and the charts into it."""
    charts: dict[str, str] = {}
    text = "\n".join([*_head(results), *_subjects(results["subjects"], charts)])
    folder.with_suffix(".md").write_text(text.rstrip() + "\n", encoding="utf-8")
    for name, chart in charts.items():
        (folder / f"{name}.svg").write_text(chart, encoding="utf-8")


def chart(title: str, rows: Sequence[tuple[str, float, bool]], unit: str) -> str:
    """Return horizontal bars as SVG.

    Args:
        title: What is shown, for readers who do not see it.
        rows: (label, value, whether it is ours).
        unit: Behind each value.
    """
    longest = max((value for _, value, _ in rows), default=1.0) or 1.0
    height = _ROW * len(rows) + 8
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {_LABEL + _WIDTH + 110} {height}"'
        f' font-family="system-ui, sans-serif" font-size="13"><title>{escape(title)}</title>'
        f'<rect width="100%" height="100%" fill="#ffffff"/>'
    ]
    for number, (label, value, ours) in enumerate(rows):
        top = 4 + number * _ROW
        long = max(1.0, value / longest * _WIDTH)
        parts.append(
            f'<text x="{_LABEL - 8}" y="{top + 17}" text-anchor="end" fill="#1f2937">{escape(label)}</text>'
            f'<rect x="{_LABEL}" y="{top + 4}" width="{long:.1f}" height="{_ROW - 8}" fill="{_OURS if ours else _PEER}"/>'
            f'<text x="{_LABEL + long + 6:.1f}" y="{top + 17}" fill="#1f2937">{value:,.4g} {escape(unit)}</text>'
        )
    return "".join([*parts, "</svg>\n"])


def _head(results: dict[str, Any]) -> Iterator[str]:
    versions = ", ".join(f"{name} {text}" for name, text in results["versions"].items())
    peers = ", ".join(f"{name} {text}" for name, text in results["peers"].items())
    yield from (
        "# Benchmarks / 性能",
        "",
        "<!-- Made by python -m bench all; change the code or run it again, not this page. -->",
        "",
        "`python -m bench all --peer PYTHON` made this page in one run; the figures as measured are in",
        "`docs/benchmarks/results.json`. Read each figure beside its peer, not by itself: the machine was",
        "shared, so that milliseconds are long and ratios hold. Scores on data that was used for tuning are",
        "not shown; what is held out is called so.",
        "",
        "このページは `python -m bench all --peer PYTHON` で作りました。測定値そのものは",
        "`docs/benchmarks/results.json` にあります。ほかの処理も動いている機械で測ったので、時間そのものより、",
        "同時に測った比較相手との比を見てください。調整に使ったデータでの成績は載せていません。",
        "",
        "| | |",
        "| --- | --- |",
        f"| date / 日時 | {results['date']} |",
        f"| machine / 機械 | {results['processor']}; {results['machine']}; load {results['load']} |",
        f"| versions / 版 | Python {results['python']}, {versions} |",
        f"| peers / 比較相手 | {peers} |",
        "",
    )


def _subjects(subjects: dict[str, Any], charts: dict[str, str]) -> Iterator[str]:
    pages = {"start": _start, "formats": _formats, "check": _check, "memory": _memory}
    for name, show in pages.items():
        subject = subjects.get(name)
        if subject is None:
            continue
        if subject["figures"] is None:
            yield from (f"## {name}", "", f"No figures: {subject['fault']}.", "")
        else:
            yield from show(subject["figures"], charts)
    yield from (
        "## Where others are better / ほかの方がよい点",
        "",
        "The automaton alone finds listed strings several times faster than the check, which judges each",
        "one as a word. A look-up costs about two starts of Python; a program that is no Python starts in",
        "less. The exact scan misses nothing: recall at 50 and above is a little below 1.",
        "",
        "語かどうかを判断しないオートマトンだけなら、検査の数倍の速さです。一度引くには、Python の起動およそ二回分の",
        "時間がかかります。全件走査には見落としがありませんが、termbank の再現率 (50 以上) は 1 をわずかに下回ります。",
        "",
        "## Not here / ここにないもの",
        "",
        "Quality of mining, reconciliation and English equivalents is measured on development data that",
        "models or rules were tuned on, so no score stands here. Cross-validated figures and peers are in",
        "the design notes: [mining](design/mining.md), [reconciliation](design/reconciliation.md),",
        "[equivalents](design/equivalents.md), [checking](design/checking.md).",
        "",
        "抽出、表記ゆれの判定、訳語の発見の質は、調整にも使った開発用データで測っているため、ここには載せません。",
        "交差検証の成績と比較相手は設計の説明 (英語) にあります。",
    )


def _start(figures: dict[str, Any], charts: dict[str, str]) -> Iterator[str]:
    rows = [
        (name, row["ratio"], name.startswith(("lookup", "scan", "check", "import t")))
        for name, row in figures.items()
    ]
    charts["start"] = chart("Time of whole commands", rows, "×")
    yield from (
        "## Start / 起動",
        "",
        "Time of a whole command from the shell and back, as a multiple of `python -c pass` (the floor for",
        "anything written in Python). コマンド全体の時間。`python -c pass` を 1 とする。",
        "",
        "![Time of whole commands](benchmarks/start.svg)",
        "",
        "| command | × `python -c pass` | first run, without cache |",
        "| --- | --- | --- |",
        *(
            f"| `{name}` | {row['ratio']} | {row['cold']} |"
            for name, row in figures.items()
        ),
        "",
    )


def _formats(figures: dict[str, Any], charts: dict[str, str]) -> Iterator[str]:
    yield from (
        "## Reading TBX and TMX / TBX と TMX の読み込み",
        "",
        "The same made file, read by termbank and by translate-toolkit: processor seconds and peak memory.",
        "同じファイルを読むときのプロセッサー時間と、メモリーの最大値。",
        "",
        "| file | | CPU s | peak MB |",
        "| --- | --- | --- | --- |",
    )
    bars = []
    for kind, sides in figures.items():
        for side, name in (("ours", "termbank"), ("peer", "translate-toolkit")):
            measured = sides.get(side) if isinstance(sides, dict) else None
            if measured:
                yield f"| {kind} | {name} | {measured[0]:.2f} | {measured[1]:.0f} |"
                bars.append((f"{kind}, {name}", measured[0], side == "ours"))
            else:
                yield f"| {kind} | {name} | not installed | |"
    charts["formats"] = chart("Processor seconds to read", bars, "s")
    yield from ("", "![Processor seconds to read](benchmarks/formats.svg)", "")


def _check(rows: list[list[str]], charts: dict[str, str]) -> Iterator[str]:
    yield from (
        "## Checking / 検査",
        "",
        "Rules over real Japanese documentation, beside programs that look for listed words. They know no",
        "Japanese words: a chance substring counts for them. 実際の日本語の文書を規則で検査したときの速さ。",
        "比較相手は語の切れ目を考えません。",
        "",
        "| measure | who | figure |",
        "| --- | --- | --- |",
        *(f"| {' | '.join(map(str, row))} |" for row in rows),
        "",
    )
    speeds = [
        (
            f"{who}: {measure}",
            float(figure.split()[0].replace(",", "")),
            "termbank" in who,
        )
        for measure, who, figure in rows
        if "MB/s" in str(figure)
    ]
    if speeds:
        charts["check"] = chart("Throughput", speeds, "MB/s")
        yield from ("![Throughput](benchmarks/check.svg)", "")


def _memory(figures: dict[str, Any], charts: dict[str, str]) -> Iterator[str]:
    yield from (
        "## Translation memory / 翻訳メモリ",
        "",
        "Held-out queries (未使用データ: texts that are not in the memory) against 120,000 real segments.",
        "The exact answer is a scan of all segments by Levenshtein's similarity; recall says how much of it",
        "was found. 正解は全セグメントを走査した結果で、再現率はそのうち見つけた割合。",
        "",
        "| measure | figure |",
        "| --- | --- |",
        *(f"| {name} | {_number(value)} |" for name, value in figures.items()),
        "",
    )
    bars = [
        (name.removesuffix(" p50 ms"), value, name.startswith("termbank"))
        for name, value in figures.items()
        if name.endswith(" p50 ms") and isinstance(value, int | float)
    ]
    charts["memory"] = chart("Median time of a search", bars, "ms")
    yield from ("![Median time of a search](benchmarks/memory.svg)", "")


def _number(value: object) -> str:
    return f"{value:,.4g}" if isinstance(value, float) else str(value)
