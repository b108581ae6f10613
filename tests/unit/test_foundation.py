"""Values, messages, cache, errors and plug-ins: what every other module leans on."""

import os
import pickle

import polars as pl
import pytest

from termbank import cache, cli, errors, messages, registry, schemas
from termbank.types import Entry, Finding, Hit, Span


def test_values_are_tuples_with_names_defaults_and_methods():
    hit = Hit(3, 6, "キーウ", "0" * 12, "キーウ", "preferred")
    assert hit == (3, 6, "キーウ", "0" * 12, "キーウ", "preferred")
    assert hit.span == Span(3, 6)
    assert Finding("TB101", Span(0, 1), "x").fix is None
    assert pickle.loads(pickle.dumps(hit)) == hit  # noqa: S301
    with pytest.raises(TypeError):
        Entry()


@pytest.mark.parametrize(
    ("chosen", "locale", "said"),
    [
        ("ja", "en_US.UTF-8", "用語"),
        ("en", "ja_JP.UTF-8", "term"),
        ("", "ja_JP.UTF-8", "用語"),
        ("", "en_GB.UTF-8", "term"),
        ("", "C", "用語 (term)"),
        ("", "", "用語 (term)"),
        ("fr", "C", "用語 (term)"),
    ],
)
def test_the_flag_beats_the_locale(monkeypatch, chosen, locale, said):
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(variable, locale)
    monkeypatch.setenv(messages.MESSAGES_VARIABLE, chosen)
    assert messages.say("用語", "term") == said


def test_the_cache_gives_back_what_was_stored_and_nothing_else(tmp_path, monkeypatch):
    monkeypatch.setenv("TERMBANK_CACHE", str(tmp_path))
    value = {"キーウ": ("Kyiv", 3), "bytes": b"\x00\xff"}
    assert cache.load("index-1", "key") is None
    cache.store("index-1", "key", value)
    assert cache.load("index-1", "key") == value
    assert cache.load("index-1", "other") is None
    (stored,) = tmp_path.iterdir()
    content = bytearray(stored.read_bytes())
    content[-1] ^= 1
    stored.write_bytes(content)
    assert cache.load("index-1", "key") is None
    stored.write_bytes(content[:7])
    assert cache.load("index-1", "key") is None


def test_the_cache_forgets_the_oldest(tmp_path, monkeypatch):
    monkeypatch.setenv("TERMBANK_CACHE", str(tmp_path))
    for number in range(cache.KEPT_FILES + 5):
        cache.store("index-1", str(number), number)
    assert len(list(tmp_path.iterdir())) == cache.KEPT_FILES


def test_without_a_place_for_the_cache_nothing_is_said(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("TERMBANK_CACHE", str(tmp_path / "file" / "below"))
    cache.store("index-1", "key", 1)
    assert cache.load("index-1", "key") is None


def test_a_signature_sees_size_and_time(tmp_path):
    path = tmp_path / "terms.csv"
    path.write_text("a")
    first = cache.signature([str(path)])
    assert first == cache.signature([str(path)])
    os.utime(path, ns=(1, 1))
    assert cache.signature([str(path)]) != first
    assert "absent" in cache.signature([str(tmp_path / "none")])


def test_an_error_says_place_fault_and_remedy_in_one_line(monkeypatch):
    monkeypatch.setenv("TERMBANK_MESSAGES", "en")
    error = errors.FormatError("a.csv", 3, "4 fields", "5 fields", column=2)
    assert str(error) == "a.csv:3:2: found 4 fields; expected 5 fields"
    assert (error.path, error.line, error.column) == ("a.csv", 3, 2)
    assert isinstance(error, errors.InputError)
    assert isinstance(error, errors.TermbankError)


def test_a_name_nobody_offers_lists_who_is_known():
    with pytest.raises(errors.PluginError, match="sudachi"):
        registry.Point("tokenisers", {"sudachi": "termbank.tokenise"}).find("mecab")
    assert (
        registry.Point("x", {"say": "termbank.messages:say"}).find("say")
        is messages.say
    )


def test_a_frame_is_cast_completed_and_refused_with_every_fault():
    frame = pl.DataFrame(
        {"lang": ["ja"], "action": ["same"], "left": ["キーウ"], "right": ["キエフ"]}
    )
    assert schemas.check_frame(schemas.Decisions, frame, "x").columns == [
        "lang",
        "action",
        "left",
        "right",
        "who",
        "when",
        "why",
    ]
    with pytest.raises(errors.SchemaError) as caught:
        schemas.check_frame(schemas.Decisions, frame.drop("left", "action"), "d.csv")
    action, left = caught.value.faults
    assert "column action is absent" in action
    assert "column left is absent" in left
    with pytest.raises(errors.SchemaError):
        schemas.check_frame(
            schemas.Decisions, frame.with_columns(action=pl.lit("marry")), "d.csv"
        )


@pytest.mark.parametrize("words", [[], ["--no-such"], ["nonsense"]])
def test_wrong_usage_is_exit_2(words, capsys):
    try:
        code = cli.main(words)
    except SystemExit as stop:
        code = stop.code
    assert code == cli.EXIT_USAGE
    assert "termbank" in capsys.readouterr().err


def test_a_fault_of_ours_is_exit_3_without_a_traceback(monkeypatch, capsys):
    monkeypatch.delenv("TERMBANK_TRACEBACK", raising=False)
    monkeypatch.setattr(cli, "_run", lambda _words: 1 / 0)
    assert cli.main(["lookup"]) == cli.EXIT_FAULT
    said = capsys.readouterr().err
    assert "ZeroDivisionError" in said
    assert "Traceback" not in said


def test_every_command_has_a_module_and_help(capsys):
    for name in cli.COMMANDS:
        with pytest.raises(SystemExit) as stop:
            cli.main([name, "--help"])
        assert stop.value.code == 0
        assert f"termbank {name}" in capsys.readouterr().out
