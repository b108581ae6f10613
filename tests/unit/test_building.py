"""The main job: names, known forms and the best terms become a glossary."""

import json

import polars as pl
import pytest

import termbank
from termbank import building, cli, seeds

TEXT = (
    "ウラジーミル・プーチン大統領は捕虜の交換について話した。"
    "プーチン氏は停戦案に応じていない。捕虜の交換は続く。"
)


@pytest.fixture
def known():
    return termbank.Glossary.from_variants({"停戦案": ["停戦提案"]}, lang="ja")


def test_known_forms_are_kept_however_low_they_rank(known):
    mentions = termbank.mine(termbank.documents([TEXT]))
    kept = building.worth_keeping(mentions, known, terms=0)
    assert {"停戦案", "ウラジーミル・プーチン"} <= kept
    assert "捕虜の交換" not in kept


def test_build_adds_to_what_is_known_or_keeps_only_what_was_met(known):
    other = termbank.Glossary.from_variants({"サーバー": ["サーバ"]}, lang="ja")
    both = termbank.Glossary(
        pl.concat([known.concepts, other.concepts]),
        None,
        pl.concat([known.terms, other.terms]),
    )
    mentions = termbank.mine(termbank.documents([TEXT]))
    whole = building.build(mentions, both)
    met = building.build(mentions, both, keep=False)
    assert {"停戦案", "サーバー", "ウラジーミル・プーチン"} <= set(
        whole.glossary.terms["form"]
    )
    assert "サーバー" not in set(met.glossary.terms["form"])
    assert "停戦案" in set(met.glossary.terms["form"])


def test_a_foreign_word_in_a_japanese_text_is_no_japanese_form():
    shipped = termbank.Glossary.shipped()
    mentions = termbank.mine(termbank.documents(["米紙の見出しはTrumpで始まる。"] * 2))
    built = building.build(mentions, shipped, keep=False).glossary.terms
    assert built.filter(pl.col("form") == "Trump")["lang"].to_list() == ["en"]


def test_an_office_after_a_name_makes_no_term_and_new_concepts_wait_for_review(known):
    mentions = termbank.mine(termbank.documents([TEXT]))
    built = building.build(mentions, known).glossary
    assert not any(
        "大統領" in form and "プーチン" in form for form in built.terms["form"]
    )
    status = dict(built.concepts.select("concept_id", "status").iter_rows())
    homes = dict(built.terms.select("form", "concept_id").iter_rows())
    assert status[homes["停戦案"]] == "preferred"
    assert status[homes["ウラジーミル・プーチン"]] == "proposed"


def test_build_writes_and_prints_and_twice_is_once(tmp_path, capsys):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    out = tmp_path / "out" / "glossary"
    words = ["build", str(tmp_path / "a.txt"), "-o", str(out), "--format", "json"]
    assert cli.main(words) == 0
    rows = json.loads(capsys.readouterr().out)
    assert any("プーチン" in row["preferred"] for row in rows)
    first = {path.name: path.read_bytes() for path in out.iterdir()}
    assert set(first) >= {"concepts.csv", "terms.csv", "definitions.csv"}
    assert cli.main([*words, "--glossary", str(out)]) == 0
    assert {path.name: path.read_bytes() for path in out.iterdir()} == first


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("binary.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4),
        ("broken.txt", b"\x83\xff\xfe\xfd\x80 abc"),
    ],
)
def test_bad_input_is_one_line_and_nothing_written(tmp_path, capsys, name, content):
    (tmp_path / name).write_bytes(content)
    out = tmp_path / "out"
    assert cli.main(["build", str(tmp_path / name), "-o", str(out)]) == 2
    said = capsys.readouterr()
    assert name in said.err
    assert said.err.count("\n") == 1
    assert not out.exists()


def test_a_missing_file_a_bare_folder_and_a_broken_glossary_say_where(tmp_path, capsys):
    (tmp_path / "bare").mkdir()
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "g").mkdir()
    (tmp_path / "g" / "terms.csv").write_text(
        "concept_id,lang\n1,2,3\n", encoding="utf-8"
    )
    text, glossary = str(tmp_path / "a.txt"), str(tmp_path / "g")
    for words in (
        ["build", str(tmp_path / "none.txt")],
        ["build", str(tmp_path / "bare")],
        ["build", text, "--glossary", glossary],
    ):
        assert cli.main([*words, "-o", str(tmp_path / "out")]) == 2
        said = capsys.readouterr().err
        assert said.count("\n") == 1
        assert str(tmp_path) in said
        assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("encoding", ["shift_jis", "euc_jp", "utf-16", "utf-8-sig"])
