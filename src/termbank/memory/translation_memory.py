"""Memory: a translation memory in a folder, opened by any number of processes."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from rapidfuzz.distance import Levenshtein

from termbank.arguments import (
    refuse_other_frames,
    require_count,
    require_language,
    require_number,
    require_path,
    require_text,
    require_texts,
)
from termbank.errors import EngineError, StoreError
from termbank.isolation.thread_guard import Guarded
from termbank.memory.search.block_index import Index, rebuild, sweep, update
from termbank.memory.search.substitution import substitute
from termbank.processors import processors
from termbank.stores.addresses import is_address
from termbank.text.language_tags import is_same_language
from termbank.text.lone_surrogates import without_surrogates
from termbank.types import Match

from . import importing, store
from .search import concordance, match_scoring
from .team_segments import TeamSegments

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from types import TracebackType

    import polars as pl

    from termbank.memory.search.concordance import Concordance
    from termbank.memory.search.match_scoring import Circumstances
    from termbank.memory.search.worker_pool import Crew

    from .import_report import ImportReport
    from .memory_row import Row

LIMIT: Final = 5
AT_LEAST: Final = 70.0  # the default of most CAT tools
_SPARE: Final = 5  # rows scored beyond those asked for: penalties may reorder them
_SPARE_IF_ASKED: Final = 30  # the same where the caller compares origins or languages
_NEAR_ROWS: Final = 64  # rows of one skeleton that are looked at
# What is put into the translation.
_VALUES: Final = frozenset(("numbers", "units", "tags"))
# Of the similarity asked for, what the characters of two texts of words must share: one
# word in four may hold half of the characters.
_WORDS_CUT: Final = 0.7
_SPARE_FOR_WORDS: Final = 20
_MANY: Final = 1500  # texts from which worker processes earn back their start


class Stats(NamedTuple):
    """Size of a memory.

    Attributes:
        segments: Stored pairs.
        unindexed: Of these, still scanned rather than looked up in the index.
        index_bytes: Index on disk.
        store_bytes: SQLite file with its write-ahead log.
        languages: (source language, target language, pairs), sorted.
    """

    segments: int
    unindexed: int
    index_bytes: int
    store_bytes: int
    languages: tuple[tuple[str, str, int], ...]


class Memory:
    """A translation memory: pairs of segments and a search for the likest sources.

    One process writes at a time, others wait; readers never wait. Use ``with`` or
    ``close``. One object may be used by several threads.

    >>> import tempfile, polars as pl
    >>> folder = tempfile.TemporaryDirectory()
    >>> with Memory.open(folder.name) as memory:
    ...     added = memory.add(pl.DataFrame({
    ...         "source": ["交渉は3時間続いた。"],
    ...         "target": ["The talks lasted 3 hours."]}))
    ...     match = memory.search("交渉は５時間続いた。")[0]
    >>> match.target, match.score, match.band, match.penalties
    ('The talks lasted 5 hours.', 96.0, 'near-exact', ('numbers',))
    >>> folder.cleanup()
    """

    def __init__(self, truth: store.Store, team: TeamSegments | None = None) -> None:
        self._store, self._team = truth, team
        self._index = Index(truth)
        self._starting = Guarded(list[Any])  # holds the crew, once there is one

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        read_only: bool = False,
        wait: float = store.WAIT,
        who: str | None = None,
    ) -> Memory:
        """Open a memory; make it where the folder is new.

        Args:
            path: Folder of the memory, or the address of a team's store
                (``postgresql://…``), whose segments are searched in a copy on this
                machine.
            read_only: Refuse to write; the folder must hold a memory.
            wait: Seconds that a write waits for another writer.
            who: Person that a team's audit trail names; the account's where absent.

        Raises:
            StoreError: Not a folder, not a memory, made by a newer termbank, or a store
                that is out of reach.
        """
        require_path("path", path)
        if is_address(path):
            team = TeamSegments.open(str(path), read_only=read_only, wait=wait, who=who)
            return cls(team.copy, team)
        return cls(store.Store(Path(path), read_only=read_only, wait=wait))

    def add(
        self,
        segments: pl.DataFrame | str | Path | Iterable[tuple[str, str]],
        *,
        lang: str | None = None,
        to: str | None = None,
        report: ImportReport | None = None,
    ) -> int:
        """Store segments, all or none, and index them once enough have come.

        A pair that is there already (same texts, languages, neighbours and origin, or
        the same segment_id) is updated and not stored twice.

        Args:
            segments: Frame of schema ``Segments`` of which only source and target are
                required, pairs (source, translation), or a bilingual file (TMX, XLIFF,
                PO, CSV, TSV, XLSX). The direction of a pair is that of the file.
            lang: One language of a file's pairs, ja where absent; that of the sources
                where none is named.
            to: The other language, en where absent; that of the translations where none
                is named. Pairs of a file in other languages are left out.
            report: Is filled with what was understood of a file and what was left out.

        Returns:
            Number of pairs that are new.

        Raises:
            InputError: The file cannot be read or holds no pair in these languages, or
                the frame lacks a column.
            StoreError: Another writer took longer than ``wait``; no room.

        >>> import tempfile
        >>> folder = tempfile.TemporaryDirectory()
        >>> with Memory.open(folder.name) as memory:
        ...     memory.add([("停戦で合意した。", "They agreed on a ceasefire.")])
        1
        >>> folder.cleanup()
        """
        require_language("lang", lang)
        require_language("to", to)
        refuse_other_frames("segments", segments, "a frame SEGMENTS")
        return self.add_batches(
            importing.batches(segments, lang=lang, to=to, report=report)
        )

    def add_batches(self, batches: Iterable[pl.DataFrame]) -> int:
        """Store checked frames of segments, all or none; return how many are new."""
        if self._team:
            rows = (row for batch in batches for row in importing.rows(batch))
            return self._team.add(row[1:] for row in rows)
        with self._store.writing() as connection:
            before = self._store.count()
            for batch in batches:
                own = batch["segment_id"].null_count() == batch.height
                store.insert(connection, importing.rows(batch), own=own)
            new_count = self._store.count() - before
        # Acknowledged from here on; the index is another transaction, as it can be remade.
        with self._store.writing() as connection:
            has_changes = update(connection, self._store)
        if has_changes:
            self._sweep()
        return new_count

    def search(
        self,
        text: str,
        *,
        limit: int = LIMIT,
        at_least: float = AT_LEAST,
        lang: str | None = None,
        to: str | None = None,
        around: Circumstances = match_scoring.NOWHERE,
    ) -> list[Match]:
        """Return the stored segments whose sources are likest to a text, best first.

        Args:
            text: Segment to be translated.
            limit: Number of matches at most.
            at_least: Lowest score, 0-102.
            lang: Language of the source as BCP 47; segments that name another language
                are left out.
            to: Language of the translation, likewise.
            around: Neighbours of the text and what else lowers or lifts a score.

        >>> import tempfile, polars as pl
        >>> folder = tempfile.TemporaryDirectory()
        >>> with Memory.open(folder.name) as memory:
        ...     added = memory.add(pl.DataFrame({
        ...         "source": ["停戦案に合意した。"], "target": ["They agreed to it."]}))
        ...     print([match.score for match in memory.search("停戦案に合意する。")])
        [77.77777777777779]
        >>> folder.cleanup()
        """
        require_text("text", text)
        require_count("limit", limit)
        require_number("at_least", at_least)
        require_language("lang", lang)
        require_language("to", to)
        if not text or limit <= 0:
            return []
        text = without_surrogates(text)
        self._pull()
        query = match_scoring.shape(text)
        with self._store.faults(), self._store.pinned():
            self._index.refresh()
            rows, similar = self._likely_rows(text, limit, at_least, lang or to, around)
        scores = []
        for row in rows:
            if lang and row.source_lang and not is_same_language(row.source_lang, lang):
                continue
            if to and row.target_lang and not is_same_language(row.target_lang, to):
                continue
            match, likeness = _scored_match(query, row, similar.get(row.id), around)
            if match.score >= at_least:
                scores.append((-match.score, -likeness, row.id, match))
        scores.sort(key=lambda entry: entry[:3])
        return [match for *_, match in scores[:limit]]

    def _likely_rows(
        self,
        text: str,
        limit: int,
        at_least: float,
        lang: str | None,
        around: Circumstances,
    ) -> tuple[list[Row], dict[int, float]]:
        """Return rows that may match, and the similarity of those that the index gave."""
        cut = min(max(at_least / 100, 0.0), 1.0)
        spare = _SPARE_IF_ASKED if lang or around.compares else _SPARE
        if match_scoring.likeness(text, text) is not None:
            # Words may be more alike than their characters: the net is cast wider.
            cut, spare = cut * _WORDS_CUT, max(spare, _SPARE_FOR_WORDS)
        likely = self._index.candidates(text, cut, limit, spare=spare)
        similar = {candidate.id: candidate.similarity for candidate in likely}
        rows = self._store.rows(list(similar))
        skeleton = match_scoring.skeleton(text)
        near = {row.id: row for row in self._store.near(skeleton, text, _NEAR_ROWS)}
        return list((rows | near).values()), similar

    def search_many(
        self,
        texts: Sequence[str],
        *,
        limit: int = LIMIT,
        at_least: float = AT_LEAST,
        lang: str | None = None,
        workers: int | None = None,
    ) -> list[list[Match]]:
        """Search for each of many texts, on all cores where there are enough of them.

        Args:
            texts: Segments to be translated.
            limit: Number of matches each, at most.
            at_least: Lowest score.
            lang: As in :meth:`search`.
            workers: Processes; by default one a core from 1,500 texts on.
        """
        require_texts("texts", texts)
        texts = list(texts)
        self._pull()
        from termbank.memory.search.worker_pool import Crew

        count = workers or (processors() if len(texts) >= _MANY else 1)
        if count <= 1:
            return [
                self.search(text, limit=limit, at_least=at_least, lang=lang)
                for text in texts
            ]
        with self._starting as crews:
            if not crews or crews[0].is_inherited:
                crews[:] = [Crew(self._store.folder, count)]
            crew: Crew = crews[0]
        try:
            return crew.search(texts, limit, at_least, lang)
        except EngineError:
            self._end(crew)  # the next call starts new workers
            raise

    def _end(self, crew: Crew) -> None:
        with self._starting as crews:
            if crew in crews:
                crews.remove(crew)
        crew.close()

    def concordance(
        self, query: str, *, lang: str | None = None, limit: int = 100
    ) -> list[Match]:
        """Return segments that hold a string, in either language.

        Args:
            query: One character or more; ``*`` stands for any characters, ``?`` for one;
                width and case do not matter. Where the string stands nowhere, its
                words are looked for on one side, then other spellings of it.
            lang: Look only in texts of this language.
            limit: Number of segments at most; in order of entry.
        """
        return self.find_text(query, lang=lang, limit=limit).matches

    def find_text(
        self, query: str, *, lang: str | None = None, limit: int = 100
    ) -> Concordance:
        """Return segments that hold a string, and what was found in its place.

        Args:
            query: As for :meth:`concordance`.
            lang: As there.
            limit: As there.

        >>> import tempfile
        >>> folder = tempfile.TemporaryDirectory()
        >>> with Memory.open(folder.name) as memory:
        ...     added = memory.add([("停戦の案に合意した。", "They agreed to a ceasefire.")])
        ...     found = memory.find_text("合意 停戦")
        >>> len(found.matches), found.words, found.instead
        (1, ('合意', '停戦'), True)
        >>> folder.cleanup()
        """
        require_text("query", query)
        require_language("lang", lang)
        require_count("limit", limit)
        self._pull()
        return concordance.find(self._store, query, lang=lang, limit=limit)

    def delete(self, segment_ids: Iterable[str]) -> int:
        """Delete segments; return how many there were."""
        require_texts("segment_ids", segment_ids)
        if self._team:
            return self._team.retire(sorted(set(segment_ids)))
        id_rows = [
            (without_surrogates(segment_id),) for segment_id in sorted(set(segment_ids))
        ]
        with self._store.writing() as connection:
            before = self._store.count()
            connection.executemany("DELETE FROM segments WHERE segment_id = ?", id_rows)
            gone = before - self._store.count()
            many = gone > store.GONE_SHARE * before
            if many:
                rebuild(connection, self._store)
        if many:
            self._sweep()
        return gone

    def replace(
        self, segment_id: str, *, source: str | None = None, target: str | None = None
    ) -> None:
        """Change the source or the translation of a stored segment.

        Raises:
            StoreError: There is no such segment.
        """
        require_text("segment_id", segment_id)
        for name, text in (("source", source), ("target", target)):
            if text is not None:
                require_text(name, text)
        texts = {"source": source, "target": target}
        new_texts = {
            side: without_surrogates(text)
            for side, text in texts.items()
            if text is not None
        }
        if self._team:
            self._team.replace(segment_id, new_texts)
            return
        with self._store.writing() as connection:
            store.replace(self._store, connection, segment_id, new_texts)

    def export(self, path: str | Path | None = None) -> pl.DataFrame:
        """Return all segments in order of entry; write them where a path is given.

        Args:
            path: File whose ending says the format (TMX, CSV, TSV, XLSX, parquet …).

        Returns:
            Frame of schema ``Segments``.
        """
        if path is not None:
            require_path("path", path)
        from .exporting import frame, write

        self._pull()
        segments = frame(self._store)
        if path is not None:
            write(segments, Path(path))
        return segments

    def rows(self) -> Iterator[Row]:
        """Yield all stored pairs in order of entry, without holding them all."""
        self._pull()
        yield from self._store.select("TRUE ORDER BY id")

    def stats(self) -> Stats:
        """Return the size of the memory; of a team's store, that of the copy here."""
        self._pull()
        self._index.refresh()
        folder = self._store.folder
        files = folder.glob(f"{store.FILE}*")
        return Stats(
            self._store.count(),
            self._index.unindexed,
            self._index.size,
            sum(path.stat().st_size for path in files),
            self._store.languages(),
        )

    def __repr__(self) -> str:
        """Return where the memory is and how much it holds; never an error."""
        place = str(self._store.folder)
        try:
            languages = self._store.languages()
        except (StoreError, sqlite3.Error):
            return f"<Memory {place!r}: closed or not readable>"
        pairs = ", ".join(f"{left} → {right} {n}" for left, right, n in languages)
        total = sum(count for _, _, count in languages)
        noun = "segment" if total == 1 else "segments"
        return f"<Memory {place!r}: {total} {noun}{f' ({pairs})' if pairs else ''}>"

    def _repr_html_(self) -> str:
        from termbank.text.columns import html_table

        try:
            languages = self._store.languages()
        except (StoreError, sqlite3.Error):
            languages = ()
        return html_table(repr(self), ("source", "target", "segments"), languages)

    def vacuum(self) -> None:
        """Give back the room of deleted segments and make the index anew."""
        with self._store.writing() as connection:
            rebuild(connection, self._store)
        self._sweep()
        with self._store.faults():
            self._store.connection.execute("VACUUM")
            self._store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _pull(self) -> None:
        if self._team:
            self._team.pull()

    def _sweep(self) -> None:
        with self._store.writing() as connection:
            sweep(connection, self._store)

    def close(self) -> None:
        """Close files and end worker processes; closing twice does nothing."""
        with self._starting as crews:
            ending = list(crews)
            crews.clear()
        for crew in ending:
            crew.close()
        self._store.close()
        if self._team:
            self._team.close()

    def __enter__(self) -> Memory:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _scored_match(
    query: match_scoring.Shape,
    row: Row,
    similarity: float | None,
    around: Circumstances,
) -> tuple[Match, float]:
    """Return the match that a row is for a query, and how like their sources are."""
    if similarity is None:
        similarity = Levenshtein.normalized_similarity(query.text, row.source)
    words = match_scoring.likeness(query.text, row.source)
    likeness = similarity if words is None else words
    verdict = match_scoring.score_match(query, row, likeness, around)
    target = row.target
    if not _VALUES.isdisjoint(verdict.penalties):
        stored_shape = match_scoring.shape(row.source)
        written = substitute(target, query, stored_shape)
        if written is not None:
            target = written
        elif match_scoring.needs_values(query, stored_shape):
            verdict = match_scoring.lower_score(verdict, query, likeness)
    match = Match(
        row.source,
        target,
        verdict.score,
        verdict.band,
        verdict.penalties,
        row.segment_id,
        row.origin or "",
    )
    return match, likeness
