"""The reviewed glossary and the sample documents keep what they promise."""

import csv
import re
import unicodedata
from collections import Counter
from itertools import combinations
from pathlib import Path

import polars as pl
import pytest

from termbank import Glossary, check_text, schemas
from termbank import table_columns as columns
from termbank.checking.files.fixing import apply_fixes
from termbank.glossary import concept_id
from termbank.text.normalise import norm
from termbank.text.term_notes import examples_in, other_senses

ROOT = Path(__file__).parents[2]
GLOSSARY = ROOT / "glossary"
SAMPLE = ROOT / "seeds" / "sample"
FRAMES = {
    "concepts": schemas.Concepts,
    "definitions": schemas.Definitions,
    "terms": schemas.Terms,
    "decisions": schemas.Decisions,
}
KEYS = {
    "concepts": ["concept_id"],
    "definitions": ["concept_id", "lang"],
    "terms": ["concept_id", "lang", "form"],
    "decisions": ["lang", "action", "left", "right"],
}
# Issue 2 asks for 200 concepts of the source documents; the floor for each kind lies a
# little under what was counted, so that a lost table is seen and a mended row is not.
LEAST_OF_KIND = {
    "person": 38,
    "place": 70,
    "organization": 40,
    "product": 5,
    "event": 10,
    "term": 320,
}
ONE_CONCEPT = [
    ["ルーク・コーフィー", "ルーク・コフィー"],
    ["ウラジーミル・プーチン", "ウラジミール・プーチン", "プーチン"],
    [
        "ウラジーミル・ゼレンスキー",
        "ウラジミール・ゼレンスキー",
        "ウォロディミル・ゼレンスキー",
        "ゼレンスキー",
    ],
    ["オレクサンドル・シルスキーイ", "シルスキーイ", "シルスキー"],
    ["NATO", "北大西洋条約機構"],
    ["CSIS", "戦略国際問題研究所"],
    ["捕虜交換", "捕虜の交換"],
    ["レアアース", "希土類"],
    ["キーウ", "キエフ"],
    ["ジョージア", "グルジア"],
    ["米露", "米ロ"],
    ["ロシア側", "露側"],
    ["慶應義塾大学", "慶応大"],
    ["J.D. バンス", "JD・バンス"],
]
APART = [
    ["プーチン", "ゼレンスキー", "シルスキー"],
    ["安全の保証", "安全保障", "保証"],
    ["ウィトコフ", "ウシャコフ", "レズニコフ", "ルキヤノフ"],
    ["停戦", "停戦案", "停戦合意", "停戦交渉", "即時停戦", "全面停戦", "一時停戦"],
    ["停戦", "和平", "講和", "休戦"],
    ["総司令官", "最高司令官"],
    ["旧ソ連", "ソ連", "旧ソ連諸国"],
    ["欧州評議会", "欧州理事会", "アトランティック・カウンシル", "北大西洋理事会"],
    ["捕虜交換", "囚人交換"],
    ["米露", "米国", "ロシア", "米欧"],
    ["レアアース", "レアメタル", "レアアース鉱物"],
    ["ワシントン", "ワシントン・タイムズ"],
    ["侵攻", "侵略"],
]
ENGLISH = {
    "シルスキーイ": "Oleksandr Syrskyi",
    "ウィトコフ": "Steve Witkoff",
    "安全の保証": "security guarantees",
    "ゼレンスキー": "Volodymyr Zelenskyy",
    "ルキヤノフ": "Fyodor Lukyanov",
    "ウシャコフ": "Yuri Ushakov",
    "レズニコフ": "Oleksii Reznikov",
    "ルーク・コフィー": "Luke Coffey",
    "スネゴバヤ": "Maria Snegovaya",
    "ベルジナ": "Kristine Berzina",
    "ジョン・ハーブスト": "John Herbst",
    "マイルズ": "Simon Miles",
    "ウォルツ": "Mike Waltz",
    "ケロッグ": "Keith Kellogg",
    "バンス": "JD Vance",
    "グラム": "Lindsey Graham",
    "スーン": "John Thune",
    "ルビオ": "Marco Rubio",
    "レオ14世": "Pope Leo XIV",
    "ブカレスト9": "Bucharest Nine",
    "キエフ": "Kyiv",
}


