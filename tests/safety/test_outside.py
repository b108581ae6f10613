"""Nothing outside of a repository is read or changed because the repository says so."""

import os
import stat
import subprocess

import pytest

from termbank import Glossary, check
from termbank.checking.files.baseline import read as read_baseline
from termbank.cli import main
from termbank.config import settings
from termbank.errors import ConfigError, InputError, TermbankError
from termbank.isolation.project_root import TRUSTED_VARIABLE, is_outside, leads_out
from termbank.reconciliation.relations.relation_tables import load

RULES = Glossary.from_variants({"サーバー": ["サーバ"]}, lang="ja")
PRIVATE = "root:x:0:0:秘密"


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A repository with a glossary, and a file outside of it."""
    folder = tmp_path / "work"
    (folder / ".git").mkdir(parents=True)
    RULES.write(folder / "glossary")
    (folder / "termbank.toml").write_text('glossaries = ["glossary"]\n')
    (folder / "a.md").write_text("サーバを使う。\n", encoding="utf-8")
    (tmp_path / "secret").write_text(f"{PRIVATE}\n", encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def link(path, to):
    path.unlink(missing_ok=True)
    path.symlink_to(to)


def test_links_within_a_repository_are_followed(repository):
    (repository / "shared").mkdir()
    (repository / "glossary" / "terms.csv").rename(repository / "shared" / "terms.csv")
    link(repository / "glossary" / "terms.csv", "../shared/terms.csv")
    link(repository / "b.md", "a.md")
    assert [found.path for found in check(["a.md", "b.md"])] == ["a.md", "b.md"]


def test_without_a_repository_links_go_where_their_owner_likes(tmp_path):
    (tmp_path / "real.md").write_text("サーバ\n", encoding="utf-8")
    (tmp_path / "docs").mkdir()
    link(tmp_path / "docs" / "a.md", "../real.md")
    assert len(check([tmp_path / "docs"], glossary=RULES)) == 1


@pytest.mark.parametrize("name", ["terms.csv", "concepts.csv"])
def test_a_linked_glossary_file_is_refused_unread(repository, name, capsys):
    link(repository / "glossary" / name, "../../secret")
    for words in (
        ["check", "a.md"],
        ["check", "--glossary", "glossary", "a.md"],
        ["check", "--glossary-only"],
        ["lookup", "サーバ"],
        ["export", "glossary", "-o", "out.tbx"],
    ):
        code = main(words)
        shown = capsys.readouterr()
        assert PRIVATE not in shown.out + shown.err
        assert "root:x" not in shown.out + shown.err
        assert code == 2, words
    with pytest.raises(InputError):
        Glossary.read(repository / "glossary")


def test_a_linked_folder_file_baseline_or_setting_is_refused(repository, tmp_path):
    outside = tmp_path / "outside"
    RULES.write(outside)
    (outside / "base.json").write_text('{"version": 1, "files": {}}')
    (outside / "termbank.toml").write_text('glossaries = ["glossary"]\n')
    link(repository / "linked", outside)
    link(repository / "base.json", outside / "base.json")
    for line in (
        'glossaries = ["linked"]',
        f"glossaries = ['{outside}']",
        'glossaries = ["../outside"]',
        '[check]\nbaseline = "base.json"',
        '[check]\nbaseline = "../outside/base.json"',
    ):
        (repository / "termbank.toml").write_text(line + "\n")
        with pytest.raises(ConfigError, match="outside of the repository"):
            settings(str(repository))
    with pytest.raises(InputError):
        read_baseline(str(repository / "base.json"))
    (repository / "termbank.toml").unlink()
    with pytest.raises(InputError):
        check(["a.md"], glossary=str(repository / "linked"))
    link(repository / "termbank.toml", outside / "termbank.toml")
    with pytest.raises(ConfigError, match="a link out of the repository"):
        settings(str(repository))


def test_a_trusted_folder_may_be_used_from_anywhere(repository, tmp_path, monkeypatch):
    RULES.write(tmp_path / "house")
    (repository / "termbank.toml").write_text('glossaries = ["../house"]\n')
    monkeypatch.setenv(TRUSTED_VARIABLE, str(tmp_path / "house"))
    assert len(check(["a.md"])) == 1
    assert is_outside(str(tmp_path / "houses"), str(repository))


def test_a_linked_text_is_named_and_neither_read_nor_fixed(
    repository, tmp_path, capsys
):
    target = tmp_path / "mine.md"
    target.write_text("サーバは私の。\n", encoding="utf-8")
    link(repository / "b.md", target)
    assert main(["check", "--fix", "."]) == 2
    shown = capsys.readouterr()
    assert "b.md" in shown.out
    assert "私の" not in shown.out
    assert target.read_text(encoding="utf-8") == "サーバは私の。\n"
    assert "サーバー" in (repository / "a.md").read_text(encoding="utf-8")


def test_linked_relation_tables_are_refused_and_broken_ones_named(repository, tmp_path):
    tables = repository / "relations"
    tables.mkdir()
    link(tables / "synonyms.csv", "../../secret")
    with pytest.raises(InputError) as refused:
        load(tables)
    assert "root:x" not in str(refused.value)
    (tables / "synonyms.csv").unlink()
    for content in (b"left,right\n\xff,b\n", b"left,right\na\0,b\n", b'l,r\n"a', b"\n"):
        (tables / "synonyms.csv").write_bytes(content)
        if content != b"\n":
            with pytest.raises(TermbankError, match=r"synonyms\.csv"):
                load(tables)


def test_odd_things_in_a_folder_are_named_and_the_rest_is_checked(tmp_path):
    good = tmp_path / "z.md"
    good.write_text("サーバ\n", encoding="utf-8")
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "dangling.md").symlink_to("nowhere")
    (tmp_path / "loop.md").symlink_to("loop.md")
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "null.md").symlink_to("/dev/null")
    found = check([tmp_path], glossary=RULES)
    codes = {os.path.basename(one.path): one.code for one in found}
    assert codes == {
        "z.md": "TB101",
        "pipe.md": "TB903",
        "dangling.md": "TB903",
        "loop.md": "TB903",
        "null.md": "TB903",
    }


@pytest.mark.skipif(os.getuid() == 0, reason="root may read everything")
def test_an_unreadable_folder_is_named(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(0)
    found = check([tmp_path], glossary=RULES)
    closed.chmod(stat.S_IRWXU)
    assert [one.path for one in found] == [str(closed)]


def test_a_pipe_of_the_shell_is_read(tmp_path):
    RULES.write(tmp_path / "g")
    script = f"termbank check --glossary {tmp_path / 'g'} <(echo サーバ)"
    program = 'termbank() { python -P -m termbank "$@"; }; '
    ran = subprocess.run(
        ["bash", "-c", program + script], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1, ran.stderr
    assert "TB101" in ran.stdout


def test_paths_without_links_lead_nowhere(repository):
    assert not leads_out(str(repository / "a.md"))
    assert not leads_out(str(repository / "absent.md"))
