"""The marks of a note: what one writes comes back whole, the remark apart."""

from hypothesis import given
from hypothesis import strategies as st

from termbank.text.term_notes import (
    examples_in,
    exceptions_in,
    is_kept_in_quotations,
    other_senses,
    remark,
    usage,
)

WORDS = st.text(
    st.characters(
        codec="utf-8",
        exclude_categories=["Cc", "Cs", "Zs"],
        exclude_characters="|…、,;",
    ),
    min_size=1,
    max_size=12,
)


def test_a_note_without_marks_is_all_remark():
    note = "ロシア側の発言の引用ではそのまま残す。"
    assert remark(note) == usage(note) == note
    assert exceptions_in(note) == examples_in(note) == []
    assert other_senses(note) == ""
    assert not is_kept_in_quotations(note)


@given(st.lists(WORDS, max_size=5, unique=True))
def test_each_exception_comes_back_whole(longer):
    exceptions = [f"{word}キエフ" for word in longer]
    note = "|".join(["旧称", *(f"except: {exception}" for exception in exceptions)])
    assert exceptions_in(note, "キエフ") == exceptions
    assert remark(note) == "旧称"


def test_a_comma_parts_exceptions_only_where_each_holds_the_form():
    assert exceptions_in("except: Odessa, Texas", "Odessa") == ["Odessa, Texas"]
    listed = "except: chicken Kiev, Kievan Rus, Dynamo KIEV"
    assert exceptions_in(listed, "Kiev") == [
        "chicken Kiev",
        "Kievan Rus",
        "Dynamo KIEV",
    ]
    assert exceptions_in("except: Odessa, Texas, Odessa, Ohio", "Odessa") == [
        "Odessa, Texas",
        "Odessa, Ohio",
    ]


def test_the_form_by_itself_excepts_nothing():
    assert exceptions_in("except: Odessa", "Odessa") == []


def test_any_quotation_is_no_longer_form():
    note = "引用では残す|except: 「…」|except: キエフ公国"
    assert exceptions_in(note, "キエフ") == ["キエフ公国"]
    assert is_kept_in_quotations(note)


@given(WORDS, WORDS)
def test_examples_and_senses_are_no_remark(said, sense):
    note = f"also: {sense}\nexample: {said} → b\n例: c"
    assert examples_in(note)[-1] == ("c", "c")
    assert other_senses(note) == sense
    assert remark(note) == ""
    assert usage(note) == f"(also: {sense})"
