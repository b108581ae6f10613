"""What of a segment no rule reads: code, paths, options, file names, translators' notes."""

from __future__ import annotations

import re

from termbank.text.placeholders import masked_placeholders

_ELEMENT = (
    r"(?is:<(code|pre|kbd|samp|var|tt|script|style)\b[^<>]{0,500}>.{0,5000}?</\1\s*>)"
)
_ESCAPED_ELEMENT = r"(?is:&lt;(code|pre|kbd|samp|var|tt)\b.{0,5000}?&lt;/\2\s*&gt;)"
_FENCE = r"(?ms:^[ \t>]*(`{3,}|~{3,}).*?(?:^[ \t>]*\3|\Z))"
_IDENTIFIER = (
    r"(?<![\w-])[A-Za-z]\w*_\w*|(?<![\w-])_+[A-Za-z]\w*"  # WP_Image_Writer, post_max_size
    r"|(?<![\w.-])\w+(?:(?:::|->|\.)\w+)*\(\)"  # get_user(), a.b()
    r"|(?<![\w.-])[A-Za-z]\w*(?:\.[A-Za-z_]\w*){2,}"  # org.x.Y
    r"|(?<![\w.-])[a-z]+(?:[A-Z][a-z0-9]*)+(?=\()"
    r"|(?<![\w:])[A-Za-z]\w*(?:::[A-Za-z_]\w*)+"
)
_FILE = (
    r"(?<![\w/.-])\.[a-z][a-z0-9]{1,9}(?![\w-])"  # .htaccess, .txt
    r"|(?<![\w/.-])[\w-]+(?:\.[\w-]+)*\.[a-z][a-z0-9]{1,4}(?![\w-])"  # wp-config.php
    r"|(?<![\w/<])(?:~|\.{1,2})?/[\w.*-]+(?:/[\w.*-]*)*"  # /usr/bin
    r"|(?<![\w/<])[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.*-]+){2,}/?"
)
_OPTION = r"(?<![\w-])--?[A-Za-z][\w-]*(?:=[^\s、。]+)?"
_ELEMENTS = re.compile("|".join((_ELEMENT, _ESCAPED_ELEMENT, _FENCE)), re.ASCII)
_CODE = re.compile("|".join((_IDENTIFIER, _FILE, _OPTION)), re.ASCII)
_NOTE = re.compile(
    r"〔訳者?注[^〕]{0,500}〕|[（(\[［]訳者?注[^）)\]］]{0,500}[）)\]］]|訳者?注[:：][^\n]*"
)
_HINT = re.compile(r"[_./<`~(-]|::|&lt;", re.ASCII)


def rendered_text(text: str) -> str:
    """Return a segment with all that is not rendered as blanks, no offset moved.

    >>> rendered_text("WP_Image を <b>a.php</b> に〔訳注: b〕").split()
    ['を', 'に']
    """
    if "訳" in text:
        text = _NOTE.sub(_blank, text)
    if _HINT.search(text) is None:
        return masked_placeholders(text)
    # Whole elements go before their tags do, paths after the addresses they end.
    text = masked_placeholders(_ELEMENTS.sub(_blank, text))
    return _CODE.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    return "".join("\n" if char == "\n" else " " for char in match[0])
