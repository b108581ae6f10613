-- termbank in Neovim 0.7 or newer, without any plug-in. Put this file into
-- ~/.config/nvim/plugin/. Diagnostics appear by themselves; the terms of the glossary are
-- completed with CTRL-X CTRL-O, shown with K, and fixes offered with <leader>t.

local filetypes = { 'markdown', 'text', 'rst', 'tex', 'html' }

local function root_of(path)
  local folder = vim.fn.fnamemodify(path, ':p:h')
  for _, name in ipairs({ 'termbank.toml', 'pyproject.toml', '.git' }) do
    local found = vim.fn.findfile(name, folder .. ';')
    if found == '' then
      found = vim.fn.finddir(name, folder .. ';')
    end
    if found ~= '' then
      return vim.fn.fnamemodify(found, ':p:h' .. (name == '.git' and ':h' or ''))
    end
  end
  return folder
end

local clients = {}

local function attach(buffer)
  local path = vim.api.nvim_buf_get_name(buffer)
  if path == '' then
    return
  end
  local root = root_of(path)
  local id = clients[root]
  if not id or not vim.lsp.get_client_by_id(id) then
    id = vim.lsp.start_client({
      name = 'termbank',
      cmd = { vim.g.termbank_command or 'termbank', 'lsp' },
      root_dir = root,
    })
    clients[root] = id
  end
  if not id then
    return
  end
  vim.lsp.buf_attach_client(buffer, id)
  vim.bo[buffer].omnifunc = 'v:lua.vim.lsp.omnifunc'
  vim.keymap.set('n', 'K', vim.lsp.buf.hover, { buffer = buffer })
  vim.keymap.set({ 'n', 'v' }, '<leader>t', vim.lsp.buf.code_action, { buffer = buffer })
end

vim.api.nvim_create_autocmd('FileType', {
  pattern = filetypes,
  callback = function(event)
    attach(event.buf)
  end,
})
