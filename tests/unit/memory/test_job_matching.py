"""What leverage counts, pretranslation fills; nothing else in the file changes."""

import pytest

from termbank.memory import Memory
from termbank.memory.leverage import analyse_jobs, job_of
from termbank.memory.pretranslation import fill_untranslated

XLIFF = """<?xml version='1.0'?>
<xliff version="1.2" xmlns:t="GMAPS: https://x y"><file source-language="en" target-language="ja" original="a"><body>
<trans-unit id="1"><source>Close the lid.</source><target></target></trans-unit>
<trans-unit id="2"><source>Close the lid.</source><seg-source><mrk mtype="seg" mid="1">Close the lid.</mrk></seg-source></trans-unit>
<trans-unit id="3" translate="no"><source>Close the lid.</source></trans-unit>
<trans-unit id="4" t:locked="true"><source>Close the lid.</source></trans-unit>
<trans-unit id="5"><source>Press <g id="1">the</g> button.</source></trans-unit>
<trans-unit id="6"><source><g id="1">Press the button.</g></source></trans-unit>
<trans-unit id="7"><source>Close the lid.</source><target>人の訳</target></trans-unit>
<trans-unit id="8"><source>Close the lid.</source><target state="new">Close the lid.</target></trans-unit>
</body></file></xliff>"""
PAIRS = [("Close the lid.", "ふたを閉めます。"), ("Press the button.", "押します。")]
HEAD = (
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: ja\\n"\n\n'
)


@pytest.fixture
def memory(tmp_path):
    with Memory.open(tmp_path / "tm") as opened:
        opened.add(PAIRS, lang="en", to="ja")
        yield opened


def _job(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def _bands(memory, path):
    return {
        row.band: row.segments for row in analyse_jobs(memory, [job_of(path, "en")])
    }


def test_leverage_counts_what_pretranslation_fills(tmp_path, memory):
    path = _job(tmp_path, "a.xlf", XLIFF)
    bands = _bands(memory, path)
    filled = fill_untranslated(memory, path, tmp_path / "b.xlf")
    assert filled == (4, 1, 3)
    exact = bands["context"] + bands["100"] + bands["95-99"] + bands["repetitions"]
    assert exact == filled.filled
    after = (tmp_path / "b.xlf").read_text(encoding="utf-8")
    assert after.count("ふたを閉めます。") == 3
    assert '<g id="1">押します。</g></target>' in after
    assert "人の訳" in after


def test_a_pair_answers_in_either_direction(tmp_path, memory):
    text = HEAD.replace("ja", "en") + 'msgid "ふたを閉めます。"\nmsgstr ""\n'
    path = _job(tmp_path, "a.po", text)
    assert fill_untranslated(memory, path, tmp_path / "b.po").filled == 1
    assert 'msgstr "Close the lid."' in (tmp_path / "b.po").read_text(encoding="utf-8")
    assert _bands(memory, path)["100"] == 1


def test_plural_messages_are_filled(tmp_path, memory):
    memory.add([("%d files", "%d 個のファイル")], lang="en", to="ja")
    text = f'{HEAD}msgid "%d file"\nmsgid_plural "%d files"\nmsgstr[0] ""\n'
    path = _job(tmp_path, "a.po", text)
    assert _bands(memory, path)["100"] == 1
    assert fill_untranslated(memory, path, tmp_path / "b.po") == (1, 0, 0)
    after = (tmp_path / "b.po").read_text(encoding="utf-8")
    assert after == text.replace('msgstr[0] ""', 'msgstr[0] "%d 個のファイル"')


def test_a_match_from_another_context_is_marked_fuzzy(tmp_path, memory):
    known = HEAD + 'msgctxt "menu"\nmsgid "Open"\nmsgstr "開く"\n'
    memory.add(_job(tmp_path, "known.po", known))
    text = HEAD + "".join(
        f'{context}msgid "Open"\nmsgstr ""\n\n'
        for context in ('msgctxt "menu"\n', 'msgctxt "state"\n', "")
    )
    path = _job(tmp_path, "a.po", text)
    assert fill_untranslated(memory, path, tmp_path / "b.po").filled == 3
    blocks = (tmp_path / "b.po").read_text(encoding="utf-8").split("\n\n")
    assert ["#, fuzzy" in block for block in blocks[1:4]] == [False, True, True]
    bands = _bands(memory, path)
    assert (bands["100"] + bands["context"], bands["95-99"]) == (1, 2)


TMX = """<?xml version='1.0' encoding="utf-8"?>\r
<tmx version="1.4"><header srclang='en' a='1'/><body>\r
  <tu tuid="1"><tuv xml:lang="en"><seg>Close the lid.</seg></tuv>\r
    <tuv xml:lang="ja"><seg/></tuv></tu>\r
  <tu>\r
    <tuv xml:lang='en' x=''><seg>Press the button.</seg></tuv>\r
  </tu>\r
  <tu><tuv xml:lang="en"><seg>Close the lid.</seg></tuv><tuv xml:lang="ja"><seg>人の訳</seg></tuv></tu>\r
  <tu><tuv xml:lang="en"><seg>Press <ph/>the button.</seg></tuv></tu>\r
</body></tmx>"""


def test_open_units_of_a_tmx_are_filled_in_place(tmp_path, memory):
    path, out = _job(tmp_path, "a.tmx", TMX), tmp_path / "b.tmx"
    path.write_bytes(TMX.encode())
    assert _bands(memory, path)["100"] == 2
    assert fill_untranslated(memory, path, out) == (2, 1, 1)
    expected = TMX.replace("<seg/>", "<seg>ふたを閉めます。</seg>").replace(
        "button.</seg></tuv>\r\n  </tu>",
        "button.</seg></tuv>\r\n    "
        '<tuv xml:lang="ja"><seg>押します。</seg></tuv>\r\n  </tu>',
    )
    assert out.read_bytes() == expected.encode()
    assert fill_untranslated(memory, out, tmp_path / "c.tmx") == (0, 3, 1)


def test_a_tmx_of_one_language_is_filled_in_the_other_of_the_memory(tmp_path, memory):
    text = TMX.replace('<tuv xml:lang="ja"><seg>人の訳</seg></tuv>', "")
    path = _job(tmp_path, "a.tmx", text.replace('<tuv xml:lang="ja"><seg/></tuv>', ""))
    assert fill_untranslated(memory, path, tmp_path / "b.tmx") == (3, 0, 1)


def test_a_translation_of_a_third_language_is_no_gap(tmp_path, memory):
    path = _job(
        tmp_path,
        "a.tmx",
        TMX.replace(
            "人の訳</seg>", "x</seg></tuv><tuv xml:lang='de'><seg>Deckel</seg>"
        ),
    )
    assert fill_untranslated(memory, path, tmp_path / "b.tmx") == (1, 2, 0)
