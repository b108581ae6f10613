"""A process killed in the middle of any write loses nothing that it acknowledged."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from termbank import Glossary
from termbank.operations.project import Project
from termbank.operations.row_changes import Author

WRITER = """
import sys
from datetime import UTC, datetime
from termbank.operations import term_editing as editing
from termbank.operations.project import Project
from termbank.operations.row_changes import Author
from termbank.operations.term_values import NewTerm
project, by = Project(sys.argv[1]), Author("葵", datetime(2026, 12, 1, tzinfo=UTC))
for number in range(10_000):
    form = f"語{sys.argv[2]}x{number}"
    editing.add(project, NewTerm(form, english=(f"term {number}",)), by)
    print(form, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX")
def test_nothing_acknowledged_is_lost_by_kill_minus_nine(tmp_path):
    project = Project.begin(tmp_path)
    dice = random.Random(20)
    acknowledged = []
    for run in range(6):
        command = [sys.executable, "-c", WRITER, str(project.folder), str(run)]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        acknowledged.append(child.stdout.readline().strip())
        time.sleep(dice.uniform(0.01, 0.25))
        os.kill(child.pid, signal.SIGKILL)
        acknowledged += child.stdout.read().split()
        child.wait()
        child.stdout.close()
    by = Author("葵", project.history(1)[0].by.when)
    project.change("add", "", lambda rows: [], by)  # the next one writes what was left
    forms = set(Glossary.read(project.folder).terms["form"])
    assert acknowledged
    assert {*acknowledged} <= forms
    assert len(project.history(100_000)) >= len(acknowledged)


def test_a_change_whose_files_were_not_written_is_written_by_the_next(tmp_path):
    from datetime import UTC, datetime

    from termbank.operations import term_editing as editing
    from termbank.operations.term_values import NewTerm

    by = Author("葵", datetime(2026, 12, 1, tzinfo=UTC))
    project = Project.begin(tmp_path)
    editing.add(project, NewTerm("一"), by)
    before = {path: path.read_bytes() for path in project.folder.iterdir()}
    editing.add(project, NewTerm("二"), by)
    for path, content in before.items():
        path.write_bytes(content)
    project.journal.execute("UPDATE changes SET written = 0 WHERE number = ?", [(2,)])
    editing.add(Project(project.folder), NewTerm("三"), by)
    assert {"一", "二", "三"} <= set(Glossary.read(project.folder).terms["form"])
