"""Which files a glob of the settings speaks of."""

from types import SimpleNamespace

import pytest

from termbank.checking.files.file_selection import files_of, fits


@pytest.fixture
def settings(tmp_path):
    return SimpleNamespace(path=str(tmp_path / "termbank.toml"))


@pytest.mark.parametrize(
    ("glob", "path", "expected"),
    [
        # A bare name is a name in any folder.
        ("CHANGELOG.md", "CHANGELOG.md", True),
        ("CHANGELOG.md", "docs/old/CHANGELOG.md", True),
        ("*.min.js", "site/js/a.min.js", True),
        ("CHANGELOG.md", "docs/CHANGELOG.md.txt", False),
        # A glob with a slash is a path below the settings.
        ("docs/CHANGELOG.md", "CHANGELOG.md", False),
        ("docs/CHANGELOG.md", "docs/CHANGELOG.md", True),
        ("docs/CHANGELOG.md", "site/docs/CHANGELOG.md", False),
        # A folder covers what is in it.
        ("vendor", "vendor/a/b.md", True),
        ("vendor/", "vendor/b.md", True),
        ("vendor", "vendors/b.md", False),
    ],
)
def test_a_bare_glob_is_a_name_in_any_folder_and_one_with_a_slash_a_path(
    settings, tmp_path, glob, path, expected
):
    assert fits(str(tmp_path / path), glob, settings) is expected


def test_hidden_folders_and_those_of_tools_are_left_out(tmp_path):
    for name in ("a.md", ".hidden/b.md", "node_modules/c.md", "sub/d.md", "sub/e.bin"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    found = [path[len(str(tmp_path)) + 1 :] for path in files_of(tmp_path)]
    assert found == ["a.md", "sub/d.md"]
