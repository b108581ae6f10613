"""A wrong argument of a public function is named, with what would be right."""

import polars as pl
import pytest

import termbank
from termbank import Glossary, Memory
from termbank.errors import InputError, TermbankError

GLOSSARY = Glossary.from_variants({"サーバー": ["サーバ"]}, lang="ja")
FRAME = pl.DataFrame({"source": ["停戦"], "target": ["ceasefire"]})
PAIRS = [("停戦", "ceasefire")]


class Pandas:
    """A frame of another library, as far as its module and columns tell."""

    columns = ("source", "target")

    def __iter__(self):
        return iter(self.columns)


Pandas.__module__ = "pandas.core.frame"
MISTAKES = {
    "lookup": [
        (None,),
        (3,),
        (["停戦"],),
        (b"x",),
        ("停戦", {"to": "jp"}),
        ("停戦", {"to": 3}),
        ("停戦", {"limit": "5"}),
        ("停戦", {"at_least": "x"}),
        ("停戦", {"glossary": 3}),
        ("停戦", {"glossary": FRAME}),
        ("停戦", {"glossary": {"停戦": "truce"}}),
        ("停戦", {"glossary": [GLOSSARY, 3]}),
    ],
    "scan": [(None,), (3,), (["停戦"],), ("停戦", {"lang": "japanese"}), ("停戦", {"glossary": 3})],
    "check_text": [
        (None, {"glossary": GLOSSARY}),
        (["a"], {"glossary": GLOSSARY}),
        ("a", {"glossary": 3}),
        ("a", {"glossary": GLOSSARY, "select": "TB101"}),
        ("a", {"glossary": GLOSSARY, "select": 3}),
    ],
    "compare": [("a", "b"), (None, ["b"]), (["a"], None), (1, 2), (["a"], [1])],
    "rank_spellings": [("キーウ", "Syrskyi"), (None, ["Kyiv"]), ("キーウ", None), ("キーウ", [1])],
    "best_spelling": [(["キーウ"], "Kyiv"), ("キーウ", None)],
    "reconcile": [("abc",), (None,), (3,), ([1, 2],), (Pandas(),), (["a"], "glossary")],
    "mine": [(None,), (3,), ([3],), (b"x",), (Pandas(),)],
    "candidates": [(["停戦"],), (None,)],
    "mine_pairs": [(None,), ("a",), (3,), ([("a",)],), (Pandas(),), (PAIRS, {"at_least": "x"})],
    "match_names": [(None,), (PAIRS, {"at_least": "x"})],
    "align": [(None, "b"), (["a"], ["b"]), ("a", "b", {"lang": 3}), ("a", "b", {"to": "jp"})],
    "segment": [(None,), (["a"],), ("a", {"lang": 3}), ("a", {"rules": 3})],
    "suggest": [(None,), ("停戦", {"memory": 3}), ("停戦", {"limit": "x"}), ("停戦", {"lang": "jp"})],
    "Glossary": [("terms.csv",), (Pandas(),), (None, None, [1])],
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "call"),
    [(name, call) for name, calls in MISTAKES.items() for call in calls],
)
def test_a_mistake_raises_an_error_that_names_the_argument(name, call):
    options = call[-1] if isinstance(call[-1], dict) else {}
    given = call[:-1] if options else call
    with pytest.raises(TermbankError) as caught:
        getattr(termbank, name)(*given, **options)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("method", "call", "options"),
    [
        ("add", (None,), {}),
        ("add", (3,), {}),
        ("add", (Pandas(),), {}),
        ("add", ({"a": "b"},), {}),
        ("add", (FRAME,), {"lang": 3}),
        ("search", (None,), {}),
        ("search", (["a"],), {}),
        ("search", ("a",), {"limit": "x"}),
        ("search", ("a",), {"at_least": "x"}),
        ("search", ("a",), {"lang": 3}),
        ("search_many", ("abc",), {}),
        ("search_many", ([1],), {}),
        ("concordance", (None,), {}),
        ("delete", ("abc",), {}),
        ("export", (3,), {}),
        ("replace", (3,), {"source": "a"}),
    ],
)
def test_a_memory_names_wrong_arguments(tmp_path, method, call, options):
    with Memory.open(tmp_path / "tm") as memory, pytest.raises(InputError):
        getattr(memory, method)(*call, **options)


@pytest.mark.parametrize("path", [None, 3, b"x", GLOSSARY])
def test_paths_are_paths(path):
    for call in (Glossary.read, Memory.open, GLOSSARY.write, GLOSSARY.export):
        with pytest.raises(InputError, match="path"):
            call(path)


@pytest.mark.parametrize(
    ("mapping", "lang"),
    [
        (None, "ja"),
        ([("a", "b")], "ja"),
        ({"a": [3]}, "ja"),
        ({"a": ["b"]}, "jp"),
        ({"a": ["b"]}, None),
    ],
)
def test_variants_are_a_mapping_to_lists_in_a_language(mapping, lang):
    with pytest.raises(InputError):
        Glossary.from_variants(mapping, lang=lang)


def test_an_article_is_no_glossary_and_a_typing_error_no_memory(tmp_path):
    text = tmp_path / "article.txt"
    text.write_text("停戦で合意した。\n大統領は述べた。\n", encoding="utf-8")
    with pytest.raises(InputError, match="TAB"):
        Glossary.read(text)
    with pytest.raises(TermbankError, match="typo"):
        Memory.open(tmp_path / "typo", read_only=True)
