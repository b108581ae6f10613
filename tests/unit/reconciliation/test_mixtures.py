"""Mixed spellings of ordinary text."""

import pytest

from termbank.cli import main
from termbank.reconciliation.relations.inconsistent_spellings import mixtures


def found(*texts: str) -> set[frozenset[str]]:
    return {frozenset(form for form, _ in mixture.forms) for mixture in mixtures(texts)}


@pytest.mark.parametrize(
    "text",
    [
        # Grammar settles the spelling of one of the two uses.
        "駅まで行ってみる。絵を見る。時間が来る。暖かくなってくる。",
        "重要でない。必要でない。時間が無い。やる気が無い。",
        "彼の言うことを聞く。パイソンという言語。",
        "物を運ぶ。大切なものは何か。書いたものを読む。",
        "手順に従う。規則に従う。したがって、動く。したがって、止まる。",
        "図の通りに並べる。言われたとおりだ。通りを歩く。",
        # Native words with kanji by sense, and kana that may be either.
        "費用を抑える。ボタンを押さえる。",
        "坂を上る。山に登る。壁を超える。峠を越える。",
        "祖父が亡くなる。物がなくなる。",
        "町へ行く。街へ行く。線を引く。目を惹く。",
        "すみません。ここには住みません。水が澄みません。",
        # Words of one original and two senses.
        "マイクロな視点とミクロな最適化。マイクロな処理。",
        # Glosses, readings, symbols, other words.
        "名前（キー）を書く。名前を読む。",
        "20℃になる。温度は20度だ。",
        "斧と戦斧。女の子と女子。米国とアメリカ。日本とジャパン。",
        "文字が使える。文字を使う。本が読める。本を読む。",
        "回答を待つ。解答を見る。保証する。保障する。",
        "第一審と第二審。財務相と財務省。",
        # Letter case of headings, commands and identifiers.
        "GITHUBとgithubとGitHub。MyComponentとmyComponent。",
    ],
)
def test_two_words_and_two_uses_are_no_mixture(text):
    assert found(text) == set()


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("サーバーが止まる。サーバの電源。", {"サーバー", "サーバ"}),
        ("例えば動く。たとえば止まる。", {"例えば", "たとえば"}),
        ("会議を行う。会議を行なう。", {"行う", "行なう"}),
        ("取り扱いに注意。取扱いを変える。", {"取り扱い", "取扱い"}),
        ("附属の品。付属の品。", {"附属", "付属"}),
        ("全てを見る。すべてを読む。", {"全て", "すべて"}),
        ("GitHubで書く。GitHubを見る。Githubを使う。", {"GitHub", "Github"}),
        ("Reactで書く。Reactを使う。リアクトで書く。", {"React", "リアクト"}),
        ("ブラウザーを使う。ブラウザーーで閉じる。", {"ブラウザー", "ブラウザーー"}),
    ],
)
def test_spellings_of_one_word_are_mixed(text, forms):
    assert frozenset(forms) in found(text)


def test_pieces_of_names_and_compounds_count_and_say_what_is_mixed_once():
    assert found(
        "ヴィニシウス・ジュニオールが先制し、ビニシウスは笑った。",
        "問い合わせ先はこちら。問合せは平日のみ。",
        "メモリブロックとメモリーブロック。",
    ) == {
        frozenset({"ヴィニシウス", "ビニシウス"}),
        frozenset({"問い合わせ", "問合せ"}),
        frozenset({"メモリ", "メモリー"}),
    }


def test_a_middle_dot_is_said_though_the_pieces_are_the_same():
    (mixture,) = mixtures(["ソース・ディレクトリとソースディレクトリ"])
    assert len(mixture.forms) == 2


def test_the_majority_is_that_of_all_texts_together():
    few = "サーバを直す。サーバを見る。サーバーも。"
    (mixture,) = mixtures([few, "サーバーとサーバー。サーバー。"])
    assert mixture.forms == (("サーバー", 4), ("サーバ", 2))
    assert mixture.places[1] == ((0, 0), (0, 7))


def test_places_are_files_and_lines_on_request(tmp_path, capsys):
    (tmp_path / "a.md").write_text("サーバーとサーバー。\n", encoding="utf-8")
    (tmp_path / "b.md").write_text("# 題\n\nサーバを直す。\n", encoding="utf-8")
    assert main(["variants", str(tmp_path), "--places"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "サーバー(2) サーバ(1)"
    assert lines[1].strip() == f"サーバ: {tmp_path / 'b.md'}:3"


def test_the_reading_of_a_ruby_base_is_no_spelling(tmp_path, capsys):
    path = tmp_path / "a.md"
    ruby = "<ruby>瑣末<rp>(</rp><rt>さまつ</rt><rp>)</rp></ruby>な実装。\n"
    path.write_text(ruby, encoding="utf-8")
    assert main(["variants", str(path)]) == 0
    assert capsys.readouterr().out == ""
