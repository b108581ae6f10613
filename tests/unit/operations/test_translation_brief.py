"""A brief holds what is needed first, within its budget, the same bytes each time."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termbank.cli import main
from termbank.operations.translation_brief import as_markdown, as_object, brief
from termbank.operations.translation_checks import check_translation

TEXT = (
    "ゼレンスキー大統領はキーウで会談した。停戦は続く。\n"
    "米国のウィトコフ特使は安全の保証について述べた。トランプ大統領も停戦を求めた。\n"
)


def test_every_term_of_the_text_is_in_an_ample_brief():
    made = brief(TEXT, glossary="builtin")
    page = as_markdown(made, budget=50_000)
    assert len(made.terms) >= 6
    for term in made.terms:
        assert f"- {term.preferred} → {term.renderings[0]}" in page


def test_what_is_easily_got_wrong_comes_first():
    made = brief(TEXT, glossary="builtin")
    careful = [bool(term.avoid or term.note) for term in made.terms]
    assert careful == sorted(careful, reverse=True)
    assert any(careful)


@given(budget=st.integers(1, 3000))
def test_a_brief_keeps_its_budget_and_whole_lines(budget):
    made = brief(TEXT, glossary="builtin")
    page = as_markdown(made, budget=budget)
    assert len(page) <= max(budget, 1)
    lines = [line for line in page.splitlines() if line.startswith("- ")]
    shortest = [f"- {term.preferred} → {term.renderings[0]}" for term in made.terms]
    begun = zip(
        lines, [*shortest, *map("- {0.preferred}".format, made.questions)], strict=False
    )
    assert all(line.startswith(begin) for line, begin in begun) or budget < 200


def test_all_terms_are_named_before_any_is_explained():
    made = brief(TEXT, glossary="builtin")
    shortest = [f"- {term.preferred} → {term.renderings[0]}" for term in made.terms]
    page = as_markdown(made, budget=sum(len(line) + 1 for line in shortest) + 200)
    assert all(line in page for line in shortest)
    assert page != as_markdown(made, budget=50_000)


@given(budget=st.integers(200, 5000))
def test_json_keeps_its_budget_and_counts_what_is_left_out(budget):
    made = brief(TEXT, glossary="builtin")
    shown = as_object(made, budget=budget)
    assert len(json.dumps(shown, ensure_ascii=False)) <= budget
    whole = as_object(made)
    left = len(whole["terms"]) + len(whole["questions"]) - len(shown["terms"])
    assert shown.get("more", 0) == left - len(shown["questions"])
    names = [term["term"] for term in shown["terms"]]
    assert names == [term["term"] for term in whole["terms"]][: len(names)]


def test_the_same_text_gives_the_same_bytes():
    first, second = (brief(TEXT, glossary="builtin") for _ in range(2))
    assert as_markdown(first) == as_markdown(second)
    assert json.dumps(as_object(first)) == json.dumps(as_object(second))


@pytest.mark.parametrize("name", ["deepl", "google", "azure"])
def test_a_glossary_for_this_document_alone_is_written(tmp_path, name):
    path, out = tmp_path / "a.txt", tmp_path / "g.tsv"
    path.write_text(TEXT, "utf-8")
    words = [
        "brief",
        str(path),
        "--glossary",
        "builtin",
        "--format",
        name,
        "-o",
        str(out),
    ]
    assert main(words) == 0
    rows = out.read_text("utf-8-sig").splitlines()
    assert any("停戦" in row and "ceasefire" in row for row in rows)
    assert len(rows) <= 30


def test_verify_is_silent_on_a_right_translation_and_says_what_is_wrong(
    tmp_path, capsys
):
    source, good, bad = (tmp_path / name for name in ("a.txt", "good.txt", "bad.txt"))
    source.write_text("キーウで会談した。\n停戦は続く。\n", "utf-8")
    good.write_text("They held talks in Kyiv.\nThe ceasefire holds.\n", "utf-8")
    bad.write_text("They held talks in Kiev.\nThe ceasefire holds.\n", "utf-8")
    assert main(["verify", str(source), str(good), "--glossary", "builtin"]) == 0
    assert main(["verify", str(source), str(bad), "--glossary", "builtin"]) == 1
    assert "TB301" in capsys.readouterr().out


def test_a_report_shows_texts_as_texts(tmp_path):
    source, target, out = (tmp_path / name for name in ("a.txt", "b.txt", "r.html"))
    source.write_text("キーウで<script>alert(1)</script>会談した。\n", "utf-8")
    target.write_text("Talks in <script>alert(1)</script> Kiev.\n", "utf-8")
    main(["verify", str(source), str(target), "--glossary", "builtin", "--format", "html", "-o", str(out)])  # fmt: skip
    page = out.read_text("utf-8")
    assert "<script>" not in page
    assert "<mark>Kiev</mark>" in page


def test_a_full_name_and_its_part_are_one_rendering():
    pairs = [
        ("ゼレンスキー大統領が会談した。", "President Volodymyr Zelenskyy held talks."),
        ("ゼレンスキー氏は述べた。", "Zelenskyy said."),
    ]
    assert check_translation(pairs, glossary="builtin").inconsistent == ()
    pairs[1] = ("ゼレンスキー氏は述べた。", "Zelensky said.")
    (found,) = check_translation(pairs, glossary="builtin").inconsistent
    assert {form for form, _ in found.found} == {"Volodymyr Zelenskyy", "Zelensky"}
