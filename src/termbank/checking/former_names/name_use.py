"""The use of a former name in its text: the name that has changed, or something else."""

from __future__ import annotations

from termbank.checking.engine.hit_kinds import CHANCE, DOUBTFUL, FREE
from termbank.text.lazy_patterns import LazyPattern
from termbank.text.term_notes import is_kept_in_quotations, other_senses

from .name_context import AROUND, PERSON

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType

    from .name_context import Context

# A town that was called otherwise a generation ago is history.
_GENERATION = 25  # years
# What a sense is told by: names of places and peoples, else its long words.
_NAME_CUE = LazyPattern(r"[A-Z][\w.]{2,}|[ァ-ヺー]{3,}")
_LONG_WORD = LazyPattern(r"[a-z]{8,}|[一-龥]{2,}|\d{4}")


def name_use(context: Context) -> str:
    """Return what a former name stands for in its text.

    Returns:
        ``free`` for the name that has changed; ``doubtful`` where it may be something
        else; ``person`` for a person of that name; the empty string for a longer name,
        a mention of the former name itself, or history.
    """
    target = context.target
    if is_kept_in_quotations(target.note) and _is_quoted(context.before):
        return CHANCE
    checks = [_as_mention(context), _as_history(context)]
    checks += [language.name_use(context) for language in _languages(context)]
    if CHANCE in checks:
        return CHANCE
    if PERSON in checks:
        return PERSON
    senses = other_senses(target.note)
    if senses and (there := _other_sense(senses, context)) != FREE:
        return there
    return DOUBTFUL if DOUBTFUL in checks else FREE


def is_place(context: Context) -> bool:
    """Answer whether the words beside a name say that it is a place's."""
    return bool(_language_of_text(context).is_place(context))


def _languages(context: Context) -> list[ModuleType]:
    """Return what judges a name: by its own letters, then by the text beside it."""
    modules = []
    if context.in_letters:
        from . import english_context

        modules.append(english_context)
    if context.in_japanese:
        from . import japanese_context

        modules.append(japanese_context)
    return modules


def _language_of_text(context: Context) -> ModuleType:
    return _languages(context)[-1]


def _other_sense(senses: str, context: Context) -> str:
    """Judge a name whose note gives another sense: ``also: the city in Texas``.

    Silent where the sentence names what the sense is about (Texas); free where a place
    stands beside the name, or where a sense that names another place is nowhere in the
    paragraph; else in doubt.
    """
    cue_names = _NAME_CUE.findall(senses)
    cue_names = [cue for cue in cue_names if not _stands_in_a_row(cue, context)]
    cues = cue_names + _LONG_WORD.findall(senses)
    sentence = context.sentence
    if any(cue in sentence for cue in cues):
        return CHANCE
    if is_place(context):
        return FREE
    paragraph = context.before + context.after
    elsewhere = context.target.kind == "place" and cue_names
    return (
        FREE
        if elsewhere and not any(cue in paragraph for cue in cue_names)
        else DOUBTFUL
    )


def _stands_in_a_row(cue: str, context: Context) -> bool:
    """Answer whether a name is listed beside another place, so that neither holds it."""
    import re

    name = re.escape(cue)
    return bool(
        re.match(rf",? (?:and|or|with) {name}\b|[と・や、]{name}", context.after)
        or re.search(rf"\b{name},? (?:and|or|with) $|{name}[と・や、]$", context.before)
    )


def _is_quoted(before: str) -> bool:
    pairs = ("「」", "『』", "“”")
    return any(before.count(mark[0]) > before.count(mark[1]) for mark in pairs)


def _as_mention(context: Context) -> str:
    """Judge 旧ツイッター, キーウ(キエフ), formerly Twitter: the old name itself is meant."""
    if _language_of_text(context).mentions_old_name(context):
        return CHANCE
    before, after = context.before[-AROUND:], context.after[:AROUND]
    better = context.target.better
    if better and (better in before or better in after):
        import re

        name = re.escape(better)
        beside = re.search(name + r" ?[（(「『][^）)」』]{0,12}$", before)
        behind = re.match(r" ?[（(][^）)]{0,24}" + name, after)
        change = re.match(
            rf"[^。]{{0,20}}{name}[」』]?(?:に|へ|と)[^。]{{0,6}}(?:変|改|な[っりる])"
            rf"|[^.]{{0,20}}\b(?:into|became|becomes?|to) {name}\b"
            rf"|[^.]{{0,30}}\b(?:written|spelled|spelt|called|renamed)(?: as)? {name}\b"
            rf"|[」』]?(?:は|を|→|⇒|＝|=)[「『]?{name}",  # キエフはキーウと書く
            after,
        )
        or_else = re.match(rf",? or (?:as |rather )?{name}\b", after)
        if beside or behind or change or or_else:
            return CHANCE
    return FREE


def _as_history(context: Context) -> str:
    """Judge 1943年のキエフ and 2022年のツイッター買収 by the last year in the sentence."""
    since = context.target.since
    written = _language_of_text(context).year_of_sentence(context)
    if not since or not written or written >= since:
        return FREE
    if since.startswith(written):
        return DOUBTFUL  # the year of the change, no more is said
    old = int(context.newest_change[:4]) - int(written[:4]) >= _GENERATION
    outlasts = context.target.kind in ("product", "organization") or old
    return CHANCE if outlasts else DOUBTFUL
