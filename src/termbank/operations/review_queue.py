"""What waits for a person, as cards: spellings to join, concepts, English, requests.

The queue follows from the glossary, its decisions, and the links that the last build
asked about; nothing of it is stored, so that a decision made anywhere takes its card
out everywhere. Cards that were put off or flagged bear a mark in the journal.
"""

from __future__ import annotations

from collections import deque
from hashlib import sha256
from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.text.normalise import norm

from .english_proposals import score_of
from .evidence import Evidence, evidence_of
from .finding_queue import finding_of, open_findings
from .glossary_rows import (
    CONCEPT_STATUS,
    DOMAIN,
    FORM,
    KIND,
    LANG,
    NOTE,
    SOURCE,
    STATUS,
)
from .requests import TermRequest, request_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .glossary_rows import GlossaryRows
    from .project import Project

QUEUES: Final = ("spelling", "concept", "english", "finding", "request")
# A chain of unsure links may run through half a glossary; a person reads so many at once.
_LARGEST_GROUP: Final = 8


class Member(NamedTuple):
    """One form on a card.

    Attributes:
        concept: Identifier of its concept.
        lang: Its language.
        form: As it is written.
        status: preferred, admitted, deprecated, forbidden or proposed.
        evidence: What the documents say about it.
        note: Remark, or where an English form comes from.
    """

    concept: str
    lang: str
    form: str
    status: str
    evidence: Evidence
    note: str


class Joint(NamedTuple):
    """Why two members may be one word.

    Attributes:
        left: Form.
        right: Form.
        similarity: 0-100.
        reasons: Names of what was seen, as ``termbank reconcile --explain`` has them.
        relation: spelling, acronym …; empty where unknown.
        verdict: same, related or ask.
    """

    left: str
    right: str
    similarity: float
    reasons: tuple[str, ...]
    relation: str
    verdict: str


class Heading(NamedTuple):
    """A card as a list shows it.

    Attributes:
        id: Stays the same while the same thing is asked.
        queue: spelling, concept, english, finding or request.
        title: Leading form.
        forms: All other forms on it.
        score: spelling: the lowest similarity, 0-100; concept: mentions; english: how
            sure the best form is, 0-100.
        concepts: Identifiers.
        kind: Of the first concept.
        mark: later, flag or empty.
    """

    id: str
    queue: str
    title: str
    forms: tuple[str, ...]
    score: float
    concepts: tuple[str, ...]
    kind: str
    mark: str = ""


class Card(NamedTuple):
    """Everything a person sees before deciding.

    Attributes:
        heading: As in the list.
        members: Japanese forms, the leading one first.
        english: English forms, the best first.
        joints: Why forms were or may be joined, the surest first; of any language.
        domain: Of the first concept.
        definition: Japanese, else in any language.
        version: What the decision must name; another one means that somebody decided.
        note: Of the mark: what a colleague wrote.
        marked_by: Who marked it; empty for nobody.
    """

    heading: Heading
    members: tuple[Member, ...]
    english: tuple[Member, ...]
    joints: tuple[Joint, ...]
    domain: str
    definition: str
    version: str
    note: str = ""
    marked_by: str = ""


