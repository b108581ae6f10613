"""A glossary on a team's store: look-up, check, edits; settings name no server."""

import pytest

from termbank import Glossary, check_text, lookup
from termbank.config import settings
from termbank.errors import ConfigError, ConflictError, StoreError
from termbank.stores import migrations, open_store, sqlite_store

NAMES = Glossary.from_variants({"キーウ": ["キエフ"], "停戦": []}, lang="ja")


@pytest.fixture
def machine(address, tmp_path, monkeypatch):
    """Become a machine of that name: its copy is its own."""
    open_store(address, create=True).close()
    monkeypatch.setattr("termbank.glossary.team_glossary.FRESH", 0.0)

    def become(name):
        monkeypatch.setenv("TERMBANK_CACHE", str(tmp_path / name))

    become("a")
    return become


def test_a_glossary_comes_back_as_it_was_written(machine, address):
    NAMES.write(address)
    machine("b")
    assert Glossary.read(address) == NAMES
    NAMES.write(address)  # once more changes nothing
    assert open_store(address).entries()[0] == 1


def test_look_up_and_check_follow_the_store(machine, address):
    assert lookup("キエフ", glossary=address) == []
    NAMES.write(address)
    machine("b")
    assert lookup("キエフ", glossary=address)[0].preferred == "キーウ"
    (finding,) = check_text("キエフで会談した。", glossary=address, select=["TB101"])
    assert finding.fix.text == "キーウ"
    machine("a")
    Glossary.read(address).reject("キエフ").write(address)
    machine("b")
    assert check_text("キエフで会談した。", glossary=address, select=["TB101"]) == []


def test_edits_of_different_concepts_both_stay(machine, address):
    NAMES.write(address)
    first, second = Glossary.read(address), Glossary.read(address)
    first.prefer("キエフ").write(address)
    second.reject("停戦").write(address)
    both = Glossary.read(address)
    assert both.terms["form"].to_list() == ["キエフ", "キーウ"]
    assert "キエフ" in both.terms.filter(status="preferred")["form"].to_list()


def test_an_edit_of_what_others_changed_is_a_conflict_with_both_versions(
    machine, address
):
    NAMES.write(address)
    first, second = Glossary.read(address), Glossary.read(address)
    first.prefer("キエフ").write(address)
    with pytest.raises(ConflictError) as fault:
        second.reject("キエフ").write(address)
    conflict = next(c for c in fault.value.conflicts if c.write.kind == "concept")
    forms = {
        side: {row[2] for row in tables["terms"]}
        for side, tables in (
            ("mine", conflict.write.tables),
            ("theirs", conflict.stored.tables),
        )
    }
    assert forms == {"mine": {"キーウ"}, "theirs": {"キーウ", "キエフ"}}
    assert "\n" not in str(fault.value)


def test_a_copy_that_somebody_edited_is_made_anew(machine, address):
    NAMES.write(address)
    from termbank.glossary.shipped import place_of

    folder = place_of(address)
    with open(f"{folder}/terms.csv", "a", encoding="utf-8") as file:
        file.write("broken\n")
    assert Glossary.read(place_of(address)) == NAMES


def test_settings_of_a_repository_name_no_server(tmp_path):
    (tmp_path / "termbank.toml").write_text(
        'glossaries = ["postgresql://u:hunter2@evil.example/x"]', "utf-8"
    )
    with pytest.raises(ConfigError) as fault:
        settings(str(tmp_path))
    assert "hunter2" not in str(fault.value)
    assert "evil" not in str(fault.value)


def test_the_environment_names_one(machine, address, tmp_path, monkeypatch):
    NAMES.write(address)
    monkeypatch.chdir(tmp_path)
    assert check_text_forms("キエフで会談した。") is None
    monkeypatch.setenv("TERMBANK_GLOSSARY", address)
    assert check_text_forms("キエフで会談した。") == "キーウ"


def check_text_forms(text):
    try:
        (finding,) = check_text(text, select=["TB101"])
    except ConfigError:
        return None
    return finding.fix.text


def test_a_store_that_is_not_there_is_one_line(machine, tmp_path):
    with pytest.raises(StoreError, match="termbank store init"):
        lookup("停戦", glossary=f"sqlite://{tmp_path}/absent.db")


@pytest.mark.parametrize("layout", range(1, len(migrations.SQLITE)))
def test_an_older_file_is_brought_up_to_date(tmp_path, monkeypatch, layout):
    address, whole = f"sqlite://{tmp_path / 'team.db'}", migrations.SQLITE
    monkeypatch.setattr(sqlite_store, "SQLITE", whole[:layout])
    old = open_store(address, create=True)
    NAMES.write(address)
    monkeypatch.setattr(sqlite_store, "SQLITE", whole)
    with pytest.raises(StoreError, match="termbank store init"):
        open_store(address)
    new = open_store(address, create=True)
    assert new.identity == old.identity
    assert Glossary.read(address) == NAMES
    monkeypatch.setattr(sqlite_store, "SQLITE", whole[:layout])
    with pytest.raises(StoreError, match="newer"):
        open_store(address)
