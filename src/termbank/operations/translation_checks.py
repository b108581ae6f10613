"""A translation against its source: errors apart from advice, one pair or a document."""

from __future__ import annotations

from termbank.records import NamedTuple
from termbank.text.language_tags import guess_language

from .text_terms import other_language, terms_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from termbank.checking.bilingual.renderings import Pair, Terms
    from termbank.glossary.glossary_sources import GlossaryLike
    from termbank.types import Finding

    from .text_terms import TextTerm

# Rules over pairs that are run beside those of the target text alone: retired, absent
# and untranslated renderings, letter case, near misses, placeholders; and consistency.
PAIR_RULES = (
    *("TB301", "TB302", "TB303", "TB306", "TB307", "TB308", "TB309"),
    *("TB304", "TB305"),
)
_TEXT_RULES = ("TB101", "TB102", "TB104", "TB211", "TB212")


class PairFinding(NamedTuple):
    """What is wrong, or may be, in one translated segment.

    Attributes:
        pair: Number of the pair, from 0.
        finding: Code, message, span in the target, fix, severity.
    """

    pair: int
    finding: Finding


class Rendering(NamedTuple):
    """How one term of the source was rendered over the document.

    Attributes:
        concept_id: Twelve hex digits.
        term: Preferred form in the source language.
        expected: Accepted renderings, the best first.
        found: (rendering, number of pairs), the commonest first; an accepted one that
            is not there does not count.
        absent: Pairs with the term and without an accepted rendering.
        avoided: (rendering to avoid, number of pairs) that stand in those pairs.
    """

    concept_id: str
    term: str
    expected: tuple[str, ...]
    found: tuple[tuple[str, int], ...]
    absent: tuple[int, ...]
    avoided: tuple[tuple[str, int], ...] = ()

    @property
    def ways(self) -> tuple[tuple[str, int], ...]:
        """How the term stands in the translation, renderings to avoid last."""
        return (*self.found, *self.avoided)


class TranslationCheck(NamedTuple):
    """What a check of a translation found.

    Attributes:
        errors: Findings of severity error, in order.
        advice: All others.
        terms: Places of glossary terms in the sources, one a pair and term.
        rendered: How many of them have an accepted rendering.
        renderings: Terms by the order in which they first stand.
    """

    errors: tuple[PairFinding, ...]
    advice: tuple[PairFinding, ...]
    terms: int
    rendered: int
    renderings: tuple[Rendering, ...]

    @property
    def success_rate(self) -> float:
        """Share of terms with an accepted rendering, 0-100; 100 without terms."""
        return round(100 * self.rendered / self.terms, 1) if self.terms else 100.0

    @property
    def inconsistent(self) -> tuple[Rendering, ...]:
        """Terms that are rendered in more than one way; part of a name is no other way."""
        return tuple([each for each in self.renderings if len(_ways(each)) > 1])


def check_translation(
    pairs: Sequence[tuple[str, str]],
    *,
    lang: str | None = None,
    to: str | None = None,
    glossary: GlossaryLike = None,
) -> TranslationCheck:
    """Check translated segments against the glossary and against each other.

    Args:
        pairs: (source, target) in the order of the document.
        lang: Language of the sources; told by their script where absent.
        to: Language of the targets; the other of Japanese and English where absent.
        glossary: As for :func:`termbank.lookup`.

    Raises:
        InputError: A glossary cannot be read.

    >>> checked = check_translation([("キーウで停戦", "A truce in Kiev")])
    >>> [each.finding.code for each in checked.errors][:1]
    ['TB301']
    """
    lang = lang or guess_language("".join(source for source, _ in pairs))
    to = to or other_language(lang)
    findings = _order(
        [*_in_pairs(pairs, lang, to, glossary), *_in_targets(pairs, glossary)], pairs
    )
    renderings = _renderings(pairs, lang, to, glossary)
    absent = sum(len(each.absent) for each in renderings)
    there = sum(count for each in renderings for _, count in each.found)
    return TranslationCheck(
        tuple([each for each in findings if each.finding.severity == "error"]),
        tuple([each for each in findings if each.finding.severity != "error"]),
        there + absent,
        there,
        tuple(renderings),
    )


def _in_pairs(
    pairs: Sequence[tuple[str, str]], lang: str, to: str, glossary: GlossaryLike
) -> list[PairFinding]:
    from termbank.checking.bilingual.pair_checking import findings
    from termbank.checking.bilingual.renderings import Pair

    numbered_pairs: list[Pair] = [
        Pair(source, target, "", number, lang[:2], to[:2])
        for number, (source, target) in enumerate(pairs)
    ]
    # The line of such a finding is the number of its pair.
    return [
        PairFinding(finding.line, finding)
        for finding in findings(numbered_pairs, _terms_of(glossary), PAIR_RULES)
    ]


def _terms_of(glossary: GlossaryLike) -> Terms:
    """Return the terms of glossaries, made once for files that stay as they are.

    A server checks one segment after another against the same glossary.
    """
    from termbank.checking.bilingual.renderings import Terms
    from termbank.glossary.glossary_sources import combine, glossary_stack, key_of

    stack = glossary_stack(glossary)
    key = key_of(stack)
    if key and key in _terms:
        return _terms[key]
    terms = Terms(combine(stack)[0])
    if key:
        _terms.clear()  # one is enough: a server has one stack
        _terms[key] = terms
    return terms


