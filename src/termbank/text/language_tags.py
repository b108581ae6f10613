"""Which language tags (BCP 47) go together: the one matcher of termbank."""

from __future__ import annotations


def answers(tag: str, lang: str) -> bool:
    """Say whether a tag is the language wanted or a region of it.

    >>> answers("en-US", "en"), answers("en", "en-US"), answers("EN-us", "en-US")
    (True, False, True)
    """
    tag, lang = tag.casefold(), lang.casefold()
    return tag == lang or tag.startswith(lang + "-")


def primary_language(tag: str | None) -> str:
    """Return the language of a tag without region or script; empty where there is none.

    >>> primary_language("ja_JP"), primary_language("EN-gb"), primary_language(None)
    ('ja', 'en', '')
    """
    return (tag or "").replace("_", "-").partition("-")[0].lower()


def is_same_language(tag: str | None, other: str | None) -> bool:
    """Whether two tags name one language, whatever their regions.

    >>> is_same_language("ja-JP", "ja"), is_same_language("j", "ja")
    (True, False)
    """
    return primary_language(tag) == primary_language(other)


def guess_language(text: str) -> str:
    """Return ja for a text with kana or kanji, else en.

    >>> guess_language("停戦で合意"), guess_language("A ceasefire")
    ('ja', 'en')
    """
    return "ja" if any("\u3040" <= char <= "\u9fff" for char in text) else "en"