class ReviewQueue:
    """The cards of a project, kept up to date as decisions are made.

    Args:
        project: Whose.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._rows = project.rows()
        self._cards: dict[str, Heading] = {}
        self._of_concept: dict[str, str] = {}
        self._links: dict[str, list[Joint]] = {}
        self._marks: dict[str, tuple[str, str, str]] = {}
        self._mentions: dict[tuple[str, str], int] = {}
        self._version: tuple[str, tuple[int, int]] = ("", (0, 0))
        self.refresh()

    def refresh(self) -> None:
        """Read anew what changed since: rows, links, marks."""
        journal = self._project.journal
        marks = journal.read("SELECT card, mark, note, who FROM marks")
        self._marks = {card: (mark, note, who) for card, mark, note, who in marks}
        rows = self._project.rows()
        ((links, forms),) = journal.read(
            "SELECT (SELECT count(*) FROM links), (SELECT count(*) FROM forms)"
        ) or ((0, 0),)
        evidence = (links, forms)
        if rows is self._rows and self._version == (self._project.version, evidence):
            return
        self._rows = rows
        self._version = (self._project.version, evidence)
        self._read_links()
        self._cards, self._of_concept = {}, {}
        for key in rows.tables["concepts"]:
            self._place(key[0])

    def update(self, concepts: Iterable[str]) -> None:
        """Bring the cards of some concepts up to date after a decision."""
        self._rows = self._project.rows()
        self._version = (self._project.version, self._version[1])
        concept_ids = {*concepts}
        for concept in [*concept_ids]:
            card = self._cards.get(self._of_concept.get(concept, ""))
            if card is not None:
                concept_ids |= {*card.concepts}
        for concept in concept_ids:
            self._cards.pop(self._of_concept.pop(concept, ""), None)
        for concept in sorted(concept_ids):
            self._place(concept)

    def headings(self, queue: str = "", search: str = "") -> list[Heading]:
        """Return the cards as a list shows them: surest first, put-off ones last.

        Args:
            queue: Only of this queue; empty for all.
            search: Only those with a form that holds this text, in any width or case.
        """
        key = norm(search)
        cards = [
            self._with_mark(card)
            for card in self._cards.values()
            if (not queue or card.queue == queue)
            and (
                not key or any(key in norm(form) for form in (card.title, *card.forms))
            )
        ]
        if queue in ("", "request"):
            cards += self._requests(key)
        if queue in ("", "finding"):
            cards += self._findings(key)
        cards.sort(key=_order)
        return cards

    def counts(self) -> dict[str, int]:
        """Return how many cards each queue holds."""
        counts = dict.fromkeys(QUEUES, 0)
        for card in self._cards.values():
            counts[card.queue] += 1
        counts["request"] = len(self._requests(""))
        counts["finding"] = len(self._findings(""))
        return counts

    def card(self, identifier: str) -> Card | None:
        """Return one card with its evidence; None where it is decided or unknown."""
        heading = self._cards.get(identifier)
        if heading is None:
            return None
        heading = self._with_mark(heading)
        members = [*self._members(heading.concepts, "ja")]
        english = [*self._members(heading.concepts, "en")]
        first = heading.concepts[0]
        definitions = self._rows.definitions(first)
        _, note, who = self._marks.get(identifier, ("", "", ""))
        return Card(
            heading,
            tuple(members),
            tuple(english),
            self._joints(heading.concepts),
            self._rows.tables["concepts"][(first,)][DOMAIN],
            definitions.get("ja") or next(iter(definitions.values()), ""),
            card_version(self._rows, heading.concepts),
            note,
            who,
        )

    def versions(self, identifiers: Iterable[str]) -> dict[str, str]:
        """Return the versions of cards, for decisions made from the list."""
        return {
            card: card_version(self._rows, self._cards[card].concepts)
            for card in identifiers
            if card in self._cards
        }

    def request(self, identifier: str) -> TermRequest | None:
        """Return what a card of the request or the finding queue is about."""
        if identifier.startswith("finding:"):
            return finding_of(self._project, identifier)
        return request_of(self._project, identifier)

    def _with_mark(self, card: Heading) -> Heading:
        mark = self._marks.get(card.id)
        return card._replace(mark=mark[0]) if mark else card

    def _findings(self, key: str) -> list[Heading]:
        return [
            Heading(card, "finding", message, (), 0.0, (), code)
            for card, message, code in open_findings(self._project)
            if not key or key in norm(message)
        ]

    def _requests(self, key: str) -> list[Heading]:
        rows = self._project.journal.read(
            "SELECT number, kind, subject FROM requests WHERE state = 'open'"
        )
        cards = [
            Heading(f"request:{number}", "request", subject, (), 0.0, (), kind)
            for number, kind, subject in rows
        ]
        misses = self._project.journal.read(
            "SELECT query, times FROM misses ORDER BY times DESC, query LIMIT 200"
        )
        cards += [
            Heading(f"miss:{query}", "request", query, (), float(times), (), "missed")
            for query, times in misses
        ]
        return [card for card in cards if not key or key in norm(card.title)]

    def _members(self, concepts: Iterable[str], lang: str) -> Iterator[Member]:
        order = ("preferred", "admitted", "proposed", "deprecated", "forbidden")
        for concept in concepts:
            rows = self._rows.terms(concept, lang)
            for row in sorted(
                rows, key=lambda row: (order.index(row[STATUS]), row[FORM])
            ):
                evidence = evidence_of(self._project, lang, row[FORM])
                note = row[NOTE]
                if lang == "en":
                    remarks = (row[SOURCE].removeprefix("termbank enrich: "), note)
                    note = " · ".join(part for part in remarks if part)
                yield Member(concept, lang, row[FORM], row[STATUS], evidence, note)

    def _joints(self, concepts: Iterable[str]) -> tuple[Joint, ...]:
        """Return the links among all forms of some concepts, whatever their language."""
        forms = {row[FORM] for concept in concepts for row in self._rows.terms(concept)}
        keys = {norm(form) for form in forms}
        joints = {
            joint
            for form in forms
            for joint in self._links.get(form, ())
            if norm(joint.left) in keys and norm(joint.right) in keys
        }
        return tuple(
            sorted(
                joints,
                key=lambda concept: (-concept.similarity, concept.left, concept.right),
            )
        )

    def _read_links(self) -> None:
        self._links = {}
        for (
            left,
            right,
            similarity,
            reasons,
            relation,
            verdict,
        ) in self._project.journal.read(
            "SELECT left, right, similarity, reasons, relation, verdict FROM links"
        ):
            reason_list = tuple(reasons.split(",")) if reasons else ()
            joint = Joint(left, right, similarity, reason_list, relation, verdict)
            self._links.setdefault(left, []).append(joint)
            self._links.setdefault(right, []).append(joint)
        counts = self._project.journal.read("SELECT lang, form, mentions FROM forms")
        self._mentions = {(lang, form): mentions for lang, form, mentions in counts}

    def _place(self, concept: str) -> None:
        if (
            concept in self._of_concept
            or (concept,) not in self._rows.tables["concepts"]
        ):
            return
        group = self._group(concept)
        card = self._spelling(group) if len(group) > 1 else self._single(concept)
        if card is not None:
            self._cards[card.id] = card
            self._of_concept |= dict.fromkeys(card.concepts, card.id)

    def _group(self, concept: str) -> list[str]:
        """Return concepts that unsure links tie together, at most eight."""
        group, waiting = {concept: None}, deque([concept])
        while waiting and len(group) < _LARGEST_GROUP:
            for other in self._neighbours(waiting.popleft()):
                if other in group or other in self._of_concept:
                    continue
                if len(group) < _LARGEST_GROUP:
                    group[other] = None
                    waiting.append(other)
        return sorted(group)

    def _neighbours(self, concept: str) -> list[str]:
        others: dict[str, None] = {}
        for row in self._rows.terms(concept):
            for joint in self._links.get(row[FORM], ()):
                if joint.verdict != "ask":
                    continue
                other = joint.right if joint.left == row[FORM] else joint.left
                homes = self._rows.concepts(other, "ja") or self._rows.concepts(
                    other, "en"
                )
                if len(homes) != 1 or homes[0] == concept:
                    continue
                if not decided_apart(self._rows, row[FORM], other):
                    others[homes[0]] = None
        return sorted(others)

    def _spelling(self, group: list[str]) -> Heading:
        leads = {concept: self._rows.lead(concept) for concept in group}
        order = sorted(
            group, key=lambda concept: (-self._count(concept), leads[concept])
        )
        forms = [
            row[FORM]
            for concept in order
            for row in self._rows.terms(concept)
            if row[LANG] == "ja"
        ]
        title = leads[order[0]]
        open_joints = [joint for joint in self._joints(order) if joint.verdict == "ask"]
        score = min((joint.similarity for joint in open_joints), default=0.0)
        others = tuple(form for form in dict.fromkeys(forms) if form != title)
        kind = self._rows.tables["concepts"][(order[0],)][KIND]
        identifier = f"spelling:{'+'.join(group)}"
        return Heading(identifier, "spelling", title, others, score, tuple(order), kind)

    def _single(self, concept: str) -> Heading | None:
        row = self._rows.tables["concepts"][(concept,)]
        terms = self._rows.terms(concept)
        if not terms:
            return None
        title = self._rows.lead(concept)
        if row[CONCEPT_STATUS] == "proposed":
            forms = [term[FORM] for term in terms if term[FORM] != title]
            count = float(self._count(concept))
            identifier = f"concept:{concept}"
            return Heading(
                identifier, "concept", title, tuple(forms), count, (concept,), row[KIND]
            )
        proposals = [
            term for term in terms if term[LANG] == "en" and term[STATUS] == "proposed"
        ]
        if not proposals:
            return None
        english = tuple(term[FORM] for term in proposals)
        score = max(score_of(term[SOURCE]) for term in proposals)
        identifier = f"english:{concept}"
        return Heading(
            identifier, "english", title, english, score, (concept,), row[KIND]
        )

    def _count(self, concept: str) -> int:
        return sum(
            self._mentions.get((row[LANG], row[FORM]), 0)
            for row in self._rows.terms(concept)
        )


def card_version(rows: GlossaryRows, concepts: Iterable[str]) -> str:
    """Return what changes whenever a row or decision of the concepts does."""
    present = [concept for concept in concepts if (concept,) in rows.tables["concepts"]]
    part = rows.part(present)
    text = "\0".join(
        "\1".join(row) for table in part.values() for row in table.values()
    )
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def decided_apart(rows: GlossaryRows, left: str, right: str) -> bool:
    """Whether a person decided about two forms."""
    pair = {norm(left), norm(right)}
    return any(
        row[3] and {norm(row[2]), norm(row[3])} == pair
        for lang in ("ja", "en")
        for row in rows.decisions(lang, left)
    )


def cards_to_decide(project: Project) -> int:
    """Return how many cards wait for a person."""
    return sum(ReviewQueue(project).counts().values())


def _order(card: Heading) -> tuple[object, ...]:
    place = (card.mark == "later", QUEUES.index(card.queue), -card.score)
    if card.queue == "finding":  # they come by file and line
        return (*place, "", "")
    return (*place, card.title, card.id)
