"""Where Emacs finds eglot: in itself, or in packages of Debian."""

import subprocess
from glob import glob

import pytest


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
