"""What the note of a term carries beside its remark: exceptions, other senses, examples.

A note is one line a part, or several parts with bars between. A part that begins with a
mark is for the machine as well as for the reader:

- ``except:`` or ``例外:`` a longer form that is right although it holds the variant, one
  a part; 「…」 stands for any quotation;
- ``also:`` or ``別義:`` another sense of the same spelling, so that a hit in running
  text is only a guess;
- ``with:`` or ``文脈:`` words of which one stands in the same sentence where the term is
  meant, commas between; without one a hit in running text is another sense;
- ``example:`` or ``例:`` a sentence with what it should become after an arrow; without
  an arrow it has to stay as it is.

All other parts are the remark.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

EXCEPTION_MARKS = ("except:", "例外:", "例外：")
SENSE_MARKS = ("also:", "別義:", "別義：")
EXAMPLE_MARKS = ("example:", "例:", "例：")
CUE_MARKS = ("with:", "文脈:", "文脈：")
_MARKS = EXCEPTION_MARKS + SENSE_MARKS + CUE_MARKS + EXAMPLE_MARKS
_ANYTHING = "…"  # in an exception: 「…」 is any quotation


def exceptions_in(note: str, form: str = "") -> list[str]:
    """Return the longer forms that a note excepts.

    A comma parts two exceptions only where each holds the form that they except, so
    that ``Odessa, Texas`` stays whole.

    Args:
        note: Of a term.
        form: The term itself; where it is empty every comma parts.

    >>> exceptions_in("旧称|例外: キエフ大公国、キエフ・ルーシ", "キエフ")
    ['キエフ大公国', 'キエフ・ルーシ']
    >>> exceptions_in("except: Odessa, Texas|except: Odessa File", "Odessa")
    ['Odessa, Texas', 'Odessa File']
    """
    exceptions = [
        exception
        for part in _marked_parts(note, EXCEPTION_MARKS)
        for exception in _split_list(part, form)
    ]
    return [exception for exception in exceptions if _ANYTHING not in exception]


def is_kept_in_quotations(note: str) -> bool:
    """Answer whether a note excepts every quotation (``except: 「…」``).

    >>> is_kept_in_quotations("引用では残す|except: 「…」")
    True
    """
    return any(
        _ANYTHING in part and part[:1] in "「『“\"'"
        for part in _marked_parts(note, EXCEPTION_MARKS)
    )


def other_senses(note: str) -> str:
    """Return the other senses of the same spelling that a note names; empty for none.

    >>> other_senses("肩書とともに使う|別義: 質量の単位")
    '質量の単位'
    """
    return "; ".join(_marked_parts(note, SENSE_MARKS))


def sense_cues(note: str) -> list[str]:
    """Return the words that a note says stand beside a term where it is meant.

    >>> sense_cues("文脈: 捕虜、人質"), sense_cues("with: prisoner, hostage")
    (['捕虜', '人質'], ['prisoner', 'hostage'])
    """
    cue_text = "、".join(_marked_parts(note, CUE_MARKS)).replace(",", "、")
    return [cue for part in cue_text.split("、") if (cue := part.strip())]


def examples_in(note: str) -> list[tuple[str, str]]:
    """Return (before, after) of the examples in a term's note.

    >>> examples_in("旧称|例: サーバだ → サーバーだ")
    [('サーバだ', 'サーバーだ')]
    """
    examples = []
    for part in _marked_parts(note, EXAMPLE_MARKS):
        before, arrow, after = part.partition("→")
        before = before.strip()
        examples.append((before, after.strip() if arrow else before))
    return examples


def remark(note: str) -> str:
    """Return what a note says to the reader: no exceptions, no examples.

    >>> remark("企業名と同じ形。|別義: 食品会社|except: ケロッグ社|例: ケロッグ社が来た")
    '企業名と同じ形。'
    """
    return " ".join(
        part for part in _parts(note) if part and not part.startswith(_MARKS)
    )


def usage(note: str) -> str:
    """Return what a reader should know before writing a form: remark and other senses.

    >>> usage("肩書とともに使う。|別義: 質量の単位|例: グラム氏が来た。")
    '肩書とともに使う。 (別義: 質量の単位)'
    """
    own_remark, senses = remark(note), other_senses(note)
    if not senses:
        return own_remark
    # The mark is in the language of the note.
    mark = "also" if any(part.startswith("also:") for part in _parts(note)) else "別義"
    return f"{own_remark} ({mark}: {senses})".strip()


def _parts(note: str) -> list[str]:
    return [part.strip() for part in note.replace("\n", "|").split("|")]


def _marked_parts(note: str, marks: tuple[str, ...]) -> Iterator[str]:
    if not note:
        return
    for part in _parts(note):
        for mark in marks:
            if part.startswith(mark):
                yield part[len(mark) :].strip()
                break


def _split_list(text: str, form: str) -> list[str]:
    pieces = text.replace("、", ",").replace(";", ",").split(",")
    if not form:
        return [piece.strip() for piece in pieces if piece.strip()]
    inside = form.casefold()
    ends: list[int] = []
    place = 0
    for piece in pieces[:-1]:
        place += len(piece)
        ends.append(place)
        place += 1
    start = 0
    parts: list[str] = []
    for at, end in enumerate(ends):
        rest = pieces[at + 1]
        if inside in rest.casefold() and inside in text[start:end].casefold():
            parts.append(text[start:end].strip())
            start = end + 1
    parts.append(text[start:].strip())
    # The form by itself excepts nothing.
    return [part for part in parts if part and part.casefold() != inside]
