"""Comments, baselines and changed lines: what keeps findings quiet."""

import shutil
import subprocess

import pytest

from termbank import Glossary, check, check_text
from termbank.checking.files.baseline import write as write_baseline
from termbank.checking.options import Options
from termbank.config import CheckSettings, Settings
from termbank.errors import ConfigError, FormatError

SERVER = Glossary.from_variants({"サーバー": ["サーバ"]}, lang="ja")


def codes(text, markup="markdown"):
    return [
        (one.code, one.line) for one in check_text(text, format=markup, glossary=SERVER)
    ]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("markdown", "サーバ <!-- termbank: ignore[TB101] -->\n"),
        ("markdown", "<!-- termbank: ignore-next-line -->\nサーバ\n"),
        ("markdown", "<!-- termbank: ignore[TB1] -->\nサーバ\n"),
        (
            "markdown",
            "<!-- termbank: ignore-start -->\nサーバ\n\nサーバ\n<!-- termbank: ignore-end -->\n",
        ),
        ("markdown", "文\n\nサーバ\n<!--\ntermbank: ignore-file[TB101,TB104]\n-->\n"),
        ("html", "<p>サーバ</p> <!-- termbank: ignore -->"),
        ("python", "# サーバ termbank: ignore[TB101]\n"),
        ("javascript", "// サーバ termbank: ignore\n"),
        ("latex", "サーバ % termbank: ignore\n"),
        ("rst", ".. termbank: ignore-next-line\nサーバ\n"),
        ("plain", "サーバ termbank: ignore\n"),
    ],
)
def test_a_comment_silences_its_findings(markup, text):
    assert codes(text, markup) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("サーバ <!-- termbank: ignore[TB102] -->\n", [("TB101", 1), ("TB901", 1)]),
        ("サーバ termbank: ignore\n", [("TB101", 1)]),
        (
            "<!-- termbank: ignore-next-line -->\n\nサーバ\n",
            [("TB901", 1), ("TB101", 3)],
        ),
        ("<!-- termbank: ignore-end -->\nサーバ\n", [("TB101", 2)]),
        ("サーバー <!-- termbank: ignore[TB103] -->\n", []),
    ],
)
def test_a_comment_silences_nothing_else(text, expected):
    assert codes(text) == expected


def with_baseline(path):
    return Settings(check=CheckSettings(baseline=str(path)))


def test_a_baseline_knows_moved_lines_and_counts(tmp_path):
    text, known = tmp_path / "a.txt", tmp_path / "base.json"
    text.write_text("サーバ\n", encoding="utf-8")
    write_baseline(str(known), check([text], glossary=SERVER))
    text.write_text("新しい行\n\nサーバとサーバ\n", encoding="utf-8")
    found = check([text], glossary=SERVER, settings=with_baseline(known))
    assert [(one.code, one.line, one.column) for one in found] == [("TB101", 3, 5)]
    text.write_text("サーバー\n", encoding="utf-8")
    found = check([text], glossary=SERVER, settings=with_baseline(known))
    assert [one.code for one in found] == ["TB902"]


def test_a_broken_baseline_is_named(tmp_path):
    known = tmp_path / "base.json"
    known.write_text("[]")
    (tmp_path / "a.txt").write_text("サーバ", encoding="utf-8")
    with pytest.raises(FormatError, match=r"base\.json"):
        check([tmp_path / "a.txt"], glossary=SERVER, settings=with_baseline(known))


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_only_changed_lines_count(tmp_path):
    def git(*words):
        subprocess.run(
            ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *words],
            cwd=tmp_path, check=True, capture_output=True,
        )  # fmt: skip

    path, new = tmp_path / "a.txt", tmp_path / "b.txt"
    git("init", "-q")
    path.write_text("サーバ\n\n", encoding="utf-8")
    git("add", "a.txt")
    git("commit", "-qm", "one")
    path.write_text("サーバ\n\nサーバ\n", encoding="utf-8")
    new.write_text("サーバ\n", encoding="utf-8")
    options = Options(changed_since="HEAD")
    found = check([path, new], glossary=SERVER, options=options)
    assert [(one.path[-5:], one.line) for one in found] == [("a.txt", 3), ("b.txt", 1)]
    with pytest.raises(ConfigError, match="changed-since"):
        check([path], glossary=SERVER, options=Options(changed_since="--output=x"))
    path.write_text("何もない\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="changed-since"):
        check([path], glossary=SERVER, options=Options(changed_since="bogus"))


def test_an_unknown_markup_is_refused_though_nothing_is_found(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("何もない\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="markdown"):
        check([path], glossary=SERVER, format="bogus")
    with pytest.raises(ConfigError, match="markdown"):
        check_text("何もない", glossary=SERVER, format="bogus")


def test_settings_exclude_files_and_codes(tmp_path):
    for name in ("a.txt", "old/b.txt", "c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("サーバ\n", encoding="utf-8")
    table = CheckSettings(exclude=("old",), per_file_ignores=(("c.*", ("TB1",)),))
    settings = Settings(path=str(tmp_path / "termbank.toml"), check=table)
    found = check(
        [tmp_path, tmp_path / "old" / "b.txt"], glossary=SERVER, settings=settings
    )
    assert [one.path for one in found] == [str(tmp_path / "a.txt")]


def test_quotations_may_be_left_unfixed():
    text = "「サーバが落ちた」と書いた。サーバは直った。\n\n> サーバ\n"
    found = check_text(text, glossary=SERVER, options=Options(quotations="warn"))
    assert [(one.severity, one.fix is None) for one in found] == [
        ("warning", True),
        ("error", False),
        ("warning", True),
    ]
