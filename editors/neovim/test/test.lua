-- Opens a manifest, waits for what is found, and applies the fix of one finding.

--- How long anything may take, in milliseconds.
local PATIENCE = 60000

local function fail(message)
  io.stderr:write(message .. '\n')
  vim.cmd('cquit 1')
end

local function wait(what, condition)
  if not vim.wait(PATIENCE, condition, 20) then
    fail('waited in vain for ' .. what)
  end
end

--- The diagnostic of a check, if it is told.
local function found(code)
  for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
    if diagnostic.code == code then
      return diagnostic
    end
  end
end

vim.lsp.config('scantling', { cmd = { vim.env.SCANTLING, 'lsp' } })
vim.lsp.enable('scantling')

vim.cmd.edit('notes.yaml')
if #vim.lsp.get_clients({ bufnr = 0 }) > 0 then
  fail('the server attached to YAML that is none of its business')
end

vim.cmd.edit('pod.yaml')
wait('the finding', function()
  return found('host-network')
end)
local diagnostic = found('host-network')
if diagnostic.lnum ~= 5 or diagnostic.source ~= 'scantling' then
  fail('the finding stands elsewhere: ' .. vim.inspect(diagnostic))
end

wait('what is wrong in a file that is not open', function()
  for _, one in ipairs(vim.diagnostic.get()) do
    if one.code == 'host-pid' and vim.api.nvim_buf_get_name(one.bufnr):match('other%.yaml$') then
      return true
    end
  end
end)

vim.api.nvim_win_set_cursor(0, { diagnostic.lnum + 1, diagnostic.col })
vim.lsp.buf.code_action({
  apply = true,
  filter = function(action)
    return action.isPreferred and action.diagnostics[1].code == 'host-network'
  end,
})
wait('the fix', function()
  return not found('host-network')
end)
vim.cmd.write()

local client = vim.lsp.get_clients({ bufnr = 0 })[1]
client:stop()
wait('the end of the server', function()
  return client:is_stopped()
end)
vim.cmd('qall')
