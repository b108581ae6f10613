"""A PostgreSQL server for the tests of this folder, or a skip with the reason."""

import pytest
from postgres_server import Server, reason_for_none

# For tests alone: nothing is kept after the machine itself fails.
_QUICK = (
    *("fsync=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0"),
    *("shared_buffers=16MB", "autovacuum=off", "max_connections=40"),
)


@pytest.fixture(scope="session")
def server():
    reason = reason_for_none()
    if reason:
        pytest.skip(reason)
    running = Server(*_QUICK)
    try:
        yield running
    finally:
        running.stop()


@pytest.fixture
def postgres(server):
    """Address of a database without a store."""
    return server.empty()


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path):
    """Address of a new place for a store, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite://{tmp_path / 'team.db'}"
    return request.getfixturevalue("postgres")