def test_japanese_encodings_are_read(tmp_path, encoding):
    (tmp_path / "a.txt").write_bytes((TEXT * 3).encode(encoding))
    assert "ウラジーミル・プーチン" in set(
        termbank.mine([tmp_path / "a.txt"])["surface"]
    )


TOGETHER = [
    ("ルーク・コーフィー", "ルーク・コフィー"),
    ("ウラジーミル・プーチン", "ウラジミール・プーチン", "プーチン"),
    (
        "ウラジーミル・ゼレンスキー",
        "ウラジミール・ゼレンスキー",
        "ウォロディミル・ゼレンスキー",
    ),
    ("NATO", "北大西洋条約機構"),
    ("CSIS", "戦略国際問題研究所"),
    ("捕虜交換", "捕虜の交換"),
]
APART = [
    ("プーチン", "ゼレンスキー"),
    ("安全の保証", "安全保障"),
    ("スティーブ・ウィトコフ", "ユーリ・ウシャコフ", "オレクシイ・レズニコフ"),
    ("停戦", "停戦案", "停戦合意"),
]


@pytest.fixture(scope="module")
def real(request):
    shared = request.getfixturevalue("shared")
    return termbank.mine([shared / "seeds"])


@pytest.mark.parametrize("base", ["empty", "shipped"])
def test_the_real_documents_come_out_right(real, base):
    known = termbank.Glossary() if base == "empty" else termbank.Glossary.shipped()
    built = building.build(real, known, keep=False)
    homes = dict(built.glossary.terms.select("form", "concept_id").iter_rows())
    for forms in TOGETHER:
        assert len({homes[form] for form in forms}) == 1, forms
    for forms in APART:
        assert len({homes[form] for form in forms}) == len(forms), forms


def test_the_register_rebuilds_without_the_originals():
    folder = seeds.Path(__file__).parents[2] / "seeds"
    built = building.build(seeds.mentions(folder), termbank.Glossary(), keep=False)
    homes = dict(built.glossary.terms.select("form", "concept_id").iter_rows())
    for forms in TOGETHER:
        assert len({homes[form] for form in forms}) == 1, forms


LATIN = (
    "オレクサンドル・シルスキー（Oleksandr Syrskyi）総司令官は話した。"
    "Oleksandr Syrskyi 氏は前線を訪れた。ISISとの戦いについても述べた。"
    "Vueを使う。Vueの機械学習（machine learning）。機械学習は便利だ。"
)


def test_latin_names_in_japanese_texts_are_english_forms(known):
    mentions = termbank.mine(termbank.documents([LATIN]))
    terms = building.build(mentions, known).glossary.terms
    rows = {
        (lang, form): (status, reading)
        for lang, form, status, reading in terms.select(
            "lang", "form", "status", "reading"
        ).iter_rows()
    }
    assert ("ja", "Oleksandr Syrskyi") not in rows
    assert rows["en", "Oleksandr Syrskyi"] == ("preferred", None)
    assert rows["ja", "オレクサンドル・シルスキー"][0] == "preferred"
    assert not {
        ("ja", "Oleksandr"),
        ("ja", "Syrskyi"),
        ("ja", "machine learning"),
    } & set(rows)


def test_what_japanese_writes_in_latin_letters_stays_and_has_no_guessed_reading(known):
    mentions = termbank.mine(termbank.documents([LATIN]))
    terms = building.build(mentions, known).glossary.terms
    rows = {row["form"]: row for row in terms.iter_rows(named=True)}
    for form in ("ISIS", "Vue"):
        assert rows[form]["lang"] == "ja"
        assert rows[form]["reading"] is None


def test_a_row_of_the_glossary_stays_where_a_person_put_it():
    known = termbank.Glossary.from_variants({"Oleksandr Syrskyi": []}, lang="ja")
    mentions = termbank.mine(termbank.documents([LATIN]))
    terms = building.build(mentions, known).glossary.terms
    there = terms.filter(pl.col("form") == "Oleksandr Syrskyi")
    assert there["lang"].to_list() == ["ja"]
