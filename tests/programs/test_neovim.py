"""Neovim with editors/neovim/termbank.lua: diagnostics, completion, fixes."""

import json
import re

import pytest
from editor_files import ROOT

pytest.importorskip("pygls")

SCRIPT = """
local function report(name, value) io.stdout:write('@' .. name .. ' ' .. vim.fn.json_encode(value) .. '\\n') end
vim.wait(120000, function() return #vim.diagnostic.get(0) > 0 end, 50)
report('diagnostics', vim.tbl_map(function(d)
  return { d.code, vim.api.nvim_buf_get_text(0, d.lnum, d.col, d.end_lnum, d.end_col, {})[1] }
end, vim.diagnostic.get(0)))
vim.api.nvim_win_set_cursor(0, { 4, 0 })
vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes('A<C-x><C-o>', true, false, true), 'n', false)
local timer, looks = vim.loop.new_timer(), 0
timer:start(100, 100, vim.schedule_wrap(function()
  looks = looks + 1
  local line = vim.api.nvim_buf_get_lines(0, 3, 4, true)[1]
  if line == '昨日はキー' and looks < 1200 then return end
  timer:stop()
  report('line', line)
  vim.cmd('qa!')
end))
"""


def test_neovim_shows_findings_after_emoji_and_completes_inside_japanese(
    program, project, run_program, tmp_path
):
    neovim = program("nvim")
    document = project / "docs" / "a.md"
    document.write_text("# 見出し\n\n😀😀新しいサーバを😀キエフに置く。\n昨日はキー\n")
    script = tmp_path / "script.lua"
    script.write_text(SCRIPT)
    setup = ROOT / "editors" / "neovim" / "termbank.lua"
    words = [neovim, "-n", "--headless", "--clean", "-c", f"luafile {setup}"]
    output = run_program(
        [*words, str(document), "-c", "setfiletype markdown", "-S", str(script)]
    )
    reports = {
        name: json.loads(value)
        for name, value in re.findall(r"@(\w+) (.*)", output.replace("\r", ""))
    }
    assert reports.get("diagnostics") == [["TB101", "サーバ"], ["TB101", "キエフ"]], (
        output
    )
    # One term alone fits, so that it is put in at once.
    assert reports.get("line") == "昨日はキーウ", output
