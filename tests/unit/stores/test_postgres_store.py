"""PostgreSQL as a store: the contract, roles, faults in one line, lost connections."""

import pytest

from termbank.errors import StoreError
from termbank.stores import migrations, open_store, postgres_store
from termbank.stores.protocol import CONCEPT, SEGMENT_COLUMNS, Note, Write
from termbank.testing import StoreContract

psycopg = pytest.importorskip(
    "psycopg", reason="needs psycopg: pip install 'termbank[postgres]'"
)
NOTE = Note("test")


def concept(key, status="preferred"):
    return {"concepts": ((key, "term", "", status, "", ""),)}


def segment(key, target="one"):
    row = {"segment_id": key, "source": "一", "target": target}
    return tuple(row.get(name) for name in SEGMENT_COLUMNS)


class TestPostgres(StoreContract):
    open_store = staticmethod(postgres_store.open_store)

    @pytest.fixture(autouse=True)
    def chosen(self, postgres):
        self.address = postgres


@pytest.fixture
def account(postgres):
    """Store of the owner, and a function that opens it by an account with a role."""
    owner = open_store(postgres, create=True)
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS aiko")
        connection.execute("CREATE ROLE aiko LOGIN")

    def as_role(role):
        owner.grant("aiko", role)
        return open_store(postgres.replace("user=termbank", "user=aiko"))

    return owner, as_role


def test_a_reader_reads_and_writes_nothing(account):
    owner, as_role = account
    owner.write([Write(CONCEPT, "a", 0, concept("a"))], NOTE)
    store = as_role("reader")
    assert store.role() == "reader"
    assert len(store.entries()[1]) == 1
    for act in (
        lambda: store.write([Write(CONCEPT, "b", 0, concept("b"))], NOTE),
        lambda: store.add_segments([segment("s")], NOTE),
        lambda: store.grant("termbank", "owner"),
    ):
        with pytest.raises(StoreError, match="no right"):
            act()


def test_a_proposer_proposes_and_approves_nothing(account):
    owner, as_role = account
    owner.write([Write(CONCEPT, "a", 0, concept("a"))], NOTE)
    store = as_role("proposer")
    store.write([Write(CONCEPT, "b", 0, concept("b", "proposed"))], NOTE)
    assert store.add_segments([segment("s")], NOTE) == 1
    for write in (
        Write(CONCEPT, "b", 2, concept("b")),
        Write(CONCEPT, "a", 1, concept("a", "proposed")),
        Write(CONCEPT, "a", 1, None),
        Write(CONCEPT, "c", 0, concept("c")),
    ):
        with pytest.raises(StoreError, match="only proposes"):
            store.write([write], NOTE)
    for act in (
        lambda: store.retire_segments(["s"], NOTE),
        lambda: store.add_segments([segment("s", "other")], NOTE),
    ):
        with pytest.raises(StoreError, match="only adds"):
            act()
    assert [entry.version for entry in owner.entries()[1]] == [1, 2]


def test_an_editor_decides_until_the_right_is_taken(account):
    owner, as_role = account
    store = as_role("editor")
    store.write([Write(CONCEPT, "a", 0, concept("a"))], NOTE)
    assert owner.audit()[0].login == "aiko"
    owner.grant("aiko", "none")
    with pytest.raises(StoreError, match="no right"):
        store.write([Write(CONCEPT, "a", 1, None)], NOTE)


def test_nobody_rewrites_the_audit_trail(postgres):
    store = open_store(postgres, create=True)
    store.write([Write(CONCEPT, "a", 0, concept("a"))], NOTE)
    with psycopg.connect(postgres) as connection:
        for table in ("changes", "history"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"DELETE FROM termbank.{table}")  # noqa: S608
            connection.rollback()


def test_tables_can_be_read_by_sql(postgres):
    store = open_store(postgres, create=True)
    term = ("a", "ja", "停戦", "", "preferred", *[""] * 10)
    store.write([Write(CONCEPT, "a", 0, {**concept("a"), "terms": (term,)})], NOTE)
    with psycopg.connect(postgres) as connection:
        rows = connection.execute("SELECT form, lang, status FROM termbank.terms")
        assert rows.fetchall() == [("停戦", "ja", "preferred")]


@pytest.mark.parametrize("layout", range(1, len(migrations.POSTGRES)))
def test_an_older_layout_is_brought_up_to_date(postgres, monkeypatch, layout):
    whole = migrations.POSTGRES
    monkeypatch.setattr(postgres_store, "POSTGRES", whole[:layout])
    old = open_store(postgres, create=True)
    old.write([Write(CONCEPT, "a", 0, concept("a"))], NOTE)
    old.add_segments([segment("s")], NOTE)
    identity = old.identity
    old.close()
    monkeypatch.setattr(postgres_store, "POSTGRES", whole)
    with pytest.raises(StoreError, match="termbank store init"):
        open_store(postgres)
    new = open_store(postgres, create=True)
    assert new.identity == identity
    assert [entry.key for entry in new.entries()[1]] == ["a"]
    assert [line.number for line in new.audit()] == [2, 1]
    monkeypatch.setattr(postgres_store, "POSTGRES", whole[:layout])
    with pytest.raises(StoreError, match="newer"):
        open_store(postgres)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://aiko:hunter2@127.0.0.1:9/terms",
        "postgresql://aiko:hunter2@127.0.0.1:9/terms?password=hunter2",
        "postgresql://127.0.0.1:9/terms?nonsense=hunter2",
        "postgresql://aiko:hun/ter2@127.0.0.1:9/terms?password=hunter2@",
        "postgresql:///terms?host=/nowhere/hunter2&password=hunter2",
        "postgresql://aiko:hunter2@[::1/terms",
    ],
)
def test_a_server_out_of_reach_is_one_line_without_the_password(address):
    with pytest.raises(StoreError) as fault:
        open_store(address)
    sentence = str(fault.value)
    assert "hunter2" not in sentence.replace("/nowhere/hunter2", "")
    assert "\n" not in sentence


def test_a_lost_connection_is_opened_again(postgres):
    store = open_store(postgres, create=True)
    for number in range(3):
        with psycopg.connect(postgres, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE pid <> pg_backend_pid() AND datname = current_database()"
            )
        key = f"k{number}"
        store.write([Write(CONCEPT, key, 0, concept(key))], NOTE)
        with store.segments() as (head, _):
            assert head == number + 1


def test_what_was_acknowledged_survives_a_kill(server, postgres):
    store = open_store(postgres, create=True)
    acknowledged = [
        store.write([Write(CONCEPT, f"k{n}", 0, concept(f"k{n}"))], NOTE)
        for n in range(5)
    ]
    server.kill()
    server.start()
    assert store.write([Write(CONCEPT, "last", 0, concept("last"))], NOTE) == 6
    assert [entry.version for entry in store.entries()[1]] == [*acknowledged, 6]
