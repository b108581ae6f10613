"""What must hold for every text and every rule list."""

from hypothesis import given, settings
from hypothesis import strategies as st

from termbank import Glossary, check_text
from termbank.checking.engine import compiled_rules as books
from termbank.checking.engine.boundary_classifier import standing
from termbank.checking.engine.raw_hits import bare_hits, raw_hits
from termbank.checking.engine.word_context import Words
from termbank.glossary.light_rows import TermRow
from termbank.text.markup import FORMATS

# Few letters, so that forms meet, nest and overlap.
LETTERS = st.sampled_from("サーバエラ側ロa。\n")
FORMS = st.text(st.sampled_from("サーバエラ側ロa"), min_size=1, max_size=4)
TEXTS = st.text(LETTERS, max_size=40)
WORDS = Words()


def row(form: str, status: str, concept: str = "c") -> TermRow:
    return TermRow(
        concept, "term", "", "ja", form, "", status, "spelling", "", "", "", ""
    )


def leftmost_longest(text: str, targets: set[str], shields: set[str]):
    """The obvious way: at each place the longest form wins, and nothing overlaps."""
    at, found = 0, []
    forms = sorted(targets | shields, key=len, reverse=True)
    while at < len(text):
        form = next((one for one in forms if text.startswith(one, at)), None)
        if form is None:
            at += 1
            continue
        if form in targets:
            found.append((at, at + len(form), form))
        at += len(form)
    return found


@given(TEXTS, st.sets(FORMS, max_size=6), st.sets(FORMS, max_size=6))
def test_raw_hits_are_leftmost_longest(text, bad, good):
    bad -= good
    rows = [row(form, "deprecated") for form in sorted(bad)]
    rows += [row(form, "admitted") for form in sorted(good)]
    book = books.compile_rules([rows])
    content = text.encode()
    hits = [
        (len(content[:start].decode()), len(content[:end].decode()),
         book.rest.targets[number].form)
        for start, end, number in raw_hits(content, book, bare_hits(content, book))
    ]  # fmt: skip
    assert hits == leftmost_longest(text, bad, good)


@given(TEXTS, st.sampled_from(["サーバ", "エラ", "側", "ロ", "a"]))
def test_a_judgement_skips_lines_and_changes_no_other_hit(text, form):
    book = books.compile_rules([[row(form, "deprecated")]])
    bare = bare_hits(text.encode(), book)
    content = text.encode()

    def all_stand(_content: bytes, _start: int, _end: int, _number: int) -> str:
        return "free"

    assert list(raw_hits(content, book, bare, all_stand)) == list(
        raw_hits(content, book, bare)
    )


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("サーバエラメモリのにAb1側面。"), max_size=12),
       st.text(st.sampled_from("ーァィンュサバのAb1側面。"), max_size=12))  # fmt: skip
def test_no_hit_before_a_long_vowel_or_small_kana(before, after):
    text = f"{before}サーバ{after}"
    how = standing(text, len(before), len(before) + 3, "サーバー", WORDS)
    if after[:1] in set("ーァィンュ"):
        assert how == ""


ANY = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("サーバクラウド側の・ー「」『』`<>#\n\r\t{}%[](): 𠮷ﾞ"),
    ),
    max_size=60,
)
RULES = Glossary.from_variants(
    {"サーバー": ["サーバ"], "そば": ["側"], "color": ["colour"]}, lang="ja"
)


@settings(max_examples=150, deadline=None)
@given(ANY, st.sampled_from(FORMATS))
def test_any_text_is_survived_and_every_finding_lies_in_it(text, name):
    found = check_text(text, format=name, glossary=RULES, select=["ALL"])
    for one in found:
        assert 0 <= one.span.start <= one.span.end <= len(text)
        assert one.line == text.count("\n", 0, one.span.start) + 1
        begin = text.rfind("\n", 0, one.span.start) + 1
        assert one.column == one.span.start - begin + 1
        if one.code in ("TB101", "TB104"):
            assert text[slice(*one.span)] in ("サーバ", "側", "colour")
