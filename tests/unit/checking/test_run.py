"""Files to findings."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import termbank
from termbank import Glossary, check, check_text
from termbank.errors import ConfigError, InputError

SERVER = Glossary.from_variants({"サーバー": ["サーバ"]}, lang="ja")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jp", "utf-16", "iso2022_jp"]
)
def test_places_do_not_depend_on_the_encoding(tmp_path, encoding):
    text = "一行目です。\r\n漢字とかなの二行目で、サーバが落ちた。\r\n"
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding))
    (one,) = check(path, glossary=SERVER)
    assert (one.line, one.column, one.span) == (2, 12, (19, 22))
    assert text[slice(*one.span)] == "サーバ"


def test_a_binary_file_is_a_finding_and_not_silence(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"\x00\x01\xff\xfe" * 50)
    (one,) = check([path], glossary=SERVER)
    assert one.code == "TB903"


def test_a_missing_file_is_an_error(tmp_path):
    with pytest.raises(InputError):
        check([tmp_path / "none.txt"], glossary=SERVER)


def test_an_empty_file_is_clean(tmp_path):
    path = tmp_path / "a.txt"
    path.touch()
    assert check([path], glossary=SERVER) == []


def test_without_a_glossary_the_check_says_so(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError, match="glossaries"):
        check_text("キエフ")


def test_rules_that_need_no_glossary_ask_for_none(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = "サーバーを止め、サーバーを直し、サーバを動かす。"
    assert [one.code for one in check_text(text, select=["TB2"])] == ["TB201"]
    with pytest.raises(ConfigError, match="glossaries"):
        check_text(text, select=["TB212"])


def test_an_unknown_code_names_the_known_ones():
    with pytest.raises(ConfigError, match="TB101"):
        check_text("サーバ", glossary=SERVER, select=["TB7"])


def test_select_and_ignore_take_beginnings():
    text = "サーバとクラウドサーバ"
    codes = [one.code for one in check_text(text, glossary=SERVER, select=["TB1"])]
    assert codes == ["TB101", "TB104"]
    rest = check_text(text, glossary=SERVER, select=["TB1"], ignore=["TB104"])
    assert [one.code for one in rest] == ["TB101"]


def test_an_earlier_glossary_decides():
    other = Glossary.from_variants({"サーバ": ["サーバー"]}, lang="ja")
    (one,) = check_text("サーバとサーバー", glossary=[other, SERVER])
    assert one.fix is not None
    assert one.fix.text == "サーバ"


def test_markup_is_no_prose(tmp_path):
    text = "# サーバ\n\n`サーバ` <b id='サーバ'>と</b>\n```\nサーバ\n```\n"
    (one,) = check_text(text, format="markdown", glossary=SERVER)
    assert one.line == 1


def test_a_hit_far_into_a_long_line_keeps_its_column():
    text = "長い文。" * 5000 + "サーバ"
    (one,) = check_text(text, glossary=SERVER)
    assert (one.line, one.column) == (1, 20001)


def test_lone_surrogates_and_controls_are_survived():
    assert check_text("\ud800\x00サーバ", glossary=SERVER)[0].span == (2, 5)


@pytest.mark.parametrize(
    "text", ["サーバーを使う。", "サーバを使う。", "クラウドサーバ"]
)
def test_neither_polars_nor_typing_is_paid_for(tmp_path, text):
    folder = tmp_path / "glossary"
    SERVER.write(folder)
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    heavy = {"polars", "rapidfuzz", "numpy", "tomllib"}
    if text != "クラウドサーバ":  # only there the dictionary is needed
        heavy |= {"sudachipy", "typing", "dataclasses", "importlib.metadata"}
    code = (
        "import sys; from termbank.cli import main;"
        "main(['check', '--glossary', 'glossary', 'a.txt']);"
        f"sys.exit(', '.join({heavy!r} & set(sys.modules)) or 0)"
    )
    # Without site, so that what other packages do at start is not ours.
    paths = [
        str(Path(termbank.__file__).parents[1]),
        *(p for p in sys.path if "site-" in p),
    ]
    run = subprocess.run([sys.executable, "-S", "-c", code], check=False, cwd=tmp_path,
        capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)})  # fmt: skip
    assert run.returncode == 0, run.stderr


def test_a_cache_half_gone_is_made_whole_again(tmp_path):
    folder, path = tmp_path / "glossary", tmp_path / "a.txt"
    SERVER.write(folder)
    path.write_text("サーバ", encoding="utf-8")
    assert len(check([path], glossary=folder)) == 1
    kept = Path(os.environ["TERMBANK_CACHE"])
    for name in (*kept.glob("*check-automaton-*"), *kept.glob("*check-targets-*")):
        name.unlink()
    assert len(check([path], glossary=folder)) == 1
    assert list(kept.glob("*check-automaton-*"))


def test_an_edited_glossary_is_seen_at_once(tmp_path):
    folder, path = tmp_path / "glossary", tmp_path / "a.txt"
    SERVER.write(folder)
    path.write_text("サーバとユーザ", encoding="utf-8")
    assert len(check([path], glossary=str(folder))) == 1
    both = {"サーバー": ["サーバ"], "ユーザー": ["ユーザ"]}
    Glossary.from_variants(both, lang="ja").write(folder)
    assert len(check([path], glossary=str(folder))) == 2


def test_exceptions_shield_like_right_forms(tmp_path):
    from termbank.config import CheckSettings, Settings

    kyiv = Glossary.from_variants({"キーウ": ["キエフ"]}, lang="ja")
    path = tmp_path / "a.txt"
    path.write_text("キエフ大公国とキエフ", encoding="utf-8")
    table = CheckSettings(exceptions=(("キエフ", ("キエフ大公国",)),))
    found = check(path, glossary=kyiv, settings=Settings(check=table))
    assert [tuple(one.span) for one in found] == [(7, 10)]
    assert len(check(path, glossary=kyiv)) == 2


def test_across_files_the_majority_wins(tmp_path):
    for name, word in (("a", "サーバー"), ("b", "サーバー"), ("c", "サーバ")):
        (tmp_path / f"{name}.md").write_text(f"{word}を止める。", encoding="utf-8")
    found = check(tmp_path, select=["TB202"])
    assert [(one.path[-4:], one.fix.text) for one in found] == [("c.md", "サーバー")]


def test_a_glossary_finding_names_the_line(tmp_path):
    folder = tmp_path / "glossary"
    Glossary.from_variants({"乙": ["甲"], "丁": ["丙"]}, lang="ja").write(folder)
    text = (folder / "terms.csv").read_text(encoding="utf-8")
    (folder / "terms.csv").write_text(text.replace("丙", "乙"), encoding="utf-8")
    found = check([], glossary=str(tmp_path / "glossary"), select=["TB4"])
    terms = (
        (tmp_path / "glossary" / "terms.csv").read_text(encoding="utf-8").splitlines()
    )
    assert {one.code for one in found} == {"TB401", "TB402"}
    for one in found:
        assert one.path.endswith("terms.csv")
        assert one.concept_id in terms[one.line - 1]


def test_a_second_run_needs_no_dictionary(tmp_path):
    SERVER.write(tmp_path / "glossary")
    (tmp_path / "a.txt").write_text(
        "クラウドサーバとサーバルキャット", encoding="utf-8"
    )
    code = (
        "import sys; from termbank.cli import main;"
        "main(['check', '--glossary', 'glossary', 'a.txt']);"
        "print('sudachipy' in sys.modules)"
    )

    def run():
        return subprocess.run([sys.executable, "-c", code], check=False, cwd=tmp_path,
            capture_output=True, encoding="utf-8").stdout  # fmt: skip

    first, second = run(), run()
    assert first.endswith("True\n")
    assert second == first.replace("True\n", "False\n")


def test_a_fault_of_a_glossary_file_names_the_line_of_its_row(tmp_path):
    path = tmp_path / "glossary.txt"
    path.write_text(
        "server\tサーバー\nfolder\tフォルダー\nserver\tサーバー\n", encoding="utf-8"
    )
    found = check([], glossary=path, select=["TB403"])
    assert {one.line for one in found} == {3}
