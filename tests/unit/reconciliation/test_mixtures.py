"""Mixed spellings of ordinary text."""

from termbank.reconciliation.relations.inconsistent_spellings import mixtures


def test_an_auxiliary_in_kana_beside_the_verb_in_kanji_is_no_mixture():
    found = mixtures(["駅まで行ってみる。絵を見る。時間が来る。暖かくなってくる。"])
    assert found == []


def test_loanwords_and_adverbs_are_mixed():
    found = mixtures(["例えばサーバーが止まる。たとえばサーバが止まる。"])
    assert {form for mixture in found for form, _ in mixture.forms} == {
        "例えば", "たとえば", "サーバー", "サーバ",
    }  # fmt: skip


def test_pieces_of_names_and_compounds_count_and_say_what_is_mixed_once():
    found = mixtures(
        [
            "ヴィニシウス・ジュニオールが先制し、ビニシウスは笑った。",
            "問い合わせ先はこちら。問合せは平日のみ。",
            "メモリブロックとメモリーブロック。",
        ]
    )
    assert {frozenset(form for form, _ in mixture.forms) for mixture in found} == {
        frozenset({"ヴィニシウス", "ビニシウス"}),
        frozenset({"問い合わせ", "問合せ"}),
        frozenset({"メモリ", "メモリー"}),
    }


def test_a_middle_dot_is_said_though_the_pieces_are_the_same():
    (found,) = mixtures(["ソース・ディレクトリとソースディレクトリ"])
    assert len(found.forms) == 2
