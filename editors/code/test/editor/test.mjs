// Opens the demo in VS Code, in restricted mode, waits for a finding, looks at it, and applies its fix.
// Arguments: how code-server is started. WORK holds the folders that are opened, PICTURES takes what is seen.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { until, withEditor } from './editor.mjs';

const { WORK, PICTURES } = process.env;
const SHOP = join(WORK, 'shop');
const NOTES = join(WORK, 'notes');
const SETTINGS = join(SHOP, '.vscode/settings.json');
const MACHINE = join(WORK, 'user/Machine/settings.json');

/** The overlay of the demo where somebody made the file system writable, which its base forbids. */
const FILE = 'payments/overlays/staging/debug.yaml';
const NAME = 'readOnlyRootFilesystem';
const CHECK = 'writable-root-filesystem';
const FINDING = 'container payments can change the programs of its image';
const ORIGIN = 'takes the place of what is set here';
const NOTHING = 'No results found with provided filter criteria';

async function findingsStandInTheEditorAndUnderProblems(editor) {
  await editor.openFolder(SHOP);
  await editor.openFile(FILE, NAME);
  await until('the findings of the whole demo', async () => (await editor.total()) > 100);
  await editor.squiggle.first().waitFor();
  await editor.press('Control+Shift+M');
  await editor.filter('**/payments/**');
  await editor.problems.getByText(ORIGIN).waitFor();
  await editor.picture('findings');
  await editor.filter(FINDING);
  await editor.problems.getByText(FINDING).waitFor();
  await editor.problems.getByText(ORIGIN).waitFor();
}

async function settingsCountAtOnceButNoProgramThatTheWorkspaceNamesIsStarted(editor) {
  const trace = join(WORK, 'was-started');
  const program = join(WORK, 'program');
  writeFileSync(program, `#!/bin/sh\ntouch ${trace}\n`, { mode: 0o755 });
  mkdirSync(dirname(SETTINGS));
  writeFileSync(SETTINGS, JSON.stringify({ 'scantling.ignore': [CHECK], 'scantling.path': program }));
  await editor.page.getByText(NOTHING).waitFor();
  await editor.run('Scantling: Restart the Server');
  await until('the end of the server', async () => !((await editor.total()) > 0));
  await until('the findings of another server', async () => (await editor.total()) > 0);
  assert.ok(!existsSync(trace));
  rmSync(SETTINGS);
  await editor.problems.getByText(FINDING).waitFor();
}

async function theHoverTellsTheFindingAndItsOrigin(editor) {
  await editor.press('Control+J');
  await editor.press('Control+B');
  const hover = editor.page.locator('.monaco-hover:visible');
  // While the panes move, the pointer may rest on what is no longer there.
  await until('the hover', async () => {
    await editor.page.mouse.move(0, 0);
    await editor.line(NAME).getByText('false').hover();
    await hover.getByText(FINDING).waitFor({ timeout: 3000 });
    return true;
  });
  await hover.getByText(ORIGIN, { exact: true }).waitFor();
  await editor.picture('hover');
  await editor.press('Escape');
}

async function theDefinitionOfAValueIsThatOfTheBase(editor) {
  await editor.line(NAME).getByText('false').click();
  await editor.run('Go to Definition');
  const base = editor.page.locator('.tab[data-resource-name="deployment.yaml"]');
  await base.waitFor();
  await editor.line(NAME).getByText('true').waitFor();
  await base.click({ button: 'middle' });
  await base.waitFor({ state: 'detached' });
}

async function theCheckAtTheCursorIsExplained(editor) {
  await editor.line(NAME).getByText('false').click();
  await editor.run('Scantling: Explain a Check');
  await editor.firstRow(CHECK).waitFor();
  await editor.press('Enter');
  await seeAndCloseThePage(editor);
  await editor.line(NAME).getByText('false').click();
  await editor.press('Control+.');
  await editor.page.locator('.action-widget').getByText(`Explain \`${CHECK}\``).click();
  await seeAndCloseThePage(editor);
}

async function seeAndCloseThePage(editor) {
  const preview = editor.page.locator('.tab', { hasText: `Preview ${CHECK}.md` });
  await preview.waitFor();
  const outer = editor.page.frameLocator('iframe.webview.ready');
  await outer.frameLocator('#active-frame').getByText('What to do').waitFor();
  await preview.click({ button: 'middle' });
  await preview.waitFor({ state: 'detached' });
}

