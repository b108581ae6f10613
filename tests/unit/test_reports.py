"""Each report says the same findings in its own form."""

import json

import pytest
from lxml import etree

from termbank.reports import REPORTS, report
from termbank.text.columns import width
from termbank.types import Finding, Fix, Span

TEXT = "一行目\n\t全角Ａとサーバ&\n"
FOUND = [
    Finding(
        "TB101",
        Span(9, 12),
        'A & "B" <c>',
        Fix(Span(9, 12), "サーバー"),
        "a,b/x.md",
        2,
        6,
    ),
    Finding(
        "TB901", Span(0, 0), "二つ目", None, "a,b/x.md", 1, 1, "warning", "0123456789ab"
    ),
]


def written(name, findings=FOUND):
    return "".join(report(name).lines(findings, lambda _path: TEXT))


def parsed(name, findings=FOUND):
    return etree.fromstring(written(name, findings).encode())


def test_text_puts_the_caret_under_wide_characters():
    rows = written("text").split("\n")
    assert rows[1] == "   全角Ａとサーバ&"
    assert rows[2] == "  " + " " * 9 + "^" * 6


def test_a_long_line_is_cut_around_the_words():
    line = "あ" * 500 + "サーバ" + "い" * 500
    one = Finding("TB101", Span(500, 503), "m", None, "x", 1, 501)
    rows = "".join(report("text").lines([one], lambda _path: line)).split("\n")

    assert width(rows[1]) <= 82
    assert rows[1][2:].index("サ") * 2 - 1 == rows[2].index("^") - 2
    assert rows[2].count("^") == 6


def test_json_is_one_array_and_lines_are_objects():
    whole = json.loads(written("json"))
    assert whole == [json.loads(line) for line in written("jsonl").splitlines()]
    assert whole[0]["fix"] == {"start": 9, "end": 12, "text": "サーバー", "safe": True}
    assert json.loads(written("json", [])) == []


def test_github_escapes_what_would_end_a_property():
    first = written("github").splitlines()[0]
    assert first.startswith("::error file=a%2Cb/x.md,line=2,col=6,endColumn=8,")


def test_xml_reports_parse():
    style = parsed("checkstyle")
    assert style.find("file/error").get("message") == 'A & "B" <c>'
    suite = parsed("junit")
    assert suite.find("testsuite").get("failures") == "2"
    assert parsed("junit", []).find("testsuite").get("failures") == "0"


def test_gitlab_fingerprints_differ_and_stay():
    prints = [
        one["fingerprint"] for one in json.loads(written("gitlab", [*FOUND, FOUND[0]]))
    ]
    assert len(set(prints)) == 3
    assert prints == [
        one["fingerprint"] for one in json.loads(written("gitlab", [*FOUND, FOUND[0]]))
    ]


def test_sarif_has_what_the_schema_requires():
    log = json.loads(written("sarif"))
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    run = log["runs"][0]
    assert run["tool"]["driver"]["name"] == "termbank"
    ids = [one["id"] for one in run["tool"]["driver"]["rules"]]
    for result in run["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["message"]["text"]
        region = result["locations"][0]["physicalLocation"]["region"]
        assert region["startLine"] >= 1
        assert region["endColumn"] >= region["startColumn"]
    uri = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"][
        "uri"
    ]
    assert uri == "a%2Cb/x.md"


def test_rdjson_counts_utf8_bytes():
    first = json.loads(written("rdjson"))["diagnostics"][0]
    assert first["location"]["range"]["start"] == {"line": 2, "column": 14}


@pytest.mark.parametrize("name", REPORTS.names())
def test_no_finding_is_no_fault(name):
    written(name, [])


CALLED = ("a.md", "./a.md", "../docs/a.md", "{}/a.md")


@pytest.mark.parametrize(
    "name", ["sarif", "gitlab", "junit", "github", "checkstyle", "rdjson"]
)
def test_a_file_has_one_name_however_it_was_called(name, tmp_path, monkeypatch):
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "a.md").write_text(TEXT)
    monkeypatch.chdir(folder)
    called = [[FOUND[0]._replace(path=way.format(folder))] for way in CALLED]
    outside = {written(name, findings) for findings in called}
    assert len(outside) == 1
    (tmp_path / ".git").mkdir()
    inside = {written(name, findings) for findings in called}
    assert len(inside) == 1
    # Code hosts count from the repository, other readers from where the check ran.
    from_repository = name in ("sarif", "gitlab", "junit", "github")
    assert ("docs/a.md" in inside.pop()) is from_repository


def test_what_is_no_file_keeps_its_name():
    findings = [FOUND[0]._replace(path=path) for path in ("-", "", "builtin")]
    paths = [
        issue["location"]["path"] for issue in json.loads(written("gitlab", findings))
    ]
    assert paths == ["-", "", "builtin"]
