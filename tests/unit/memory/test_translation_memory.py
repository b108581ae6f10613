"""The memory as its users see it: what is stored is found, whatever happens to the index."""

import random
import sqlite3
import threading
from datetime import UTC, date, datetime

import polars as pl
import pytest
from rapidfuzz.distance import Levenshtein

from termbank.errors import FormatError, InputError, StoreError
from termbank.memory import Circumstances, Memory
from termbank.memory.search import block_index
from termbank.memory.search.concordance import hits

PAIRS = [
    ("停戦案に合意した。", "They agreed to the ceasefire proposal."),
    ("交渉は3時間続いた。", "The talks lasted 3 hours."),
    ("大統領は火曜日に帰国する。", "The president returns on Tuesday."),
]


def frame(pairs=PAIRS, **columns):
    made = pl.DataFrame(pairs, schema=["source", "target"], orient="row")
    return made.with_columns(
        pl.lit(value).alias(name) for name, value in columns.items()
    )


@pytest.fixture
def memory(tmp_path):
    with Memory.open(tmp_path / "tm") as opened:
        yield opened


@pytest.fixture
def small_index(monkeypatch):
    """Make an index of a few rows, where a real one starts at thousands."""
    monkeypatch.setattr(block_index, "TAIL_ROWS", 20)


def sentences(count, seed=1):
    """Return Japanese-looking sentences that share words, as real ones do."""
    chosen = random.Random(seed)
    people = ["大統領", "報道官", "外相", "特使", "将軍", "議員", "首相"]
    doings = [
        "停戦案",
        "捕虜交換",
        "安全の保証",
        "制裁",
        "和平交渉",
        "首脳会談",
        "声明",
    ]
    ends = ["に合意した", "を求めている", "について話した", "を拒否した", "を発表する"]
    return [
        f"{chosen.choice(people)}は{number}日、{chosen.choice(people)}と{chosen.choice(doings)}{chosen.choice(ends)}。"
        for number in range(count)
    ]


def test_an_empty_memory_answers_with_nothing(memory):
    assert memory.search("停戦案に合意した。") == []
    assert memory.search("") == []
    assert memory.concordance("停戦") == []


def test_an_exact_source_scores_100_and_comes_first(memory):
    memory.add(frame())
    best = memory.search("停戦案に合意した。")[0]
    assert (best.score, best.band, best.penalties) == (100.0, "exact", ())
    assert best.target == "They agreed to the ceasefire proposal."


def test_a_fuzzy_source_scores_its_similarity(memory):
    memory.add(frame())
    best = memory.search("大統領は水曜日に帰国した。")[0]
    similarity = Levenshtein.normalized_similarity(
        "大統領は水曜日に帰国した。", "大統領は火曜日に帰国する。"
    )
    assert best.score == pytest.approx(100 * similarity)
    assert best.band == "fuzzy"


def test_nothing_under_the_cut_off_and_no_more_than_the_limit(memory):
    memory.add(frame([(one, "x") for one in sentences(50)]))
    found = memory.search(sentences(50)[7], limit=3, at_least=60)
    assert len(found) == 3
    assert all(match.score >= 60 for match in found)
    assert memory.search("全く別の話", at_least=70) == []


def test_a_large_limit_is_honoured(memory, small_index):
    texts = [f"第{number}回の会談が終わった。" for number in range(900)]
    memory.add(frame([(one, "x") for one in texts]))
    assert len(memory.search(texts[0], limit=800)) == 800


def test_neighbours_lift_an_exact_match_to_101_and_102(memory):
    memory.add(frame(PAIRS[:1], previous="前の文。", next="次の文。"))
    text = PAIRS[0][0]
    one = memory.search(
        text, around=Circumstances(previous="前の文。", next="別の文。")
    )
    two = memory.search(
        text, around=Circumstances(previous="前の文。", next="次の文。")
    )
    assert [(one[0].score, one[0].band), (two[0].score, two[0].band)] == [
        (101.0, "context"),
        (102.0, "context"),
    ]