_terms: dict[str, Terms] = {}


def _in_targets(
    pairs: Sequence[tuple[str, str]], glossary: GlossaryLike
) -> list[PairFinding]:
    """Return what is wrong in the translations by themselves."""
    from termbank.checking.run import Run
    from termbank.config import Settings
    from termbank.glossary.glossary_sources import glossary_stack

    run = Run(list(glossary_stack(glossary)), _TEXT_RULES, settings=Settings())
    return [
        PairFinding(number, finding)
        for number, (_, target) in enumerate(pairs)
        for finding in run.of_content(target.encode("utf-8", "replace"), "", "plain")
    ]


def _order(
    findings: Iterable[PairFinding], pairs: Sequence[tuple[str, str]]
) -> list[PairFinding]:
    """Return findings by pair and place, one for each place: the pair's own word first."""
    by_place: dict[tuple[int, int, int, str], PairFinding] = {}
    for each in findings:
        span = each.finding.span
        # What is absent has no place of its own: two absent terms are two findings.
        is_whole = span.end - span.start >= len(pairs[each.pair][1])
        about = each.finding.concept_id if is_whole else ""
        by_place.setdefault((each.pair, span.start, span.end, about), each)
    return [by_place[key] for key in sorted(by_place)]


def _renderings(
    pairs: Sequence[tuple[str, str]], lang: str, to: str, glossary: GlossaryLike
) -> list[Rendering]:
    from termbank.checking.bilingual.search_normalisation import searchable_texts

    places: dict[str, list[int]] = {}
    terms = {}
    for number, (source, _) in enumerate(pairs):
        for term in terms_in(source, lang=lang, to=to, glossary=glossary):
            if term.renderings:
                terms[term.concept_id] = term
                places.setdefault(term.concept_id, []).append(number)
    targets = searchable_texts([target for _, target in pairs])
    return [
        _rendering_of(terms[identifier], numbers, targets, to[:2])
        for identifier, numbers in places.items()
    ]


def _rendering_of(
    term: TextTerm, numbers: list[int], targets: Sequence[bytes], to: str
) -> Rendering:
    chosen = _pairs_by_form(term.renderings, numbers, targets, to)
    numbers_with_rendering = {
        number for pairs_of_form in chosen.values() for number in pairs_of_form
    }
    absent = [number for number in numbers if number not in numbers_with_rendering]
    to_avoid = _pairs_by_form(term.avoid, absent, targets, to)
    return Rendering(
        term.concept_id,
        term.preferred,
        term.renderings,
        _commonest_first(chosen),
        tuple(absent),
        _commonest_first(to_avoid),
    )


def _pairs_by_form(
    forms: Sequence[str], numbers: list[int], targets: Sequence[bytes], to: str
) -> dict[str, list[int]]:
    """Return the pairs in which each form stands; of several in a pair, the longest."""
    from termbank.checking.bilingual.search_normalisation import keys_of

    keys = [(form, [key.encode() for key in keys_of(form, to)]) for form in forms]
    by_form: dict[str, list[int]] = {}
    for number in numbers:
        form = _rendering(targets[number], keys)
        if form:
            by_form.setdefault(form, []).append(number)
    return by_form


def _commonest_first(by_form: dict[str, list[int]]) -> tuple[tuple[str, int], ...]:
    counts = [(form, len(numbers)) for form, numbers in by_form.items()]
    return tuple(sorted(counts, key=lambda item: (-item[1], item[0])))


def _ways(rendering: Rendering) -> list[str]:
    """Return the renderings that are not a part, in whole words, of another one."""
    forms = [form for form, _ in rendering.ways]
    words = {form: f" {form.casefold()} " for form in forms}
    return [
        form
        for form in forms
        if not any(words[form] in words[other] for other in forms if other != form)
    ]


def _rendering(target: bytes, keys: Sequence[tuple[str, Sequence[bytes]]]) -> str:
    """Return the longest form that stands in a target, empty where none."""
    there = [
        form for form, form_keys in keys if any(key in target for key in form_keys)
    ]
    return max(there, key=len, default="")


def pairs_of_files(
    source: str,
    target: str | None = None,
    *,
    lang: str | None = None,
    to: str | None = None,
) -> list[tuple[str, str]]:
    """Return the translated segments of a bilingual file, or of two documents aligned.

    Args:
        source: Bilingual file, or the source document.
        target: Its translation; None where ``source`` is a bilingual file.
        lang: Language of the source.
        to: Language of the translation.

    Raises:
        InputError: A file cannot be read, or holds no pairs.
        FormatError: It breaks the rules of its format.
    """
    if target is None:
        from termbank.formats import read_segments

        frames = read_segments(source, source=lang, target=to)
        return [
            (left, right)
            for frame in frames
            for left, right in frame.select("source", "target").iter_rows()
        ]
    from termbank.memory import align
    from termbank.sources import read

    texts = ["\n\n".join(read([path])["text"].to_list()) for path in (source, target)]
    lang = lang or guess_language(texts[0])
    to = to or other_language(lang)
    segments = align(texts[0], texts[1], lang=lang, to=to).segments
    return list(segments.select("source", "target").iter_rows())
