"""Decisions about cards of the review queue: each is one transaction, stale ones refused."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.errors import GlossaryError
from termbank.messages import say
from termbank.text.normalise import norm

from .concept_edits import Draft
from .glossary_rows import CONCEPT_STATUS, FORM, KIND, LANG, STATUS
from .review_queue import card_version, decided_apart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from .glossary_rows import GlossaryRows
    from .project import Project
    from .review_queue import Card, ReviewQueue
    from .row_changes import Author, Change, RowChange

ACTIONS: Final = ("accept", "reject", "split")
MARKS: Final = ("later", "flag", "")


class Choice(NamedTuple):
    """What a person chose on a card.

    Attributes:
        card: Identifier of the card.
        version: Version of the card that was shown.
        action: accept: the members left in are one word, or the concept is approved;
            reject: the members are different words, or the concept is no term; split:
            each member left out becomes a concept of its own.
        members: (concept, form) of the Japanese forms left in; None for all.
        preferred: Form that leads; empty for the one that leads now.
        english: English forms to use, the preferred one first; None takes the first
            that is proposed, an empty tuple none.
        kind: New kind; empty leaves it.
    """

    card: str
    version: str
    action: str
    members: tuple[tuple[str, str], ...] | None = None
    preferred: str = ""
    english: tuple[str, ...] | None = None
    kind: str = ""


class StaleCardError(GlossaryError):
    """A card was decided or changed by somebody else since it was shown.

    Attributes:
        card: Identifier of the card.
    """

    def __init__(self, form: str, card: str) -> None:
        super().__init__(
            form,
            say("ほかの人が先に変えたカード", "a card that somebody changed meanwhile"),
            say("今の内容を見て決め直す", "a decision on what it is now"),
        )
        self.args = (form, card)
        self.card = card


def decide(queue: ReviewQueue, project: Project, choice: Choice, by: Author) -> Change:
    """Carry a choice out, and bring the queue up to date.

    Raises:
        StaleCardError: The card is gone, or its version is another.
        GlossaryError: The choice cannot be carried out; nothing is changed.
    """
    card = queue.card(choice.card)
    if card is None:
        queue.refresh()
        raise StaleCardError(choice.card, choice.card)

    def edit(rows: GlossaryRows) -> Iterable[RowChange]:
        return _edits(rows, card, choice, by)

    subject = _subject(card, choice)
    try:
        change = project.change(choice.action, subject, edit, by)
    except StaleCardError:
        queue.refresh()
        raise
    queue.update([*card.heading.concepts, *_concepts(change)])
    unmark(project, [card.heading.id])
    return change


def decide_all(
    queue: ReviewQueue,
    project: Project,
    choices: Sequence[Choice],
    by: Author,
) -> Change:
    """Carry many choices out as one change; a stale one refuses them all.

    Raises:
        StaleCardError: As :func:`decide`, for the first such card.
        GlossaryError: As :func:`decide`.
    """
    cards = [queue.card(choice.card) for choice in choices]

    def edit(rows: GlossaryRows) -> Iterable[RowChange]:
        steps: list[RowChange] = []
        try:
            for card, choice in zip(cards, choices, strict=True):
                if card is None:
                    raise StaleCardError(choice.card, choice.card)
                step = _edits(rows, card, choice, by)
                rows.apply(step)
                steps += step
        finally:
            rows.apply(row.inverse for row in reversed(steps))
        return compose(steps)

    subject = say(f"{len(choices)} 枚のカード", f"{len(choices)} cards")
    action = choices[0].action if choices else "accept"
    change = project.change(action, subject, edit, by)
    concept_ids = [
        concept for card in cards if card for concept in card.heading.concepts
    ]
    queue.update([*concept_ids, *_concepts(change)])
    unmark(project, [choice.card for choice in choices])
    return change


def mark(
    queue: ReviewQueue,
    project: Project,
    card: str,
    kind: str,
    by: Author,
    note: str = "",
) -> None:
    """Put a card off (later), flag it for others (flag), or clear that (empty)."""
    if not kind:
        unmark(project, [card])
    else:
        row = (card, kind, note, by.who, by.when.isoformat())
        project.journal.execute("INSERT OR REPLACE INTO marks VALUES(?,?,?,?,?)", [row])
    queue.refresh()


def unmark(project: Project, cards: Iterable[str]) -> None:
    """Clear the marks of cards."""
    sql = "DELETE FROM marks WHERE card = ?"
    project.journal.execute(sql, [(card,) for card in cards])


def compose(changes: Iterable[RowChange]) -> tuple[RowChange, ...]:
    """Return changes made one after the other as one change a row."""
    rows: dict[tuple[str, tuple[str, ...]], RowChange] = {}
    for change in changes:
        place = (change.table, change.key)
        first = rows.get(place, change)
        rows[place] = change._replace(before=first.before)
    return tuple(row for row in rows.values() if row.before != row.after)


def _edits(
    rows: GlossaryRows, card: Card, choice: Choice, by: Author
) -> tuple[RowChange, ...]:
    if choice.version != card_version(rows, card.heading.concepts):
        raise StaleCardError(card.heading.title, card.heading.id)
    steps: dict[tuple[str, str], Callable[[_Work], None]] = {
        ("spelling", "accept"): _join,
        ("spelling", "reject"): _keep_apart,
        ("spelling", "split"): _split,
        ("concept", "accept"): _approve,
        ("concept", "reject"): _reject,
        ("concept", "split"): _split,
        ("english", "accept"): _take_english,
        ("english", "reject"): _refuse_english,
    }
    step = steps.get((card.heading.queue, choice.action))
    if step is None:
        raise GlossaryError(
            choice.action,
            say("このカードではできない操作", "not an action of this card"),
            " | ".join(
                action for queue, action in steps if queue == card.heading.queue
            ),
        )
    work = _Work(rows, card, choice, by)
    step(work)
    if choice.kind:
        for concept in card.heading.concepts:
            if (concept,) in work.draft.rows.tables["concepts"]:
                work.draft.set_concept(concept, KIND, choice.kind)
    return work.draft.changes()


class _Work:
    """A choice on its way: what stays in, what is left out, and the draft."""

    def __init__(
        self, rows: GlossaryRows, card: Card, choice: Choice, by: Author
    ) -> None:
        self.card, self.choice, self.by = card, choice, by
        self.draft = Draft(rows)
        self.draft.take(card.heading.concepts)
        every = [(member.concept, member.form) for member in card.members]
        chosen = every if choice.members is None else [*choice.members]
        unknown = [place for place in chosen if place not in every]
        if unknown:
            raise StaleCardError(unknown[0][1], card.heading.id)
        self.inside = [place for place in every if place in chosen]
        self.outside = [place for place in every if place not in chosen]

    def lead(self) -> tuple[str, str]:
        """Return concept and form that lead what stays in."""
        inside = [form for _, form in self.inside]
        preferred = self.choice.preferred
        if preferred and preferred not in inside:
            raise GlossaryError(
                preferred,
                say("外した表記", "a form that is left out"),
                say("残した表記のどれか", "one that is left in"),
            )
        form = preferred or (
            self.card.heading.title if self.card.heading.title in inside else inside[0]
        )
        return next(place for place in self.inside if place[1] == form)


def _join(work: _Work) -> None:
    """Make the members left in one concept; those left out stay apart from it."""
    draft, by = work.draft, work.by
    if len(work.inside) < 2:
        _keep_apart(work)
        return
    _part_outsiders(work)
    home, lead = work.lead()
    survivor = _reviewed_first(work, home)
    first = next(form for concept, form in work.inside if concept == survivor)
    for concept, form in work.inside:
        if concept != survivor and (concept,) in draft.rows.tables["concepts"]:
            draft.merge(survivor, concept, "ja", (first, form), by)
    draft.set_status(survivor, "ja", lead, "prefer", by)
    for _, form in work.inside:
        row = draft.rows.tables["terms"].get((survivor, "ja", form))
        if row is not None and row[STATUS] == "proposed":
            draft.set_status(survivor, "ja", form, "admit", by)
    for _, other in work.outside:
        for _, form in work.inside:
            draft.decide("different", "ja", form, other, by)


def _reviewed_first(work: _Work, home: str) -> str:
    """Return the concept that stays: a reviewed one before a proposed one."""
    concepts = work.draft.rows.tables["concepts"]
    inside = dict.fromkeys(concept for concept, _ in work.inside)
    with_review = [
        each for each in inside if concepts[(each,)][CONCEPT_STATUS] != "proposed"
    ]
    return home if home in with_review or not with_review else with_review[0]


def _part_outsiders(work: _Work) -> None:
    """Move each form left out of a concept that stays in to a concept of its own."""
    inside = {concept for concept, _ in work.inside}
    for concept, form in work.outside:
        if concept in inside:
            work.draft.split(concept, "ja", [form], work.by)


def _keep_apart(work: _Work) -> None:
    """Decide that forms of different concepts, which a link ties, are different."""
    rows = work.draft.rows
    homes = {
        norm(row[FORM]): (concept, row[LANG])
        for concept in work.card.heading.concepts
        for row in rows.terms(concept)
    }
    leads = [rows.lead(concept) for concept in work.card.heading.concepts]
    pairs = [(joint.left, joint.right) for joint in work.card.joints]
    for left, right in [*pairs, *combinations(dict.fromkeys(leads), 2)]:
        ours, theirs = homes.get(norm(left)), homes.get(norm(right))
        if ours is None or theirs is None or ours[0] == theirs[0]:
            continue
        if not decided_apart(work.draft.rows, left, right):
            lang = ours[1] if ours[1] == theirs[1] else "ja"
            work.draft.decide("different", lang, left, right, work.by)


def _split(work: _Work) -> None:
    """Give each member left out a concept of its own; with none left out, each one."""
    if not work.outside:
        first, *rest = work.inside
        work.inside, work.outside = [first], rest
    by_concept: dict[str, int] = {}
    for concept, _ in work.inside:
        by_concept[concept] = by_concept.get(concept, 0) + 1
    for concept, form in work.outside:
        rows = work.draft.rows.terms(concept, "ja")
        if len(rows) > 1:
            work.draft.split(concept, "ja", [form], work.by)
    for _, other in work.outside:
        for _, form in work.inside:
            if form != other:
                work.draft.decide("different", "ja", form, other, work.by)


def _approve(work: _Work) -> None:
    (concept,) = work.card.heading.concepts
    if not work.inside:
        _reject(work)
        return
    if work.card.members:
        _part_outsiders(work)
        _, lead = work.lead()
        work.draft.set_status(concept, "ja", lead, "prefer", work.by)
    lang = "ja" if work.card.members else work.draft.rows.terms(concept)[0][LANG]
    work.draft.approve(concept, lang, work.by, english=work.choice.english or ())
    if work.choice.english is not None:
        _refuse_others(work, concept)


def _reject(work: _Work) -> None:
    for concept in work.card.heading.concepts:
        work.draft.reject_concept(concept, work.by)


def _take_english(work: _Work) -> None:
    (concept,) = work.card.heading.concepts
    work.draft.choose_english(concept, work.choice.english or (), work.by)
    _refuse_others(work, concept)


def _refuse_others(work: _Work, concept: str) -> None:
    """Take out proposed English that was not chosen; it is not proposed again."""
    for row in work.draft.rows.terms(concept, "en"):
        if row[STATUS] == "proposed":
            work.draft.reject(concept, "en", row[FORM], work.by)


def _refuse_english(work: _Work) -> None:
    (concept,) = work.card.heading.concepts
    _refuse_others(work, concept)


def _subject(card: Card, choice: Choice) -> str:
    forms = (
        [form for _, form in choice.members]
        if choice.members
        else [member.form for member in card.members]
    )
    return (
        " + ".join(forms[:6])
        if card.heading.queue == "spelling"
        else card.heading.title
    )


def _concepts(change: Change) -> set[str]:
    return {row.key[0] for row in change.rows if row.table == "concepts"} | {
        row.key[0] for row in change.rows if row.table == "terms"
    }