@pytest.mark.parametrize(
    ("columns", "around", "names"),
    [
        ({"method": "machine"}, Circumstances(), ("machine",)),
        ({"method": "alignment"}, Circumstances(), ("alignment",)),
        ({"origin": "a"}, Circumstances(origin="b"), ("origin",)),
        ({"domain": "law"}, Circumstances(domain="news"), ("domain",)),
        (
            {"changed": datetime(2010, 1, 1, tzinfo=UTC)},
            Circumstances(as_of=date(2025, 1, 1)),
            ("age",),
        ),
        ({"origin": "a"}, Circumstances(origin="a"), ()),
    ],
)
def test_where_a_translation_comes_from_costs_points(memory, columns, around, names):
    memory.add(frame(PAIRS[:1], **columns))
    best = memory.search(PAIRS[0][0], around=around)[0]
    assert best.penalties == names
    assert (best.score < 100) == bool(names)


def test_numbers_in_any_shape_are_put_into_the_translation(memory):
    memory.add(
        frame(
            [
                (
                    "令和7年11月23日に１万２千人が集まった。",
                    "On November 23, 2025, 12,000 people gathered.",
                )
            ]
        )
    )
    best = memory.search("2025年12月3日に三万人が集まった。")[0]
    assert best.target == "On December 3, 2025, 30,000 people gathered."
    assert best.band == "near-exact"
    assert 95 <= best.score < 100


def test_a_number_that_the_translation_lacks_is_left_alone(memory):
    memory.add(frame([("第3章を参照。", "See the third chapter.")]))
    best = memory.search("第4章を参照。")[0]
    assert best.target == "See the third chapter."
    assert best.penalties == ("numbers",)


def test_the_same_pair_is_stored_once(memory):
    assert memory.add(frame()) == 3
    assert memory.add(frame()) == 0
    assert memory.stats().segments == 3


def test_two_translations_of_one_source_are_two_matches(memory):
    memory.add(frame([("停戦", "ceasefire"), ("停戦", "truce")]))
    assert [match.target for match in memory.search("停戦")] == ["ceasefire", "truce"]


def test_a_segment_given_again_under_its_identifier_gives_way(memory):
    memory.add(frame(PAIRS[:1], segment_id="u1"))
    memory.add(frame(PAIRS[1:2], segment_id="u1"))
    assert memory.stats().segments == 1
    assert memory.search(PAIRS[0][0]) == []
    assert memory.search(PAIRS[1][0])[0].segment_id == "u1"


def test_delete_and_replace(memory, small_index):
    memory.add(frame([(one, "x") for one in sentences(60)]))
    first = memory.search(sentences(60)[0], limit=1)[0]
    memory.replace(first.segment_id, target="新しい訳")
    assert memory.search(first.source, limit=1)[0].target == "新しい訳"
    memory.replace(first.segment_id, source="差し替えた原文です。")
    assert memory.search("差し替えた原文です。", limit=1)[0].score == 100.0
    assert memory.search(first.source, limit=1)[0].score < 100.0
    assert memory.delete([first.segment_id, "absent"]) == 1
    assert memory.search("差し替えた原文です。") == []
    with pytest.raises(StoreError, match="absent"):
        memory.replace("absent", target="x")


def test_languages_are_told_apart(memory):
    memory.add(
        frame([("NATO", "北大西洋条約機構")], source_lang="en", target_lang="ja")
    )
    memory.add(frame([("NATO", "NATO")], source_lang="ja", target_lang="en"))
    assert [one.target for one in memory.search("NATO", lang="ja")] == ["NATO"]
    assert [one.target for one in memory.search("NATO", lang="en")] == [
        "北大西洋条約機構"
    ]


def test_concordance_finds_one_character_and_wildcards_on_either_side(memory):
    memory.add(frame(source_lang="ja", target_lang="en"))
    assert len(memory.concordance("停")) == 1
    assert len(memory.concordance("ceasefire")) == 1
    assert len(memory.concordance("ＣＥＡＳＥ*proposal")) == 1
    assert len(memory.concordance("?時間")) == 1
    assert memory.concordance("ceasefire", lang="ja") == []
    assert memory.concordance("*") == []