def _rows(name: str) -> list[dict[str, str]]:
    with (GLOSSARY / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return Glossary.read(GLOSSARY)


@pytest.fixture(scope="module")
def terms() -> list[dict[str, str]]:
    return _rows("terms")


@pytest.fixture(scope="module")
def concepts_of(terms) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in terms:
        if row["lang"] == "ja":
            found.setdefault(row["form"], set()).add(row["concept_id"])
    return found


@pytest.mark.parametrize("name", FRAMES)
def test_file_follows_its_schema_to_the_letter(name, glossary):
    frame = getattr(glossary, name)
    assert frame.equals(schemas.check_frame(FRAMES[name], frame, name))
    assert list(_rows(name)[0]) == list(FRAMES[name].columns())


@pytest.mark.parametrize("name", FRAMES)
def test_file_is_sorted_by_its_key_without_a_double(name):
    # An action sorts by its place in the list of actions, as the frame's Enum does.
    keys = [
        tuple(
            columns.ACTIONS.index(row[part]) if part == "action" else row[part]
            for part in KEYS[name]
        )
        for row in _rows(name)
    ]
    assert keys == sorted(set(keys))


def test_written_again_the_files_are_the_same_bytes(glossary, tmp_path):
    glossary.write(tmp_path / "copy")
    for name in FRAMES:
        file = f"{name}.csv"
        assert (tmp_path / "copy" / file).read_bytes() == (GLOSSARY / file).read_bytes()


@pytest.mark.parametrize("name", FRAMES)
def test_no_cell_holds_a_control_character_or_outer_space(name):
    for row in _rows(name):
        for cell in row.values():
            assert cell == cell.strip()
            assert not any(unicodedata.category(c) in {"Cc", "Zl", "Zp"} for c in cell)


def test_each_concept_has_one_preferred_form_in_both_languages(glossary):
    preferred = glossary.terms.filter(pl.col("status") == "preferred")
    counts = preferred.group_by("concept_id", "lang").len()
    assert set(counts["len"]) == {1}
    for lang in ("ja", "en"):
        have = set(counts.filter(pl.col("lang") == lang)["concept_id"])
        assert have == set(glossary.concepts["concept_id"])


FAMILY = ("姓", "a family name")
MARKS = ("with: ", "文脈: ", "except: ", "例: ", "example: ", "別義: ", "also: ")


def test_only_notes_hold_a_table_separator_and_each_part_begins_with_its_mark():
    for name in FRAMES:
        for row in _rows(name):
            note = row.pop("note", "")
            assert not any("|" in cell for cell in row.values())
            assert all(part.startswith(MARKS) for part in note.split("|")[1:]), note


def test_rows_point_at_concepts_that_exist(glossary):
    known = set(glossary.concepts["concept_id"])
    assert set(glossary.terms["concept_id"]) == known
    assert set(glossary.definitions["concept_id"]) <= known


def test_concepts_that_share_their_english_form_are_told_apart_by_a_definition(
    terms, glossary
):
    preferred: dict[str, list[str]] = {}
    for row in terms:
        if row["lang"] == "en" and row["status"] == "preferred":
            preferred.setdefault(row["form"], []).append(row["concept_id"])
    defined = set(glossary.definitions["concept_id"])
    for form, ids in preferred.items():
        assert len(ids) == 1 or defined.issuperset(ids), form


def test_no_japanese_form_stands_in_two_concepts(concepts_of):
    assert [form for form, ids in concepts_of.items() if len(ids) > 1] == []


def test_no_two_forms_of_a_concept_differ_in_width_or_case_only(terms):
    keys = Counter((row["concept_id"], row["lang"], norm(row["form"])) for row in terms)
    assert [key for key, times in keys.items() if times > 1] == []


def test_identifier_comes_from_the_form_preferred_when_it_was_made(terms):
    made = {concept_id("ja", row["form"]) for row in terms if row["lang"] == "ja"}
    for row in terms:
        assert row["concept_id"] in made, row["form"]


def test_each_japanese_form_has_a_katakana_reading(terms):
    for row in terms:
        if row["lang"] == "ja":
            assert re.fullmatch("[ァ-ヺー]+", row["reading"]), row["form"]
        else:
            assert row["reading"] == "", row["form"]


def test_a_katakana_form_is_its_own_reading(terms):
    for row in terms:
        if row["lang"] == "ja" and re.fullmatch("[ァ-ヺー・]+", row["form"]):
            assert row["reading"] == row["form"].replace("・", "")


def test_each_form_beside_the_preferred_one_says_how_it_relates(terms):
    for row in terms:
        assert (row["relation"] == "") == (row["status"] == "preferred"), row["form"]
        assert row["source"] in {"seeds", "standard"}
        assert row["term_type"] in columns.TERM_TYPES


def test_a_deprecated_form_says_why(terms):
    deprecated = [row for row in terms if row["status"] == "deprecated"]
    assert deprecated
    for row in deprecated:
        assert row["reason"], row["form"]


def test_each_retired_form_shows_where_it_is_found_and_where_it_is_silent(terms):
    for row in terms:
        if row["status"] in {"deprecated", "forbidden"}:
            examples = examples_in(row["note"])
            assert any(before != after for before, after in examples), row["form"]
            assert any(before == after for before, after in examples), row["form"]


def test_the_examples_of_the_glossary_turn_out_as_they_say(terms):
    for row in terms:
        for before, after in examples_in(row["note"]):
            found = check_text(before, glossary="builtin")
            if before == after:
                assert found == [], before
            else:
                assert apply_fixes(before, found, unsafe=True) == after


def test_a_retired_form_that_is_a_family_name_too_is_no_safe_fix(terms):
    for row in terms:
        if row["status"] == "deprecated" and other_senses(row["note"]) in FAMILY:
            for found in check_text(f"{row['form']}.", glossary="builtin"):
                assert found.severity == "warning"
                assert found.fix is not None
                assert not found.fix.safe


def test_a_definition_stands_in_both_languages(glossary):
    langs: dict[str, set[str]] = {}
    for concept, lang in glossary.definitions.select("concept_id", "lang").rows():
        langs.setdefault(concept, set()).add(lang)
    assert set(map(frozenset, langs.values())) == {frozenset({"ja", "en"})}
    people = glossary.concepts.filter(pl.col("kind") == "person")["concept_id"]
    assert set(people) <= set(langs)


def test_there_are_enough_concepts_of_each_kind(glossary):
    counts = Counter(glossary.concepts["kind"])
    for kind, least in LEAST_OF_KIND.items():
        assert counts[kind] >= least, kind


def test_more_than_350_concepts_stand_in_the_source_documents(terms):
    # 489 were entered when the documents were read; about 100 of them were words of
    # general language and were taken out again.
    found = {
        row["concept_id"]
        for row in terms
        if row["lang"] == "ja" and row["source"] == "seeds"
    }
    assert len(found) > 350


@pytest.mark.parametrize("forms", ONE_CONCEPT, ids=lambda forms: forms[0])
def test_forms_of_one_concept_stand_together(concepts_of, forms):
    assert len({frozenset(concepts_of[form]) for form in forms}) == 1


@pytest.mark.parametrize("forms", APART, ids=lambda forms: forms[0])
def test_concepts_that_look_alike_stand_apart(concepts_of, forms):
    for left, right in combinations(forms, 2):
        assert not concepts_of[left] & concepts_of[right], (left, right)


@pytest.mark.parametrize("form", ENGLISH)
def test_english_is_todays_standard_spelling(concepts_of, terms, form):
    (concept,) = concepts_of[form]
    preferred = [
        row["form"]
        for row in terms
        if row["concept_id"] == concept
        and row["lang"] == "en"
        and row["status"] == "preferred"
    ]
    assert preferred == [ENGLISH[form]]


def test_kiev_is_retired_with_date_reason_and_exceptions(terms):
    (row,) = [row for row in terms if row["form"] == "キエフ"]
    assert row["status"] == "deprecated"
    assert row["relation"] == "renamed"
    assert row["since"] == "2022-03-31"
    assert "日本政府" in row["reason"]
    for exception in ("チキンキエフ", "キエフ大公国"):
        assert f"|except: {exception}|" in row["note"]


def test_a_decision_names_forms_of_the_glossary_and_agrees_with_it(terms):
    concept: dict[tuple[str, str], set[str]] = {}
    status: dict[tuple[str, str], set[str]] = {}
    for row in terms:
        key = row["lang"], row["form"]
        concept.setdefault(key, set()).add(row["concept_id"])
        status.setdefault(key, set()).add(row["status"])
    for row in _rows("decisions"):
        lang, left, right = row["lang"], row["left"], row["right"]
        if row["action"] == "same":
            assert concept[lang, left] & concept[lang, right], (left, right)
        elif row["action"] == "different" and len(right) == 1:
            # A single kanji (日, 北) is kept from a name without being a form itself.
            assert (lang, right) not in concept
            assert concept[lang, left]
        elif row["action"] == "different":
            assert not concept[lang, left] & concept[lang, right], (left, right)
        elif row["action"] == "prefer":
            assert "preferred" in status[lang, left], left
        else:
            assert row["action"] == "deprecate"
            assert status[lang, left] == {"deprecated"}, left
        assert row["why"]


def _pairs() -> list[tuple[list[str], list[str]]]:
    return [
        (
            ja.read_text("utf-8").splitlines(),
            ja.with_name(ja.name.replace(".ja.", ".en."))
            .read_text("utf-8")
            .splitlines(),
        )
        for ja in sorted(SAMPLE.glob("*.ja.txt"))
    ]


def test_sample_documents_are_marked_and_of_newspaper_length():
    pairs = _pairs()
    assert len(pairs) >= 8
    for ja, en in pairs:
        assert ja[0] == "［termbankのための見本文］"
        assert en[0] == "[Sample text written for termbank]"
        assert 600 <= sum(map(len, ja)) <= 1500


def test_sample_translations_align_line_by_line_and_sentence_by_sentence():
    for ja, en in _pairs():
        assert len(ja) == len(en)
        for left, right in zip(ja[2:], en[2:], strict=True):
            sentences = re.findall(r'\.(?=["”]?(?:\s|$))', right)
            assert left.count("。") == len(sentences), right


@pytest.mark.parametrize(
    "variants",
    [
        ["ウラジーミル", "ウラジミール", "ウォロディミル"],
        ["キエフ", "キーウ"],
        ["コーフィー", "コフィー"],
        ["捕虜交換", "捕虜の交換"],
        ["北大西洋条約機構(NATO)", "NATO"],
        ["戦略国際問題研究所(CSIS)", "CSIS"],
        ["米露", "米ロ"],
        ["安全の保証", "安全保障"],
        ["希土類", "レアアース"],
        ["シルスキーイ", "シルスキー"],
        ["ジッダ", "ジェッダ"],
        ["オレクシイ・レズニコフ", "オレクシー・レズニコフ"],
    ],
    ids=lambda variants: variants[0],
)
def test_sample_documents_hold_the_spelling_variants(variants):
    text = "\n".join(line for ja, _ in _pairs() for line in ja)
    assert [form for form in variants if form not in text] == []


def test_nothing_is_copied_from_the_source_documents(shared):
    length = 25  # code points; shorter runs are names, lists of titles and set phrases
    grams: set[str] = set()
    for path in (shared / "seeds").glob("*.txt"):
        text = path.read_text("utf-8")
        grams.update(text[at : at + length] for at in range(len(text) - length + 1))
    for path in [*SAMPLE.iterdir(), *GLOSSARY.glob("*.csv")]:
        text = path.read_text("utf-8")
        runs = (text[at : at + length] for at in range(len(text) - length + 1))
        assert [run for run in runs if run in grams] == [], path.name
