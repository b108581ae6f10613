"""Tokens of the team server: roles, withdrawal, and nothing kept that lets anybody in."""

import json
import os
import stat
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termbank.cli import main
from termbank.errors import ConfigError, InputError, StoreError
from termbank.operations.project import Project
from termbank.operations.team.access_file import access_file
from termbank.operations.team.access_tokens import ROLES, AccessToken, AccessTokens
from termbank.operations.team.audit_trail import AuditTrail

NOW = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.fixture
def path(tmp_path):
    return access_file(Project.begin(tmp_path))


def test_a_secret_leads_to_its_token_and_nothing_else_does(path):
    tokens = AccessTokens(path)
    token, secret = tokens.issue("葵", "translator", NOW)
    assert tokens.holder(secret) == token
    for wrong in ("", secret[:-1], secret + "x", token.id, "tb_", "\ud800"):
        assert tokens.holder(wrong) is None


def test_the_files_hold_no_secret_and_only_the_owner_reads_them(path):
    tokens = AccessTokens(path)
    _, secret = tokens.issue("葵", "reader", NOW)
    for file in path.parent.glob("*.access.sqlite*"):
        assert secret.encode() not in file.read_bytes()
        assert secret[3:].encode() not in file.read_bytes()
        assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0


def test_a_withdrawn_token_opens_nothing_though_another_process_withdrew_it(path):
    server, command = AccessTokens(path), AccessTokens(path)
    token, secret = command.issue("葵", "reader", NOW)
    assert server.holder(secret) is not None
    (gone,) = command.withdraw(token.id, NOW)
    assert gone.withdrawn
    assert server.holder(secret) is None
    with pytest.raises(InputError):
        command.withdraw(token.id, NOW)


def test_a_name_withdraws_all_of_its_tokens_and_no_other(path):
    tokens = AccessTokens(path)
    secrets = [tokens.issue("葵", role, NOW)[1] for role in ROLES]
    _, other = tokens.issue("蓮", "reader", NOW)
    assert len(tokens.withdraw("葵", NOW)) == len(ROLES)
    assert not any(map(tokens.holder, secrets))
    assert tokens.holder(other) is not None


@pytest.mark.parametrize(
    ("name", "role"), [("", "reader"), ("x" * 81, "reader"), ("a\x00", "reader"), ("a", "admin")]
)  # fmt: skip
def test_a_token_without_name_or_role_is_refused(path, name, role):
    with pytest.raises(ConfigError):
        AccessTokens(path).issue(name, role, NOW)


@given(st.sampled_from(ROLES), st.sampled_from(ROLES))
def test_a_role_may_do_what_the_roles_before_it_may(mine, asked):
    token = AccessToken("0" * 8, "葵", mine, "")
    assert token.may(asked) == (ROLES.index(mine) >= ROLES.index(asked))


def test_a_file_that_is_none_of_ours_is_named(path):
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"no database" * 100)
    with pytest.raises(StoreError, match="access"):
        AccessTokens(path)


def test_the_trail_gives_the_newest_first_and_pages_on(path):
    trail = AuditTrail(path)
    for number in range(5):
        trail.note(NOW, "葵", "propose", f"用語{number}", token="0" * 8)
    assert [event.subject for event in trail.newest(2)] == ["用語4", "用語3"]
    assert [event.number for event in trail.newest(9, before=3)] == [2, 1]


def test_the_command_makes_lists_and_withdraws(tmp_path, monkeypatch, capsys):
    Project.begin(tmp_path)
    monkeypatch.chdir(tmp_path)

    def token(*words):
        assert main(["token", *words, "--format", "json"]) == 0
        return json.loads(capsys.readouterr().out)

    made = token("create", "葵", "--role", "terminologist")
    assert made["secret"].startswith("tb_")
    (listed,) = token("list")
    assert "secret" not in listed
    assert listed["role"] == "terminologist"
    (gone,) = token("withdraw", "葵")
    assert gone["id"] == made["id"]
    assert [event["action"] for event in token("log")] == [
        "token withdraw",
        "token create",
    ]
    assert main(["token", "create", "蓮"]) == 0
    assert capsys.readouterr().out.startswith("tb_")
    assert main(["token", "withdraw", "nobody"]) == 2


def test_commands_of_other_processes_are_seen_while_a_server_holds_the_file(path):
    server, trail = AccessTokens(path), AuditTrail(path)
    _, kept = server.issue("葵", "reader", NOW)
    for name in ("一", "二"):
        script = (
            "import sys\nfrom datetime import UTC, datetime\nfrom pathlib import Path\n"
            "from termbank.operations.team.access_tokens import AccessTokens\n"
            "tokens = AccessTokens(Path(sys.argv[1]))\n"
            "print(tokens.issue(sys.argv[2], 'reader', datetime.now(UTC))[1])\n"
        )
        answer = subprocess.run(
            [sys.executable, "-c", script, str(path), name],
            capture_output=True, check=True, encoding="utf-8",
            env={**os.environ, "PYTHONUTF8": "1"},
        )  # fmt: skip
        # The log that all connections share is not taken from under this one.
        assert path.with_name(path.name + "-wal").exists()
        assert server.holder(answer.stdout.strip()).name == name
    assert server.holder(kept).name == "葵"
    assert trail.newest() == AuditTrail(path).newest()