@pytest.mark.parametrize("size", [5, 300])
def test_indexed_and_scanned_rows_give_the_answer_of_a_full_scan(
    tmp_path, small_index, size
):
    texts = sentences(size)
    with Memory.open(tmp_path / "tm") as memory:
        memory.add(frame([(one, "x") for one in texts]))
        memory.add(frame([("末尾に加えた一文だ。", "x")]))
        assert (memory.stats().unindexed == 1) == (size > 20)
        for query in [*sentences(20, seed=9), "末尾に加えた一文だった。"]:
            found = [round(m.score, 6) for m in memory.search(query, at_least=50)]
            every = [*texts, "末尾に加えた一文だ。"]
            ratios = [
                100 * Levenshtein.normalized_similarity(query, one) for one in every
            ]
            # Numbers may lift a score, never lower it: compare from below.
            best = sorted((r for r in ratios if r >= 50), reverse=True)[:5]
            assert len(found) == min(5, len(found)) >= min(5, len(best))
            pairs = zip(found, best, strict=False)
            assert all(mine >= one - 1e-6 for mine, one in pairs)


@pytest.mark.parametrize("harm", ["gone", "torn", "damaged", "foreign"])
def test_a_broken_index_is_made_anew(tmp_path, small_index, harm):
    texts = sentences(100)
    with Memory.open(tmp_path / "tm") as memory:
        memory.add(frame([(one, "x") for one in texts]))
        before = memory.search(texts[3], at_least=50)
    (block,) = (tmp_path / "tm" / "index").glob("*.block")
    content = bytearray(block.read_bytes())
    if harm == "gone":
        block.unlink()
    elif harm == "torn":
        block.write_bytes(content[:-100])
    elif harm == "damaged":
        content[80] ^= 0xFF
        block.write_bytes(content)
    else:
        block.write_bytes(b"x" * len(content))
    with Memory.open(tmp_path / "tm") as memory:
        assert memory.search(texts[3], at_least=50) == before
        assert memory.stats().unindexed == 0


def test_a_reader_without_an_index_scans(tmp_path, small_index):
    texts = sentences(100)
    with Memory.open(tmp_path / "tm") as memory:
        memory.add(frame([(one, "x") for one in texts]))
        before = memory.search(texts[3], at_least=50)
    (block,) = (tmp_path / "tm" / "index").glob("*.block")
    block.unlink()
    with Memory.open(tmp_path / "tm", read_only=True) as memory:
        assert memory.search(texts[3], at_least=50) == before


def test_small_imports_are_merged_into_few_blocks(tmp_path, small_index):
    texts = sentences(900)
    with Memory.open(tmp_path / "tm") as memory:
        for at in range(0, 900, 25):
            memory.add(frame([(one, "x") for one in texts[at : at + 25]]))
        assert memory.stats().segments == 900
        assert all(memory.search(one, limit=1)[0].score == 100 for one in texts[::90])
    assert len(list((tmp_path / "tm" / "index").glob("*.block"))) < 20


def test_a_reader_sees_what_another_connection_commits(tmp_path, small_index):
    with (
        Memory.open(tmp_path / "tm") as writer,
        Memory.open(tmp_path / "tm", read_only=True) as reader,
    ):
        assert reader.search(PAIRS[0][0]) == []
        writer.add(frame())
        assert reader.search(PAIRS[0][0])[0].score == 100
        writer.add(frame([(one, "x") for one in sentences(60)]))
        assert reader.search(sentences(60)[1], limit=1)[0].score == 100
        with pytest.raises(StoreError, match="opened to read"):
            reader.add(frame())


def test_a_second_writer_waits_and_in_the_end_gives_up_with_a_reason(tmp_path):
    with Memory.open(tmp_path / "tm", wait=0.2) as memory:
        memory.add(frame(PAIRS[:1]))
        other = sqlite3.connect(
            tmp_path / "tm" / "memory.sqlite",
            isolation_level=None,
            check_same_thread=False,
        )
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="locked"):
            memory.add(frame())
        timer = threading.Timer(0.1, other.execute, ["ROLLBACK"])
        timer.start()
        assert memory.add(frame()) == 2
        timer.join()
        other.close()