async function theFixIsOfferedAndLeavesTheFileAsItShouldBe(editor) {
  const path = join(SHOP, FILE);
  const text = readFileSync(path, 'utf8');
  const total = await editor.total();
  await editor.line(NAME).getByText('false').click();
  await editor.press('Control+.');
  const fix = editor.page.locator('.action-widget').getByText(/^Set `.*readOnlyRootFilesystem` to `true`$/);
  await fix.waitFor();
  await editor.picture('fix');
  await fix.click();
  await editor.line(NAME).getByText('true').waitFor();
  await until('one finding less', async () => (await editor.total()) === total - 1);
  await editor.press('Control+S');
  const expected = text.replace(`${NAME}: false`, `${NAME}: true`);
  assert.notEqual(text, expected);
  await until('the fix on the disk', async () => readFileSync(path, 'utf8') === expected);
  await editor.press('Control+Shift+M');
  await editor.page.getByText(NOTHING).waitFor();
  await editor.filter('');
  await editor.problems.first().waitFor();
  await editor.picture('fixed');
}

async function whatAChartGivesIsShownBesideItsTemplate(editor) {
  await editor.openFile('reviews/templates/deployment.yaml', '.Values.replicas');
  await editor.run('Scantling: Show What Is Rendered from This File');
  await editor.line('# Source: reviews/templates/deployment.yaml').waitFor();
  await editor.page.locator('.tab[data-resource-name="deployment.yaml"]').last().click({ button: 'middle' });
  await editor.line('# Source: reviews/templates/deployment.yaml').waitFor({ state: 'detached' });
}

async function savingAppliesAllSafeFixesWhereThatIsSet(editor) {
  const path = 'jobs/migration.yaml';
  const expected = readFileSync(join(WORK, 'fixed', path), 'utf8');
  assert.notEqual(readFileSync(join(SHOP, path), 'utf8'), expected);
  const actions = { 'source.fixAll.scantling': 'explicit' };
  mkdirSync(dirname(SETTINGS), { recursive: true });
  writeFileSync(SETTINGS, JSON.stringify({ 'editor.codeActionsOnSave': actions }));
  await editor.openFile(path, 'migration');
  await until('all fixes on the disk', async () => {
    await editor.press('Control+S');
    return readFileSync(join(SHOP, path), 'utf8') === expected;
  });
  rmSync(SETTINGS);
}

async function aProgramThatIsNotThereIsTold(editor) {
  mkdirSync(dirname(MACHINE), { recursive: true });
  writeFileSync(MACHINE, JSON.stringify({ 'scantling.path': join(WORK, 'none') }));
  await editor.page.getByText('names no program that can be started').first().waitFor();
  await until('the end of the server', async () => (await editor.total()) === undefined);
  writeFileSync(MACHINE, '{}');
  await until('the server of the package', async () => (await editor.total()) > 0);
}

async function aFolderOfOtherYamlStartsTheServerOnceItHoldsAManifest(editor) {
  await editor.openFolder(NOTES);
  await editor.openFile('notes.yaml', 'remark');
  await editor.run('Scantling: Show the Menu');
  await editor.firstRow('Show the Problems').waitFor();
  await editor.press('Escape');
  assert.equal(await editor.status.count(), 0);
  await editor.line('remark').click();
  await editor.press('Control+A');
  await editor.page.keyboard.insertText(readFileSync(join(SHOP, 'platform/builder.yaml'), 'utf8'));
  await editor.press('Control+S');
  await until('findings of the manifest', async () => (await editor.total()) > 0);
}

const SCENES = [
  findingsStandInTheEditorAndUnderProblems,
  settingsCountAtOnceButNoProgramThatTheWorkspaceNamesIsStarted,
  theHoverTellsTheFindingAndItsOrigin,
  theDefinitionOfAValueIsThatOfTheBase,
  theCheckAtTheCursorIsExplained,
  theFixIsOfferedAndLeavesTheFileAsItShouldBe,
  whatAChartGivesIsShownBesideItsTemplate,
  savingAppliesAllSafeFixesWhereThatIsSet,
  aProgramThatIsNotThereIsTold,
  aFolderOfOtherYamlStartsTheServerOnceItHoldsAManifest,
];

await withEditor(process.argv.slice(2), PICTURES, async (editor) => {
  for (const scene of SCENES) {
    await scene(editor);
    console.log(`passed: ${scene.name}`);
  }
});
console.log(`${SCENES.length} passed, 0 failed`);
