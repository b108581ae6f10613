"""What is no prose is blanked, and nothing moves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termbank.errors import ConfigError
from termbank.text.markup import ALIASES, FORMATS, blank_markup, masked_ranges

PIECES = st.lists(
    st.sampled_from(
        ["サーバ", "`", "```", "\n", "<b>", "<!--", "-->", "](", ")", "http://a/", "---", "$",
         "\\begin{verbatim}", "\\end{verbatim}", '"', '"""', "#", "//", "/*", "*/", "::",
         " ", "{{", "}}", "%s", "&amp;", "msgstr ", "<target>", "</target>", ".. code::", "𠮷"]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@given(PIECES, st.sampled_from([*FORMATS, *ALIASES]))
def test_nothing_moves(text, name):
    shown = blank_markup(text, name)
    assert len(shown) == len(text)
    assert shown.count("\n") == text.count("\n")
    assert all(new in (old, " ") for new, old in zip(shown, text, strict=True))


@given(PIECES, st.sampled_from(FORMATS))
def test_ranges_are_in_order_and_apart(text, name):
    ranges = masked_ranges(text.encode(), name)
    flat = [edge for pair in ranges for edge in pair]
    assert flat == sorted(set(flat))


@pytest.mark.parametrize(
    ("name", "text", "prose"),
    [
        ("markdown", "---\nslug: あ\ntags: [あ]\n---\nい", "い"),
        ("markdown", "---\ntitle: い\nslug: あ\n---\nう", "い う"),
        ("markdown", "{{< tooltip text=\"い\" term_id=\"あ\" >}}う", "い う"),
        ("markdown", "[^1]: い\n[あ]: あ.md \"う\"", "い \"う\""),
        ("yaml", "あ: い  # う\n'あ': 'え'\n- お", "い # う 'え' - お"),
        ("yaml", "rules:\n  - expected: あ\n    pattern: あ  # い", "# い"),
        ("toml", "[あ]\na = \"い\"", "\"い\""),
        ("typescript", "const a = {あ: 'い', \"あ\": `う${あ}え`}; f('あ') // お", "い う え お"),
        ("typescript", "a = x === 'あ' ? {k: 'web'} : <p>い</p>", "い"),
        ("markdown", "い `あ` ``あ`あ`` う", "い う"),
        ("markdown", "い\n~~~\nあ\n~~~\nう", "い う"),
        ("markdown", "い\n```\nあ", "い"),
        ("markdown", "[い](あ.md \"う\") <あ> ![え](あ)", "い \"う\") <あ> え"),
        ("markdown", "[い]: あ\n<!-- あ\nあ -->う", "う"),
        ("markdown", "<img alt='え' src='あ'>い&nbsp;う", "え い う"),
        ("html", "<p title='え' id='あ'>い<script>あ</script></p><!-- あ -->", "え い"),
        ("rst", "い ``あ`` :mod:`あ` :term:`う <あ>`", "い う"),
        ("rst", "い::\n\n  あ\n  あ\n\nう", "い う"),
        ("rst", ".. code-block:: あ\n\n   あ\n\nう", "う"),
        ("markdown", "# い\n\n- う\n1. え\n> お\n* [ ] か\n***\n", "い う え お か"),
        ("markdown", "**い**、_う_、~~え~~、snake_case", "い 、 う 、 え 、snake_case"),
        ("markdown", "| い | う |\n| :-- | --- |\n| え | お |", "い う え お"),
        ("markdown", "::: tip い\nう\n:::\n!!! note\n> [!NOTE]\n> え", "い う え"),
        ("markdown", "## い { #a }\n[う][b][^1] :tada: {{< c >}} {% d %}", "い う"),
        ("markdown", "import A from './a';\n\n<B c={1}>い</B> {/* あ */}", "い"),
        ("markdown", "<ruby>漢<rp>(</rp><rt>あ</rt></ruby>字 {語|あ}", "漢 字 語"),
        ("markdown", "い\\*う", "い う"),
        ("html", "<ruby>漢<rt>あ</rt></ruby> {{ あ }}", "漢"),
        ("rst", "い\n====\n\n.. note::\n   う **え** :ref:`お <a>` |a|", "い う え お"),
        ("rst", "#. い\n* う\n\n+---+---+\n| え | お |\n+===+===+", "い う え お"),
        ("asciidoc", "= い\n:toc: あ\n\n====\nう `あ`\n====\n[source]\n----\nあ\n----", "い う"),
        ("asciidoc", "* い\n. う\n|===\n|え |お\n|===\nxref:a[か] <<b,き>>", "い う え お か き"),
        ("prose", "{i}い{/i} <color=#f00>う</color> [player_name]え \\nHP %s", "い う え HP"),
        ("prose", "漢字《あ》と《い》 ｜う ［＃あ］", "漢字 と《い》 う"),
        ("prose", "・い\n※う\n- え\n[お]: か", "い う え [お]: か"),
        ("latex", "い % あ\n\\label{あ}う $あ$ \\textbf{え}", "い う {え}"),
        ("latex", "\\begin{verbatim}あ\\end{verbatim}い", "い"),
        ("python", "あ = 'あ # あ'  # い\n\"\"\"う\"\"\"", "# い う"),
        ("javascript", "あ('あ // あ') // い\n/* う */ あ", "い う"),
        ("po", 'msgid "あ"\nmsgstr "い %(あ)s\\n"\n"う"', "い う"),
        ("xliff", "<source>あ</source><target>い<x id='あ'/>う</target>", "い う"),
        ("plain", "い http://example.org/a う a@example.org", "い う"),
    ],
)  # fmt: skip
def test_only_prose_is_left(name, text, prose):
    assert " ".join(blank_markup(text, name).split()) == prose


def test_an_unknown_markup_names_the_known_ones():
    with pytest.raises(ConfigError, match="markdown"):
        masked_ranges(b"", "docx")


HOSTILE = ["<!--", "`a ", "$$a", "<script>", "](a", "{{", "%(a", "[a]: ", "<a ", '"""', "/*", "'", '"',
           "\\begin{verbatim}", "\\verb!a", "<target>", "<tuv><", "a.b", "::\n\n  a\n", ":a:`", "``a\n", "\\"]  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
def test_hostile_texts_come_to_an_end(name):
    # A linear search takes some hundredths of a second; a quadratic one would sit here
    # for minutes.
    for piece in HOSTILE:
        masked_ranges((piece * (200_000 // len(piece))).encode(), name)