def test_threads_share_one_memory(memory, small_index):
    texts = sentences(200)
    memory.add(frame([(one, "x") for one in texts]))
    wrong = []

    def look(part):
        wrong.extend(one for one in part if memory.search(one, limit=1)[0].score != 100)

    threads = [threading.Thread(target=look, args=(texts[at::4],)) for at in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_many_searches_in_processes_equal_single_ones(memory, small_index):
    texts = sentences(150)
    memory.add(frame([(one, "x") for one in texts]))
    single = [memory.search(one, at_least=60) for one in texts]
    assert memory.search_many(texts, at_least=60) == single
    assert memory.search_many(texts, at_least=60, workers=2) == single


def test_vacuum_forgets_deleted_rows(memory, small_index):
    memory.add(frame([(one, "x") for one in sentences(100)]))
    ids = memory.export()["segment_id"].to_list()
    memory.delete(ids[:90])
    memory.vacuum()
    assert len(list((memory._store.folder / "index").iterdir())) == 1
    assert memory.stats().segments == 10
    assert memory.search(sentences(100)[95], limit=1)[0].score == 100


@pytest.mark.parametrize(
    "suffix", ["tmx", "csv", "tsv", "xlsx", "parquet", "po", "xlf"]
)
def test_an_export_reads_back(tmp_path, memory, suffix):
    pairs = [*PAIRS, ('=1+1 "引用" <b>&\\', "'=1+1\tタブ\n改行")]
    memory.add(frame(pairs, source_lang="ja", target_lang="en"))
    memory.export(tmp_path / f"out.{suffix}")
    with Memory.open(tmp_path / "again") as other:
        other.add(tmp_path / f"out.{suffix}")
        kept = other.export().select("source", "target", "source_lang", "target_lang")
        if suffix == "po":  # gettext takes every msgid for English
            kept = kept.drop("source_lang")
    assert kept.equals(memory.export().select(kept.columns))


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "parquet", "tmx"])
def test_tables_keep_all_attributes(tmp_path, memory, suffix):
    when = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
    memory.add(
        frame(
            PAIRS[:1],
            source_lang="ja",
            target_lang="en",
            origin="p",
            changed=when,
            created=when,
            author="a",
            client="c",
            domain="d",
            note="n",
            method="machine",
            previous="前",
        )
    )
    memory.export(tmp_path / f"out.{suffix}")
    with Memory.open(tmp_path / "again") as other:
        other.add(tmp_path / f"out.{suffix}")
        assert other.export().equals(memory.export())


def test_a_broken_import_stores_nothing(tmp_path, memory):
    memory.add(frame(PAIRS[:1]))
    bad = tmp_path / "bad.tmx"
    bad.write_text('<tmx version="1.4"><header/><body><tu><tuv xml:lang="ja"><seg>あ')
    for path in (bad, tmp_path / "absent.tmx"):
        with pytest.raises(InputError):
            memory.add(path)
    with pytest.raises(InputError, match="target"):
        memory.add(pl.DataFrame({"source": ["あ"]}))
    assert memory.stats().segments == 1


def test_what_is_no_memory_is_said_to_be_none(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="folder"):
        Memory.open(tmp_path / "file")
    with pytest.raises(StoreError, match=r"memory\.sqlite"):
        Memory.open(tmp_path, read_only=True)
    (tmp_path / "memory.sqlite").write_bytes(b"not a database, however long it is" * 99)
    with pytest.raises(StoreError, match="database"):
        Memory.open(tmp_path)


def test_wide_characters_and_long_texts_are_indexed(memory, small_index):
    texts = ["𠮷野家の😀は安い。" + str(number) * 30 for number in range(30)]
    texts += ["長" * 70_000 + "文", "あ", "。"]
    memory.add(frame([(one, "x") for one in texts]))
    assert memory.stats().unindexed == 0
    for text in texts:
        assert memory.search(text, limit=1)[0].source == text


def test_a_document_brings_the_neighbours_of_its_units(tmp_path, memory):
    path = tmp_path / "a.po"
    entries = [
        ("", "Content-Type: text/plain; charset=UTF-8\\nX-Source-Language: ja\\n"),
        ("前の文。", ""),
        ("停戦。", "Ceasefire."),
        ("次の文。", "Next."),
    ]
    path.write_text(
        "\n".join(
            f'msgid "{source}"\nmsgstr "{target}"\n' for source, target in entries
        ),
        encoding="utf-8",
    )
    assert memory.add(path) == 2
    around = Circumstances(previous="前の文。", next="次の文。")
    assert memory.search("停戦。", around=around)[0].score == 102


