"""Emacs with editors/emacs/termbank.el (eglot): diagnostics and completion."""

import pytest
from editor_files import ROOT, locate_eglot

pytest.importorskip("pygls")

SCRIPT = """
(require 'termbank)
(setq eglot-sync-connect 120 eglot-connect-timeout 120 jsonrpc-default-request-timeout 120)
(find-file "{document}")
(text-mode)
(setq-local project-find-functions (list (lambda (_) (cons 'transient "{root}"))))
(apply #'eglot (eglot--guess-contact))
(let ((looks 0))
  (while (and (< looks 1200) (null (flymake-diagnostics)))
    (accept-process-output nil 0.1)
    (setq looks (1+ looks))))
(dolist (one (flymake-diagnostics))
  (message "@diagnostic %s" (buffer-substring (flymake-diagnostic-beg one) (flymake-diagnostic-end one))))
(goto-char (point-max))
(backward-char)
(completion-at-point)
(message "@line %s" (buffer-substring (line-beginning-position) (line-end-position)))
"""


def test_emacs_shows_findings_after_emoji_and_completes_inside_japanese(
    program, project, run_program, tmp_path
):
    emacs = program("emacs")
    eglot = locate_eglot(emacs)
    document = project / "docs" / "a.txt"
    document.write_text("# 見出し\n\n😀😀新しいサーバを😀キエフに置く。\n昨日はキー\n")
    script = tmp_path / "script.el"
    script.write_text(SCRIPT.format(document=document, root=project))
    setup = ROOT / "editors" / "emacs"
    words = [emacs, "-Q", "--batch", *eglot, "-L", str(setup), "-l", str(script)]
    output = run_program(words)
    lines = [line for line in output.splitlines() if line.startswith("@")]
    assert lines == [
        "@diagnostic サーバ",
        "@diagnostic キエフ",
        "@line 昨日はキーウ",
    ], output
