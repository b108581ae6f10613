"""Where the files that set editors up lie, and where Emacs finds eglot."""

import subprocess
from glob import glob
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def locate_eglot(emacs):
    """Return arguments with which Emacs loads eglot, or skip."""
    probe = "(condition-case nil (require 'eglot) (error (kill-emacs 3)))"
    packages = sorted(glob("/usr/share/emacs/site-lisp/elpa/*/"))  # Debian's
    for arguments in ([], [word for place in packages for word in ("-L", place)]):
        words = [emacs, "-Q", "--batch", *arguments, "--eval", probe]
        if subprocess.run(words, capture_output=True, check=False).returncode == 0:
            return arguments
    pytest.skip("this Emacs has no eglot")
    return []
