"""Two sides state the same numbers, however each writes them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termbank.memory.cleaning import faults
from termbank.memory.store import Row
from termbank.text.number_agreement import missing_numbers

AGREE = [
    ("27人が来た", "Twenty-seven people came"),
    ("第2回の会議", "The second meeting"),
    ("3分の1", "one third"),
    ("400万人", "four million people"),
    ("45億年", "4.5 billion years"),
    ("弐万征殺", "20,000 Slain"),
    ("1万2千円", "12,000 yen"),
    ("15時", "3:00 p.m."),
    ("午後3時半", "15:30"),
    ("8/26(月)", "Monday, August 26th"),
    ("2025年8月26日", "26 Aug. 2025"),
    ("令和7年", "2025"),
    ("1990年代", "the 1990s"),
    ("20代で", "in his twenties"),
    ("19世紀", "the nineteenth century"),
    ("良い1日を", "Have a nice day"),
    ("第３者", "a third party"),
    ("2人とも", "Both of them"),
    ("２、３日", "a few days"),
    ("2度としない", "Never again"),
    ("50年間", "for five decades"),
    ("3割", "30 percent"),
    ("16進数", "hexadecimal"),
    ("1.3です", "One point three"),
    ("1999年", "in nineteen ninety nine"),
    ("1ダース", "a dozen"),
    ("&#39;%s&#39;を開く", "Open '%s'"),
    ("{0}件", "{0} items"),
    ("<b>5</b>個 %1$s", "<b>5</b> pieces %1$s"),
    ("UTF-8で保存", "Save as UTF-8"),
    ("RFC 2965", ":rfc:`2965`"),
    ("%E3%81%82を開く", "Open it"),
    ("https://example.org/2025/ を参照", "See the page"),
    ("保存する（訳注: 2.7 以降）", "Save"),
    ("301、302、303", "301,302,303"),
    ("第IV章、4章", "Chapter IV"),
    ("#4a90d9 の色", "A colour"),
    ("９．８メートル", "9.8 metres"),
    ("2/3 は 0.66", "2/3 is .66"),
    ("20億の上限", "the 2-billion limit"),
]
DISAGREE = [
    ("12ページを参照", "See page 15."),
    ("10万ドル", "100 million dollars"),
    ("2025年に完成", "It will be finished in 2024."),
    ("3人が来た", "Four people and 5 dogs came"),
    ("30%増えた", "It rose by 20%"),
    ("価格は4,800円です。", "It costs 8,400 yen."),
    ("8月26日", "July 26"),
    ("1.55 に更新", "updated to 1.66"),
    ("内線は211です", "I do not know the extension"),
]


@pytest.mark.parametrize(("ja", "en"), AGREE)
def test_the_same_number_in_another_form_is_no_fault(ja: str, en: str) -> None:
    assert missing_numbers(ja, en) == ([], [])


@pytest.mark.parametrize(("ja", "en"), DISAGREE)
def test_another_number_is_a_fault(ja: str, en: str) -> None:
    assert any(missing_numbers(ja, en))


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_are_compared(ja: str, en: str) -> None:
    missing_numbers(ja, en)


@given(st.integers(13, 10**9), st.integers(13, 10**9))
def test_two_numbers_agree_where_they_are_one(one: int, other: int) -> None:
    assert bool(any(missing_numbers(f"約{one}です", f"about {other:,}"))) == (
        one != other
    )


def kinds(source: str, target: str, lang: str = "en", to: str = "ja") -> list[str]:
    empty = Row._make([None] * len(Row._fields))
    row = empty._replace(
        id=1,
        segment_id="0" * 16,
        source=source,
        target=target,
        source_lang=lang,
        target_lang=to,
    )
    return [fault.kind for fault in faults([row])]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("OK", "OK"),
        ("UL: %u", "UL：%u"),
        ("Cookies", "Cookie"),
        (
            "Google Hangouts, Skype for Business, Fuze",
            "Google Hangouts, Skype for Business, Fuze など",
        ),
        ("Create CollisionPolygon2D", "CollisionPolygon2Dを作成"),
        ("The word 犬 means dog.", "犬という語はdogを意味する。"),
        ("git push --force origin main", "git push --force origin main"),
        ("%s: {name}", "%s: {name}"),
        ("Uh-huh.", "うん。"),
        ("Japanese (日本語)", "日本語"),
        ("", ""),
    ],
)
def test_names_commands_and_greetings_are_in_no_wrong_language(
    source: str, target: str
) -> None:
    assert kinds(source, target) == []
    assert kinds(target, source, "ja", "en") == []


@pytest.mark.parametrize(
    ("source", "target", "kind"),
    [
        (
            "The file could not be saved.",
            "The file could not be saved.",
            "untranslated",
        ),
        ("The file could not be saved.", "", "untranslated"),
        (
            "The file could not be saved.",
            "It was not possible to save the file.",
            "language",
        ),
        ("ファイルを保存できません。", "The file could not be saved.", "swapped"),
        ("ファイルを保存できません。", "ファイルは保存できない。", "language"),
    ],
)
def test_a_text_that_is_plainly_in_the_wrong_language_is_a_fault(
    source: str, target: str, kind: str
) -> None:
    assert kinds(source, target) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "<b>" * 60_000,
        "（訳注" * 40_000,
        "一二三" * 50_000,
        "1,234 " * 30_000,
        "1万" * 40_000,
    ],
)
def test_hostile_text_is_compared_within_seconds(text: str) -> None:
    start = time.process_time()
    missing_numbers(text, text)
    assert time.process_time() - start < 6
