"""The majority is that of all texts; a word is reported once, by one rule."""

from termbank import Glossary, check, check_text
from termbank.checking.options import Options


def findings(tmp_path, texts, select):
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    paths = [tmp_path / name for name in texts]
    return [
        (one.code, one.path[-5:], one.fix.text) for one in check(paths, select=select)
    ]


def test_a_text_that_mixes_follows_the_majority_of_all_texts(tmp_path):
    texts = {
        "a.txt": "サーバーを買う。サーバーを置く。サーバーを売る。",
        "b.txt": "サーバを見る。サーバを直す。サーバーを運ぶ。",
    }
    found = findings(tmp_path, texts, ["TB201", "TB202"])
    assert found == [("TB201", "b.txt", "サーバー")] * 2


def test_a_text_with_the_minority_alone_is_told_by_the_other_rule(tmp_path):
    texts = {"a.txt": "サーバーを買う。サーバーを置く。", "b.txt": "サーバを見る。"}
    assert findings(tmp_path, texts, ["TB2"]) == [("TB202", "b.txt", "サーバー")]


def test_a_compound_and_its_part_are_reported_once(tmp_path):
    texts = {"a.txt": "ウェブサーバーとサーバー。ウェブサーバーとウェブサーバ。"}
    assert len(findings(tmp_path, texts, ["TB201"])) == 1


def test_of_a_compound_and_its_part_the_part_is_reported():
    text = "ウェブサーバーを使う。ウェブサーバーと言う。サーバーを止める。ウェブサーバを見る。"
    found = check_text(text, glossary=Glossary(), select=["TB201"])
    assert [text[slice(*one.span)] for one in found] == ["サーバ"]


def test_grammar_is_no_second_spelling(tmp_path):
    texts = {
        "a.txt": "食べてみる。飲んでみる。地図を見る。大切でない。金が無い。暇が無い。"
        "規則に従う。決まりに従う。したがって、動く。したがって、止まる。したがって、直る。"
        "名前（キー）を書く。名前を読む。事を起こす。行くことにする。歩くことにした。"
    }
    assert findings(tmp_path, texts, ["TB206"]) == []


def test_letter_case_follows_the_majority_of_all_texts(tmp_path):
    texts = {
        "a.txt": "JavaScriptを書く。JavaScriptで動く。GitHubを見る。GitHubに置く。",
        "b.txt": "Javascriptを読む。Githubで探す。JAVASCRIPT github",
    }
    assert findings(tmp_path, texts, ["TB209"]) == [
        ("TB209", "b.txt", "JavaScript"),
        ("TB209", "b.txt", "GitHub"),
    ]


def test_the_glossary_decides_about_letter_case(tmp_path):
    (tmp_path / "a.txt").write_text("Iphoneで見る。Iphoneで聞く。", encoding="utf-8")
    glossary = Glossary.from_variants({"iPhone": ["アイフォン"]}, lang="ja")
    found = check([tmp_path / "a.txt"], glossary=glossary, select=["TB209"])
    assert [one.fix.text for one in found] == ["iPhone", "iPhone"]


def test_a_policy_for_spaces_holds_against_the_majority(tmp_path):
    (tmp_path / "a.txt").write_text("APIを呼ぶ。URLを開く。", encoding="utf-8")
    found = check(
        [tmp_path / "a.txt"], select=["TB213"], options=Options(spacing="space")
    )
    assert [one.fix.text for one in found] == [" ", " "]
