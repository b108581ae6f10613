"""Mixed spellings of ordinary text."""

from termbank.reconciliation.mixtures import mixtures


def test_an_auxiliary_in_kana_beside_the_verb_in_kanji_is_no_mixture():
    found = mixtures(["駅まで行ってみる。絵を見る。時間が来る。暖かくなってくる。"])
    assert found == []


def test_loanwords_and_adverbs_are_mixed():
    found = mixtures(["例えばサーバーが止まる。たとえばサーバが止まる。"])
    assert {form for mixture in found for form, _ in mixture.forms} == {
        "例えば", "たとえば", "サーバー", "サーバ",
    }  # fmt: skip