def test_a_measure_in_another_unit_is_near_exact_with_the_unit_put_in(memory):
    memory.add(frame([("毎朝10kmを走った。", "I ran 10 km every morning.")]))
    (match,) = memory.search("毎朝５キロを走った。")
    assert match.band == "near-exact"
    assert match.penalties == ("numbers", "units")
    assert match.target == "I ran 5 km every morning."


def test_a_memory_of_the_first_layout_learns_what_units_are(tmp_path):
    path = tmp_path / "tm"
    with Memory.open(path) as memory:
        memory.add(frame([("10kmを走った。", "I ran 10 km.")]))
    with sqlite3.connect(path / "memory.sqlite") as connection:
        connection.execute("UPDATE segments SET skeleton = 0")
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    with Memory.open(path, read_only=True) as memory:
        assert not memory.search("八マイルを走った。", at_least=90)
    with Memory.open(path) as memory:
        (match,) = memory.search("八マイルを走った。", at_least=90)
    assert match.target == "I ran 8 mi."


def test_a_table_that_cannot_be_read_names_the_line(memory, tmp_path):
    table = tmp_path / "pairs.csv"
    table.write_text("source,target\n停戦,ceasefire\n1,200円,1200 yen\n", "utf-8")
    with pytest.raises(FormatError) as raised:
        memory.add(table)
    assert raised.value.line == 3
    assert "3 fields" in raised.value.found
    assert memory.stats().segments == 0


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("合意 停戦", ("合意", "停戦")),
        ('"停戦案" 合意', ("停戦案", "合意")),
        ("agreed proposal", ("agreed", "proposal")),
    ],
)
def test_the_words_of_a_concordance_may_stand_apart(memory, query, words):
    memory.add(
        frame(
            [
                ("停戦案に合意した。", "They agreed to the ceasefire proposal."),
                ("停戦は続く。", "It holds."),
            ]
        )
    )
    found = memory.find_text(query)
    assert (len(found.matches), found.words, found.instead) == (1, words, True)
    assert memory.find_text("停戦案に").instead is False
    assert memory.concordance("停戦 平和") == []


@pytest.mark.parametrize(
    ("query", "word"),
    [("サーバー", "サーバ"), ("proposals", "proposal"), ("停戦協定", "停戦")],
)
def test_where_nothing_is_found_the_nearest_string_is(memory, query, word):
    memory.add(frame([("停戦のサーバ。", "The proposal."), ("別。", "Other.")]))
    found = memory.find_text(query)
    assert (len(found.matches), found.words, found.instead) == (1, (word,), True)


def test_hits_point_into_the_untouched_text():
    assert hits("㌔とＮＡＴＯ、ﾊﾞｽ", ("nato", "バス", "キロ")) == [
        (0, 1),
        (2, 6),
        (7, 10),
    ]
    assert hits("停戦停戦案", ("停戦", "停戦案")) == [(0, 2), (2, 5)]
    assert hits("何もない", ("*", "停")) == []


def test_a_memory_of_the_layout_before_learns_what_folds(tmp_path):
    with Memory.open(tmp_path / "tm") as memory:
        memory.add(frame([("ＮＡＴＯに加盟", "x"), ("natoの会合", "x")]))
    with sqlite3.connect(tmp_path / "tm" / "memory.sqlite") as connection:
        connection.execute("ALTER TABLE segments DROP COLUMN folds")
        connection.execute("PRAGMA user_version = 4")
    with Memory.open(tmp_path / "tm", read_only=True) as memory:
        assert len(memory.concordance("NATO")) == 2
    with Memory.open(tmp_path / "tm") as memory:
        assert len(memory.concordance("NATO")) == 2
        memory.replace(memory.search("natoの会合")[0].segment_id, target="Ｎａｔｏ")
        assert len(memory.concordance("NATO", limit=9)) == 2
