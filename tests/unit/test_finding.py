"""Look-up and scanning: the right entry first, noise never, light from the start."""

import os
import subprocess
import sys

import polars as pl
import pytest

import termbank
from termbank.glossary import Glossary, index
from termbank.term_search import lookup, renderings, scan

TERMS = """\
concept_id,lang,form,reading,status,relation
a00000000001,en,Oleksandr Syrskyi,,preferred,
a00000000001,ja,オレクサンドル・シルスキー,オレクサンドルシルスキー,preferred,
a00000000001,ja,シルスキーイ,,admitted,spelling
a00000000002,en,Volodymyr Zelenskyy,,preferred,
a00000000002,ja,ゼレンスキー,,preferred,
a00000000003,en,Kiev,,deprecated,renamed
a00000000003,en,Kyiv,,preferred,
a00000000003,ja,キエフ,,deprecated,renamed
a00000000003,ja,キーウ,,preferred,
a00000000004,en,security guarantees,,preferred,
a00000000004,fr,garanties de sécurité,,preferred,
a00000000004,ja,安全の保証,アンゼンノホショウ,preferred,
a00000000005,en-GB,programme,,preferred,
a00000000005,ja,計画,ケイカク,preferred,
a00000000006,en,NATO,,preferred,
a00000000006,ja,NATO,ナトー,preferred,
a00000000006,ja,北大西洋条約機構,キタタイセイヨウジョウヤクキコウ,admitted,acronym
a00000000007,en,Michito Tsuruoka,,preferred,
a00000000007,ja,鶴岡路人,ツルオカミチト,preferred,
a00000000008,ja,ワード,,preferred,
a00000000009,ja,停戦,テイセン,preferred,
a00000000009,ja,休戦,キュウセン,forbidden,synonym
a0000000000a,ja,停戦合意,テイセンゴウイ,preferred,
a0000000000b,ja,株式,カブシキ,preferred,
"""
CONCEPTS = """\
concept_id,kind,domain,status
a00000000001,person,,preferred
a00000000002,person,,preferred
a00000000003,place,,preferred
a00000000006,organization,,preferred
a00000000007,person,,preferred
"""
DEFINITIONS = """\
concept_id,lang,text
a00000000003,en,Capital of Ukraine.
a00000000003,ja,ウクライナの首都。
a00000000004,en,What keeps the peace.
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    place = tmp_path_factory.mktemp("glossary")
    for name, text in (
        ("terms", TERMS),
        ("concepts", CONCEPTS),
        ("definitions", DEFINITIONS),
    ):
        (place / f"{name}.csv").write_text(text, encoding="utf-8")
    return str(place)


def first(query, glossary, **options):
    entry = lookup(query, glossary=glossary, **options)[0]
    return entry.preferred, entry.score, entry.why


@pytest.mark.parametrize(
    "query",
    [
        "りんご",
        "パイナップル",
        "banana",
        "Paris",
        "Tokyo",
        "東京",
        "保証",
        "机",
        "あ",
        "",
        " ",
        "ー",
        "123",
    ],
)
def test_an_unrelated_word_leads_nowhere(query, small):
    assert lookup(query, glossary=small) == []


@pytest.mark.parametrize(
    ("query", "preferred", "why"),
    [
        ("キーウ", "キーウ", "exact"),
        ("キエフ", "キーウ", "variant"),
        ("ｼﾙｽｷｰｲ", "オレクサンドル・シルスキー", "variant"),
        ("ｎａｔｏ", "NATO", "exact"),
        ("Kiev", "Kyiv", "equivalent"),
        ("security Guarantees", "security guarantees", "equivalent"),
    ],
)
def test_a_form_in_any_width_and_case_scores_100(query, preferred, why, small):
    assert first(query, small) == (preferred, 100.0, why)


@pytest.mark.parametrize(
    ("query", "preferred", "why"),
    [
        ("シルスキイ", "オレクサンドル・シルスキー", "near"),
        ("オレクサンドルシルスキー", "オレクサンドル・シルスキー", "near"),
        ("シルスキー", "オレクサンドル・シルスキー", "near"),
        ("オレクサンドル", "オレクサンドル・シルスキー", "part"),
        ("ぜれんすきー", "ゼレンスキー", "reading"),
        ("zerensuki-", "ゼレンスキー", "reading"),
        ("shirusukii", "オレクサンドル・シルスキー", "reading"),
        ("つるおかみちと", "鶴岡路人", "reading"),
        ("ツルオカミチト", "鶴岡路人", "reading"),
        ("安全保証", "安全の保証", "near"),
        ("Syrsky", "Oleksandr Syrskyi", "part"),
        ("Zelenski", "Volodymyr Zelenskyy", "part"),
        ("Oleksander Syrskyi", "Oleksandr Syrskyi", "near"),
        ("security guarantee", "security guarantees", "equivalent"),
        ("securite", "", ""),
    ],
)
def test_near_forms_lead_to_the_entry(query, preferred, why, small):
    found = lookup(query, glossary=small)
    assert [(one.preferred, one.why) for one in found[:1]] == (
        [(preferred, why)] if preferred else []
    )
    assert all(75.0 <= one.score < 100.0 for one in found)


@pytest.mark.parametrize(
    "query", ["Syrskyi", "Syrsky", "Syrskiy", "Syrskii", "SYRSKY", "Oleksandr Syrskyi"]
)
def test_letters_find_a_name_whose_english_form_is_unknown(query):
    forms = {"シルスキーイ": [], "オレクサンドル・シルスキー": []}
    own = Glossary.from_variants(forms, lang="ja")
    people = own.concepts.with_columns(kind=pl.lit("person"))
    entries = lookup(query, glossary=Glossary(people, None, own.terms))
    assert entries[0].preferred in forms
    assert entries[0].score >= 89.0


def test_deprecated_forms_answer_and_say_so(small):
    (entry,) = lookup("キエフ", glossary=small)
    assert entry.forms == (("キエフ", "deprecated"),)
    assert entry.equivalents == ("Kyiv",)
    assert entry.definition == "ウクライナの首都。"
    assert entry.kind == "place"


def test_the_language_asked_for_restricts_the_equivalents(small):
    def equivalents(to):
        return lookup("安全の保証", to=to, glossary=small)[0].equivalents

    assert equivalents(None) == ("security guarantees", "garanties de sécurité")
    assert equivalents("fr") == ("garanties de sécurité",)
    assert equivalents("de") == ()
    assert lookup("計画", to="en", glossary=small)[0].equivalents == ("programme",)


def test_english_leads_to_japanese_with_the_definition_of_its_language(small):
    (entry,) = lookup("Kyiv", glossary=small)
    assert entry.equivalents == ("キーウ",)
    assert entry.definition == "Capital of Ukraine."
    (entry,) = lookup("安全の保証", glossary=small)
    assert entry.definition == "What keeps the peace."
    assert entry.reading == "アンゼンノホショウ"


def test_limit_and_cut_off_hold(small):
    assert lookup("キーウ", limit=0, glossary=small) == []
    assert lookup("シルスキイ", at_least=99.5, glossary=small) == []
    everything = lookup("シルスキイ", at_least=0.0, limit=100, glossary=small)
    assert everything[0].preferred == "オレクサンドル・シルスキー"
    scores = [entry.score for entry in everything]
    assert scores == sorted(scores, reverse=True)


def test_an_earlier_glossary_wins(small):
    own = Glossary.from_variants({"キーウ": ["キエフ市"]}, lang="ja")
    (entry,) = lookup("キーウ", glossary=[own, small])
    assert entry.forms == (("キエフ市", "deprecated"),)
    assert first("シルスキーイ", [own, small])[0] == "オレクサンドル・シルスキー"
    (entry,) = lookup("キーウ", glossary=[small, own])
    assert entry.forms == (("キエフ", "deprecated"),)


def test_a_concept_comes_whole_from_the_first_glossary_that_has_it(small):
    own = Glossary.read(small).prefer("キエフ")
    (entry,) = lookup("キーウ", glossary=[own, small])
    assert entry.preferred == "キエフ"
    (entry,) = lookup("キーウ", glossary=[small, own])
    assert entry.preferred == "キーウ"


def test_the_project_comes_before_the_shipped_glossary(tmp_path, monkeypatch):
    own = {"キーウ": ["キエフ"]}
    Glossary.from_variants(own, lang="ja").write(tmp_path / "terms")
    (tmp_path / "termbank.toml").write_text('glossaries = ["terms"]')
    monkeypatch.chdir(tmp_path)
    assert lookup("キーウ")[0].forms == (("キエフ", "deprecated"),)
    assert lookup("シルスキー", to="en")[0].equivalents[0] == "Oleksandr Syrskyi"


def test_a_glossary_that_is_not_there_is_named(tmp_path):
    with pytest.raises(termbank.TermbankError, match="nowhere"):
        lookup("キーウ", glossary=str(tmp_path / "nowhere"))
    with pytest.raises(termbank.TermbankError, match=r"terms\.csv"):
        scan("キーウ", glossary=tmp_path)


def test_scanning_takes_the_longest_and_never_a_piece_of_a_word(small):
    def found(text):
        return [hit.surface for hit in scan(text, glossary=small)]

    assert found("パスワードを変えた。") == []
    assert found("natos and xNATO") == []
    assert found("ワードで停戦合意を書いた。") == ["ワード", "停戦合意"]
    assert found("停戦案") == ["停戦"]


def test_one_or_two_letters_are_found_in_their_own_case_only():
    glossary = Glossary.from_variants({"US": [], "NATO": []}, lang="en")
    hits = scan("ask us, ＵＳ or nato", glossary=glossary)
    assert [hit.surface for hit in hits] == ["ＵＳ", "nato"]
    assert lookup("us", glossary=glossary)[0].preferred == "US"


def test_offsets_are_those_of_the_untouched_text(small):
    text = "⑳㈱ｷｴﾌとＮＡＴＯが"
    hits = scan(text, glossary=small)
    assert [(hit.start, hit.end, hit.form) for hit in hits] == [
        (2, 5, "キエフ"),
        (6, 10, "NATO"),
    ]
    assert all(text[hit.start : hit.end] == hit.surface for hit in hits)
    assert hits[0].status == "deprecated"


def test_a_hit_never_cuts_a_character(small):
    assert [hit.surface for hit in scan("株式と㍿", glossary=small)] == ["株式"]


def test_a_language_restricts_the_forms_looked_for(small):
    text = "KyivとキーウとNATO"
    assert [hit.surface for hit in scan(text, glossary=small, lang="en")] == [
        "Kyiv",
        "NATO",
    ]
    assert [hit.surface for hit in scan(text, glossary=small, lang="ja")] == [
        "キーウ",
        "NATO",
    ]


def test_a_hit_knows_its_preferred_form_and_its_equivalents(small):
    (hit,) = scan("休戦の", glossary=small)
    assert renderings(hit, glossary=small) == ("停戦", ())
    (hit,) = scan("キエフで", glossary=small)
    assert renderings(hit, to="en", glossary=small) == ("キーウ", ("Kyiv",))


COMPOUND = {
    "ゼレンスキー大統領": ["ゼレンスキー", "大統領"],
    "日本のゼレンスキー氏": ["ゼレンスキー", "日本"],
    "日米": ["日本", "米国"],
    "米大統領": ["米国", "大統領"],
    "訪米": ["米国"],
    "ゼレンスキイ大統領": ["ゼレンスキー", "大統領"],
}


@pytest.mark.parametrize(
    "query", ["大統領令", "日曜", "米屋", "ゼレンスキーの大ファン"]
)
def test_a_query_that_is_not_all_names_leads_nowhere(query, titled):
    assert lookup(query, glossary=titled) == []


@pytest.mark.parametrize("query", COMPOUND)
def test_a_query_made_of_names_leads_to_each_of_them(query, titled):
    found = lookup(query, glossary=titled)
    assert [entry.preferred for entry in found] == COMPOUND[query]


@pytest.mark.parametrize(
    ("query", "preferred"),
    [
        ("Mr. Zelenskyy", "Zelenskyy"),
        ("Zelenskyy's", "Zelenskyy"),
        ("the presidents", "president"),
        ("President Zelenskyy", "Zelenskyy"),
        ("Zelenskyy's cook", "Zelenskyy"),
        ("POWs", "POW"),
        ("heads of state", "head of state"),
        ("Keio Univ.", "Keio University"),
    ],
)
def test_english_is_found_inflected_and_titled(query, preferred, titled):
    assert lookup(query, glossary=titled)[0].preferred == preferred


@pytest.mark.parametrize("query", ["Mr. Smith", "the cook", "presidential suite"])
def test_english_that_the_glossary_has_not_leads_nowhere(query, titled):
    assert lookup(query, glossary=titled) == []


@pytest.fixture(scope="module")
def titled(tmp_path_factory):
    rows = [
        ("a00000000001", "ja", "ゼレンスキー", "person", ""),
        ("a00000000001", "en", "Zelenskyy", "person", ""),
        ("a00000000002", "ja", "大統領", "term", ""),
        ("a00000000002", "en", "president", "term", ""),
        ("a00000000003", "ja", "日本", "place", ""),
        ("a00000000004", "ja", "米国", "place", ""),
        ("a00000000005", "ja", "捕虜", "term", ""),
        ("a00000000005", "en", "POW", "term", ""),
        ("a00000000006", "ja", "国家元首", "term", ""),
        ("a00000000006", "en", "head of state", "term", ""),
        ("a00000000007", "ja", "慶應義塾大学", "organization", ""),
        ("a00000000007", "en", "Keio University", "organization", ""),
        ("a00000000008", "ja", "グラム", "person", "肩書とともに。|別義: 単位"),
        ("a00000000008", "en", "Miles", "person", "also: units"),
        ("a00000000009", "ja", "前線", "term", "except: 梅雨前線"),
        (
            "a00000000009",
            "en",
            "agreement",
            "term",
            "except: gentleman's agreement",
        ),
        ("a0000000000a", "ja", "全面的な停戦", "term", ""),
        ("a0000000000b", "ja", "停戦案", "term", ""),
        ("a0000000000c", "ja", "攻撃", "term", ""),
        ("a0000000000d", "en", "US Congress", "organization", ""),
        ("a0000000000e", "en", "the US", "place", ""),
        ("a0000000000f", "en", "meeting", "term", ""),
    ]
    place = tmp_path_factory.mktemp("titled")
    terms = [
        f'{concept},{lang},{form},preferred,"{note}"'
        for concept, lang, form, _, note in rows
    ]
    concepts = {f"{concept},{kind},preferred": None for concept, _, _, kind, _ in rows}
    for name, header, lines in (
        ("terms", "concept_id,lang,form,status,note", terms),
        ("concepts", "concept_id,kind,status", concepts),
    ):
        text = "\n".join([header, *lines, ""])
        (place / f"{name}.csv").write_text(text, encoding="utf-8")
    return str(place)


def test_remarks_on_usage_are_shown_with_the_entry(titled):
    (entry,) = lookup("グラム", glossary=titled)
    assert ("グラム", "肩書とともに。 (別義: 単位)") in entry.notes
    assert lookup("日本", glossary=titled)[0].notes == ()


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("100グラムの茶", []),
        ("グラム氏の茶", ["グラム"]),
        ("It is ten miles away.", []),
        ("Sen. Miles went away.", ["Miles"]),
        ("梅雨前線が前線に", ["前線"]),
        ("a gentleman's agreement is no agreement", ["agreement"]),
        ("It joined the Paris Agreement.", []),
        ("The Agreement is signed.", ["Agreement"]),
        ("全面的な停戦案を", ["停戦案"]),
        ("攻撃的な言葉の攻撃", ["攻撃"]),
        ("in the US Congress", ["US Congress"]),
        ("After meeting the press he left.", []),
        ("After the meeting the press left.", ["meeting"]),
    ],
)
def test_longer_names_and_other_senses_are_kept_apart(text, surfaces, titled):
    assert [hit.surface for hit in scan(text, glossary=titled)] == surfaces


def test_an_empty_glossary_finds_nothing():
    assert scan("キーウ", glossary=Glossary()) == []
    assert lookup("キーウ", glossary=Glossary()) == []


def test_answers_do_not_depend_on_the_cache(small, tmp_path, monkeypatch):
    def answers():
        index._recent.clear()
        return (
            lookup("シルスキイ", glossary=small),
            lookup("キエフ", glossary=small),
            scan("キエフの停戦", glossary=small),
        )

    monkeypatch.setenv("TERMBANK_CACHE", str(tmp_path / "cache"))
    cold = answers()
    assert list((tmp_path / "cache").iterdir())
    assert answers() == cold
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    monkeypatch.setenv("TERMBANK_CACHE", str(blocked / "cache"))
    assert answers() == cold
    index._recent.clear()
    glossary = Glossary.read(small)
    assert lookup("シルスキイ", glossary=glossary) == cold[0]
    assert scan("キエフの停戦", glossary=glossary) == cold[2]


def test_a_changed_file_is_read_again(tmp_path):
    Glossary.from_variants({"キーウ": []}, lang="ja").write(tmp_path)
    assert scan("ハルキウ", glossary=tmp_path) == []
    Glossary.from_variants({"キーウ": [], "ハルキウ": []}, lang="ja").write(tmp_path)
    assert len(scan("ハルキウ", glossary=tmp_path)) == 1


HEAVY = "polars sudachipy rapidfuzz numpy typing dataclasses lxml rich"


@pytest.mark.parametrize(
    "call",
    [
        "termbank.lookup('シルスキー', to='en')",
        "termbank.lookup('シルスキイ', to='en')",
        "termbank.lookup('Syrskii')",
        "termbank.scan('ロシアのプーチン大統領')",
    ],
)
@pytest.mark.parametrize("warm", [False, True])
def test_real_work_loads_nothing_heavy(call, warm, tmp_path):
    code = f"import sys, termbank; print({call}); print(*sys.modules)"
    environment = os.environ | {"TERMBANK_CACHE": str(tmp_path), "PYTHONUTF8": "1"}
    for _ in range(1 + warm):
        ran = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            encoding="utf-8",
            check=True,
            cwd=tmp_path,
            env=environment,
        )
    answer, loaded = ran.stdout.splitlines()
    assert "Syrskyi" in answer or "プーチン" in answer
    bare = subprocess.run(
        [sys.executable, "-c", "import sys; print(*sys.modules)"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    heavy = set(HEAVY.split()) - set(bare.stdout.split())
    assert not heavy & set(loaded.split())
    assert not warm or "csv" not in loaded.split()
