-- Scantling for Neovim 0.11 and later: see the README beside this folder.

--- Files with one of these in a folder above them are infrastructure code, whatever they hold.
local MARKERS = { 'Chart.yaml', 'kustomization.yaml', 'kustomization.yml', 'scantling.yaml' }

--- Whether a buffer holds something that Scantling judges: most YAML is none of its business.
local function is_ours(buffer)
  local kind = vim.bo[buffer].filetype
  if kind ~= 'yaml' and kind ~= 'json' then
    return true
  end
  if vim.fs.root(buffer, MARKERS) then
    return true
  end
  local has_version, has_kind = false, false
  for _, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, 200, false)) do
    has_version = has_version or line:match('^%s*"?apiVersion"?:') ~= nil
    has_kind = has_kind or line:match('^%s*"?kind"?:') ~= nil
  end
  return has_version and has_kind
end

return {
  cmd = { 'scantling', 'lsp' },
  filetypes = {
    'terraform',
    'terraform-vars',
    'opentofu',
    'opentofu-vars',
    'tf',
    'helm',
    'yaml',
    'yaml.helm-values',
    'json',
  },
  root_dir = function(buffer, on_dir)
    if is_ours(buffer) then
      local file = vim.api.nvim_buf_get_name(buffer)
      on_dir(vim.fs.root(buffer, { '.git' }) or vim.fs.root(buffer, MARKERS) or vim.fs.dirname(file))
    end
  end,
}
